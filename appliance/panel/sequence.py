"""The sequence on the button that brings the internet back, where the technician allows it.

Three holds of 2 to 5 seconds each, 1 to 3 seconds apart; it acts when the third is let go. Holds
isolate as well (`hold`), as always: what this adds is that three of them in this rhythm, long after
the cut, undo it. A button that is stuck, bounces, is leaned on or cleaned does not keep the rhythm:
whatever is too short, too long, too early, too late or unwatched, and the sequence begins anew.
"""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from appliance.panel.hold import GAP, HOLD

LONGEST = 5.0
"""Seconds after which a hold is no step: somebody leans on the button."""

PAUSE_MIN = 1.0
PAUSE_MAX = 3.0
"""Seconds between two holds: time to see the light answer, and not to think of something else."""

CALM = 60.0
"""Seconds after a cut, or another's order to cut, in which the button brings nothing back: whoever
is frightened holds it more than once."""

BLINK = 0.15
"""Seconds of one blink in the light's answer, and of the dark before it."""


class Step(IntEnum):
    """How many holds of the sequence were made."""

    NONE = 0
    ONE = 1
    TWO = 2


class Move(StrEnum):
    """What somebody did."""

    HELD = "held"
    """A hold in the rhythm ended."""
    SPOILT = "spoilt"
    """Something out of the rhythm happened."""


TABLE = {
    (Step.NONE, Move.HELD): (Step.ONE, False),
    (Step.ONE, Move.HELD): (Step.TWO, False),
    (Step.TWO, Move.HELD): (Step.NONE, True),
    (Step.NONE, Move.SPOILT): (Step.NONE, False),
    (Step.ONE, Move.SPOILT): (Step.NONE, False),
    (Step.TWO, Move.SPOILT): (Step.NONE, False),
}
"""The next step, and whether the sequence is complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """What is known of the sequence after the latest look at the button."""

    step: Step = Step.NONE
    since: float | None = None
    """When this press began; None while it is released."""
    spoilt: bool = True
    """This press counts for nothing, so also one that began before anybody looked."""
    released_at: float = 0.0
    """When the latest hold that counted ended."""
    looked_at: float = 0.0

    def answers(self) -> bool:
        """Tell whether the light is to answer now.

        Lit while a hold may end, then one blink for each hold so far.
        """
        if self.since is not None:
            return not self.spoilt and HOLD <= self.looked_at - self.since <= LONGEST
        into = (self.looked_at - self.released_at) / BLINK
        return into < 2 * self.step and into % 2 >= 1


def look(before: Sequence, pressed: bool, now: float) -> tuple[Sequence, bool]:
    """Give what is known after a look at the button, and whether the sequence is now complete.

    *now* is a clock that never steps.
    """
    unwatched = now - before.looked_at > GAP
    before = replace(before, looked_at=now)
    if pressed:
        return _down(before, unwatched, now), False
    if before.since is not None:
        held = not (before.spoilt or unwatched) and HOLD <= now - before.since <= LONGEST
        after = replace(before, since=None, spoilt=False, released_at=now)
        return _move(after, Move.HELD if held else Move.SPOILT)
    waited = now - before.released_at
    if before.step and (unwatched or waited > PAUSE_MAX):
        return _move(before, Move.SPOILT)
    return replace(before, spoilt=False), False


def _down(before: Sequence, unwatched: bool, now: float) -> Sequence:
    if before.since is None:
        pause = now - before.released_at
        rhythm = before.step is Step.NONE or PAUSE_MIN <= pause <= PAUSE_MAX
        spoilt = before.spoilt or unwatched or not rhythm
        before = replace(before, since=now, spoilt=spoilt)
    elif unwatched or now - before.since > LONGEST:
        before = replace(before, spoilt=True)
    return _move(before, Move.SPOILT)[0] if before.spoilt else before


def _move(before: Sequence, move: Move) -> tuple[Sequence, bool]:
    step, complete = TABLE[before.step, move]
    return replace(before, step=step), complete
