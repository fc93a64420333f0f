"""Which pins the panel gets: real ones, or simulated ones where there are none."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from appliance.config import Panel
from appliance.panel.late import LatePins
from appliance.panel.pins import PinError, Pins, SimulatedPins

_log = logging.getLogger(__name__)


def open_pins(
    panel: Panel,
    isolated: bool,
    devices: Path = Path("/dev"),
    steady: Callable[[], float] = time.monotonic,
) -> Pins:
    """Give the pins that *panel* asks for; the relay is driven to *isolated* where that goes.

    With ``pins = "auto"`` they are simulated where no GPIO works, a fault when there is one. With
    ``pins = "real"`` they are asked for until they can be had.
    """
    if panel.pins == "simulated" or (panel.pins == "auto" and not any(devices.glob("gpiochip*"))):
        return _simulated(isolated)

    def real(wanted: bool) -> Pins:
        from appliance.panel import chip, gpio  # noqa: PLC0415 - gpiozero weighs megabytes

        return gpio.GpioPins(panel, wanted, chip.pi_factory(devices), steady)

    if panel.pins == "real":
        return LatePins(real, steady)
    try:
        return real(isolated)
    except PinError as error:
        _log.warning("The front panel is simulated: %s.", error)
        return _simulated(isolated, error.fault or "pins_missing")


def _simulated(isolated: bool, *faults: str) -> SimulatedPins:
    pins = SimulatedPins(*faults)
    pins.drive(isolated)
    return pins
