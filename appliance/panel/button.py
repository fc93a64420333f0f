"""The button: each hold isolates, and where the technician allows it three of them reconnect.

While a count-down to a cut runs, a short press stops it.
"""

from appliance.panel import hold, sequence, tap
from appliance.panel.hold import Hold
from appliance.panel.latch import Kind
from appliance.panel.sequence import CALM, Sequence
from appliance.panel.tap import Tap


class Button:
    """What is known of the button; every time is by a clock that never steps."""

    def __init__(self, now: float) -> None:
        """Begin at the start, which is *now*."""
        self.reconnects = False
        """The sequence joins the uplink again."""
        self._hold = Hold()
        self._sequence = Sequence()
        self._tap = Tap()
        self.calm_since = now
        """When somebody last ordered to isolate, but for holds that changed nothing."""

    def stops(self, pressed: bool, counting: bool, now: float) -> bool:
        """Tell whether the button stops the count-down now; *counting*: there is one."""
        self._tap, stops = tap.look(self._tap, pressed, counting, now)
        return stops

    def look(self, pressed: bool, isolated: bool, now: float) -> Kind | None:
        """Give what the button orders now; *isolated* is where the latch is."""
        self._hold, isolates = hold.look(self._hold, pressed, now)
        complete = False
        if self.reconnects and isolated and now - self.calm_since >= CALM:
            self._sequence, complete = sequence.look(self._sequence, pressed, now)
        else:
            self._sequence = Sequence()
        if isolates:
            return Kind.ISOLATE
        return Kind.RECONNECT if complete else None

    def stuck(self) -> bool:
        """Tell whether it has been pressed for too long to be a person."""
        return self._hold.stuck()

    def answers(self) -> bool:
        """Tell whether the light is to answer a hold of the sequence now."""
        return self._sequence.answers()
