"""What is wired to the box: relay, contact, button, light, buzzer. Real pins are in `gpio`."""

import logging
from pathlib import Path
from typing import Protocol

from appliance.config import Panel
from appliance.panel.light import OFF, Colour

_log = logging.getLogger(__name__)


class PinError(Exception):
    """A pin cannot be used."""


class Pins(Protocol):
    """The wires of the front panel."""

    simulated: bool
    """Nothing is wired; only the state is kept."""
    faults: tuple[str, ...]
    """What was wrong with the wires at the start: keys of ``[panel.fault]``."""

    def drive(self, isolated: bool) -> None:
        """Move the relay to cut or join the uplink, or hold it there; raises PinError."""

    def opened(self) -> bool | None:
        """Tell whether the feedback contact says that the uplink is open; None without one."""

    def pressed(self) -> bool:
        """Tell whether the button is down at this moment."""

    def show(self, colour: Colour, buzz: bool) -> None:
        """Light the light, and sound the buzzer where there is one."""

    def close(self) -> None:
        """Put out the light and leave the relay as it is."""


class SimulatedPins:
    """A panel without pins: for a computer that has none, and for tests."""

    simulated = True

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        self.isolated: bool | None = None
        """Where the relay was driven; None before that."""
        self.button = False
        self.contact: bool | None = None
        """What the feedback contact says; None without one."""
        self.colour: Colour = OFF
        self.buzzing = False

    def drive(self, isolated: bool) -> None:
        """See `Pins`."""
        self.isolated = isolated

    def opened(self) -> bool | None:
        """See `Pins`."""
        return self.contact

    def pressed(self) -> bool:
        """See `Pins`."""
        return self.button

    def show(self, colour: Colour, buzz: bool) -> None:
        """See `Pins`."""
        self.colour, self.buzzing = colour, buzz

    def close(self) -> None:
        """See `Pins`."""
        self.colour, self.buzzing = OFF, False


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
