"""Which pins the panel gets: real ones, or simulated ones where there are none."""

import logging
from pathlib import Path

from appliance.config import Panel
from appliance.panel.pins import PinError, Pins, SimulatedPins

_log = logging.getLogger(__name__)


def open_pins(panel: Panel, isolated: bool, devices: Path = Path("/dev")) -> Pins:
    """Give the pins that *panel* asks for, the relay already driven to *isolated*.

    With ``pins = "auto"`` they are simulated where no GPIO works, a fault when there is one; pins
    that work but are taken by another program are an error. Raises PinError.
    """
    if panel.pins == "simulated" or (panel.pins == "auto" and not any(devices.glob("gpiochip*"))):
        return _simulated(isolated)
    try:
        from appliance.panel import gpio  # noqa: PLC0415 - gpiozero weighs megabytes

        factory = gpio.pi_factory()
    except PinError as error:
        if panel.pins == "real":
            raise
        _log.warning("The front panel is simulated: %s.", error)
        return _simulated(isolated, "pins_missing")
    return gpio.GpioPins(panel, isolated, factory)


def _simulated(isolated: bool, *faults: str) -> SimulatedPins:
    pins = SimulatedPins(*faults)
    pins.drive(isolated)
    return pins
