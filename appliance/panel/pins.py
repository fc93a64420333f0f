"""What is wired to the box: relays, contacts, button, light, buzzer. Real pins are in `gpio`."""

from collections.abc import Callable
from typing import Protocol

from appliance.panel.light import OFF, Colour

AGAIN = 1.0
"""Seconds between two attempts at what failed: a pin, the disk."""


class PinError(Exception):
    """A pin cannot be used; its text is for the technician."""

    def __init__(self, words: str, fault: str = "", *, partly: bool = False) -> None:
        super().__init__(words)
        self.fault = fault
        """What is behind it, where that is known: a key of ``[panel.fault]``."""
        self.partly = partly
        """Of several relays some obeyed."""


class Pins(Protocol):
    """The wires of the front panel."""

    simulated: bool
    """Nothing is wired; only the state is kept."""
    faults: tuple[str, ...]
    """What stays wrong with the wires until a new start: keys of ``[panel.fault]``."""

    def drive(self, isolated: bool) -> None:
        """Move all relays to cut or join the uplink, or hold them there; raises PinError."""

    def tend(self) -> None:
        """End the pulse of a bistable relay when it is time; raises PinError."""

    def opened(self) -> bool | None:
        """Tell whether the feedback contact says that the uplink is open; None without one."""

    def contradicts(self) -> bool:
        """Tell whether two feedback contacts, of which one is always closed, say the same."""

    def pressed(self) -> bool:
        """Tell whether the button is down at this moment."""

    def show(self, colour: Colour, buzz: bool) -> None:
        """Light the light, and sound the buzzer where there is one."""

    def close(self) -> None:
        """Put out the light and leave the relays as they are."""


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
        self.torn = False
        """Two feedback contacts say the same."""
        self.colour: Colour = OFF
        self.buzzing = False

    def drive(self, isolated: bool) -> None:
        """See `Pins`."""
        self.isolated = isolated

    def tend(self) -> None:
        """See `Pins`."""

    def opened(self) -> bool | None:
        """See `Pins`."""
        return self.contact

    def contradicts(self) -> bool:
        """See `Pins`."""
        return self.torn

    def pressed(self) -> bool:
        """See `Pins`."""
        return self.button

    def show(self, colour: Colour, buzz: bool) -> None:
        """See `Pins`."""
        self.colour, self.buzzing = colour, buzz

    def close(self) -> None:
        """See `Pins`."""
        self.colour, self.buzzing = OFF, False


def tried(act: Callable[[float], None], steady: float) -> PinError | None:
    """Do *act*; give what went wrong with the pins, so that the rest is done all the same."""
    try:
        act(steady)
    except PinError as error:
        return error
    return None
