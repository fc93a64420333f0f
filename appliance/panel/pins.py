"""What is wired to the box: relay, contact, button, light, buzzer. Real pins are in `gpio`."""

from typing import Protocol

from appliance.panel.light import OFF, Colour


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
