"""Pins that must be there and are not, or not yet: asked for again once a second.

The panel runs meanwhile: it takes orders, keeps the latch, and says what is wrong. As soon as the
pins can be had, the relay goes to where the latch is.
"""

from collections.abc import Callable

from appliance.panel.light import Colour
from appliance.panel.pins import AGAIN, PinError, Pins


class LatePins:
    """See `appliance.panel.pins.Pins`."""

    simulated = False
    faults: tuple[str, ...] = ()

    def __init__(self, open_them: Callable[[bool], Pins], steady: Callable[[], float]) -> None:
        """Have the pins from *open_them*, which drives their relay to what it is given."""
        self._open = open_them
        self._steady = steady
        self._pins: Pins | None = None
        self._again_at = 0.0
        self._why = ("nothing has been driven yet", "")

    def drive(self, isolated: bool) -> None:
        """See `Pins`."""
        if self._pins is None and self._steady() >= self._again_at:
            self._again_at = self._steady() + AGAIN / 2  # whoever drives again after `AGAIN` may
            try:
                self._pins = self._open(isolated)
            except PinError as error:
                self._why = (str(error), error.fault)
        self._had().drive(isolated)

    def tend(self) -> None:
        """See `Pins`."""
        if self._pins is not None:
            self._pins.tend()

    def opened(self) -> bool | None:
        """See `Pins`."""
        return self._had().opened()

    def contradicts(self) -> bool:
        """See `Pins`."""
        return self._had().contradicts()

    def pressed(self) -> bool:
        """See `Pins`."""
        return self._had().pressed()

    def show(self, colour: Colour, buzz: bool) -> None:
        """See `Pins`."""
        self._had().show(colour, buzz)

    def close(self) -> None:
        """See `Pins`."""
        if self._pins is not None:
            self._pins.close()

    def _had(self) -> Pins:
        if self._pins is None:
            raise PinError(*self._why)
        return self._pins
