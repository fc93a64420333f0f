"""The count-down to an automatic cut: what begins it, what ends it, and how long none follows.

It begins only where the technician named the detector, on a line that is joined and not tested.
Whoever is there stops it; it is neither prolonged nor begun anew by more of the same, and for an
hour after its end there is no other. All of it is in `TABLE`. What cuts at its end is the latch.
"""

from dataclasses import dataclass
from enum import StrEnum

from appliance.durations import HOUR

REST = HOUR
"""Seconds after the end of a count-down in which no other begins: somebody has been told, and
decides. A detector that is wrong is so more than once."""


class Event(StrEnum):
    """What can happen."""

    ANNOUNCE = "announce"
    """The sensor saw a danger that a named detector found."""
    STOP = "stop"
    """Somebody does not want the cut."""
    CUT = "cut"
    """The line was cut, by whomever."""
    OVER = "over"
    """The time is over."""


class State(StrEnum):
    """How things are with the count-down."""

    QUIET = "quiet"
    COUNTING = "counting"
    RESTING = "resting"
    """One began, and less than `REST` has passed since it was to end."""


class When(StrEnum):
    """How things are with an announcement."""

    ALWAYS = "always"
    UNNAMED = "announce_unnamed"
    """Automatic isolation is off, or off for this detector."""
    ISOLATED = "announce_isolated"
    """The line is cut already, or may be."""
    TESTED = "test_running"
    """A proof test is under way."""
    ALLOWED = "allowed"


class Effect(StrEnum):
    """What the panel is to do."""

    BEGIN = "begin"
    """Write down when it ends, and count."""
    CUT = "cut"
    """Have the latch isolate."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `TABLE`: in this state, when this happens, like this; then."""

    state: State
    event: Event
    when: When
    then: State
    effect: Effect | None = None
    what: str = ""
    """For the journal: a key of ``[panel.log]``; empty when it is no news."""
    refused: str = ""
    """Why not, a key of ``[panel.error]``; empty when nothing was refused."""


_Q, _C, _R = State.QUIET, State.COUNTING, State.RESTING
_REFUSED = "announce_refused"

TABLE = (
    Row(_Q, Event.ANNOUNCE, When.UNNAMED, _Q, None, _REFUSED, "announce_unnamed"),
    Row(_C, Event.ANNOUNCE, When.UNNAMED, _C, None, _REFUSED, "announce_unnamed"),
    Row(_R, Event.ANNOUNCE, When.UNNAMED, _R, None, _REFUSED, "announce_unnamed"),
    Row(_Q, Event.ANNOUNCE, When.ISOLATED, _Q, None, _REFUSED, "announce_isolated"),
    Row(_R, Event.ANNOUNCE, When.ISOLATED, _R, None, _REFUSED, "announce_isolated"),
    Row(_Q, Event.ANNOUNCE, When.TESTED, _Q, None, _REFUSED, "test_running"),
    Row(_R, Event.ANNOUNCE, When.TESTED, _R, None, _REFUSED, "test_running"),
    Row(_Q, Event.ANNOUNCE, When.ALLOWED, _C, Effect.BEGIN, "announced"),
    Row(_C, Event.ANNOUNCE, When.ALLOWED, _C, None, _REFUSED, "announce_counting"),
    Row(_R, Event.ANNOUNCE, When.ALLOWED, _R, None, _REFUSED, "announce_resting"),
    Row(_Q, Event.STOP, When.ALWAYS, _Q, None, "", "nothing_to_stop"),
    Row(_C, Event.STOP, When.ALWAYS, _R, None, "stopped"),
    Row(_R, Event.STOP, When.ALWAYS, _R, None, "", "nothing_to_stop"),
    Row(_Q, Event.CUT, When.ALWAYS, _Q),
    Row(_C, Event.CUT, When.ALWAYS, _R),
    Row(_R, Event.CUT, When.ALWAYS, _R),
    Row(_Q, Event.OVER, When.ALWAYS, _Q),
    Row(_C, Event.OVER, When.ALWAYS, _C, Effect.CUT),
    Row(_R, Event.OVER, When.ALWAYS, _R),
)
"""Everything that can happen in every state, and what comes of it. While it counts the line is
joined and no test runs: a cut ends the count-down, and a test is refused."""

_ROWS = {(row.state, row.event, row.when): row for row in TABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A danger that the sensor saw, and for which the line is to be cut."""

    detector: str
    alert: str
    """Its identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDown:
    """One that runs."""

    why: Announcement
    ends: float
    """When the line is cut, by a clock that never steps."""


def state(running: CountDown | None, rests_until: float, steady: float) -> State:
    """Give how things are at *steady*, by a clock that never steps."""
    if running is not None:
        return State.COUNTING
    return State.RESTING if steady < rests_until else State.QUIET


def row(
    now: State, event: Event, *, named: bool = True, isolated: bool = False, tested: bool = False
) -> Row:
    """Give the row for *event* in the state *now*; the rest is of an announcement."""
    when = When.ALWAYS
    if event is Event.ANNOUNCE:
        when = When.ALLOWED if named else When.UNNAMED
        if named and now is not State.COUNTING and (isolated or tested):
            when = When.TESTED if tested else When.ISOLATED
    return _ROWS[now, event, when]
