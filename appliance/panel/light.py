"""The light: from what is known to a level, and from a level to colour and rhythm.

Never colour alone: every level has a rhythm of its own, for those who cannot tell red from green.
"""

import math
from dataclasses import dataclass
from typing import TypeAlias

from appliance.model import Level
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.latch import Latch
from appliance.panel.verify import Proof

SENSOR_SILENCE = 10.0
"""Seconds without a heartbeat after which the box no longer claims to see."""

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, each 0 (off) to 1."""

OFF: Colour = (0.0, 0.0, 0.0)
GREEN: Colour = (0.0, 1.0, 0.0)
AMBER: Colour = (1.0, 0.4, 0.0)
RED: Colour = (1.0, 0.0, 0.0)
BLUE: Colour = (0.0, 0.0, 1.0)
WHITE: Colour = (1.0, 1.0, 1.0)
"""All three: the answer to the button, and no level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Colour and rhythm of the light, and whether the buzzer may sound."""

    steps: tuple[tuple[Colour, float], ...]
    """Colours and for how many seconds each, over and over."""
    breathes: bool = False
    """Each step swells and fades instead of switching."""
    buzzes: bool = False
    """The buzzer may sound while the light is lit."""


def light(  # noqa: PLR0913 - all that is known goes into one level
    latch: Latch,
    proof: Proof,
    heartbeat: Heartbeat | None,
    silence: float,
    faults: tuple[str, ...] = (),
    *,
    counting: bool = False,
    other_exit: bool = False,
) -> tuple[Level, str]:
    """Give the level to show and the key of the text that says why, empty when there is none.

    Isolated > counting down > cannot see > danger > look > learning > well. *heartbeat* is the
    latest, None before the first; *silence* the seconds since it came; *faults* those of the panel
    itself, of which any makes the level LOOK at least; *counting* tells of a count-down to a cut,
    *other_exit* of another way out that was seen while the line is cut.
    """
    if latch.isolated:
        level = Level.ISOLATED if proof is Proof.PROVEN else Level.ISOLATED_UNPROVEN
        told = "other_exit" if other_exit and level is Level.ISOLATED_UNPROVEN else proof
        tested = latch.test_until is not None
        return level, "panel.why.test" if tested else f"panel.proof.{told}.title"
    if counting:
        return Level.COUNTING, "panel.why.counting"
    if heartbeat is None or silence >= SENSOR_SILENCE:
        return Level.BLIND, "panel.why.sensor_silent"
    if not heartbeat.seeing:
        return Level.BLIND, heartbeat.why or "panel.why.sensor_blind"
    if faults and heartbeat.level in (Level.WELL, Level.LEARNING):
        return Level.LOOK, f"panel.fault.{faults[0]}"
    return heartbeat.level, heartbeat.why


def signal(level: Level) -> Signal:
    """Give the colour and rhythm of *level*."""
    return _SIGNALS[level]


def colour(shown: Signal, elapsed: float) -> Colour:
    """Give what *shown* looks like *elapsed* seconds after it began."""
    into = elapsed % sum(seconds for _, seconds in shown.steps)
    for lit, seconds in shown.steps:
        if into < seconds:
            return _dimmed(lit, into / seconds) if shown.breathes else lit
        into -= seconds
    return shown.steps[-1][0]  # rounding: the very end of the last step


def _dimmed(lit: Colour, part: float) -> Colour:
    """Swell from a glimmer to full and back: a breath that never goes out."""
    strength = round(0.05 + 0.95 * math.sin(math.pi * part) ** 2, 3)
    return (lit[0] * strength, lit[1] * strength, lit[2] * strength)


_SIGNALS = {
    Level.WELL: Signal(steps=((GREEN, 4.0),), breathes=True),
    Level.LEARNING: Signal(steps=((GREEN, 0.2), (OFF, 0.3), (GREEN, 0.2), (OFF, 4.3))),
    Level.LOOK: Signal(steps=((AMBER, 1.0), (OFF, 1.0))),
    Level.DANGER: Signal(steps=((RED, 0.2), (OFF, 0.2)), buzzes=True),
    Level.COUNTING: Signal(steps=((RED, 0.6), (OFF, 0.1), (BLUE, 0.2), (OFF, 0.1)), buzzes=True),
    Level.ISOLATED: Signal(steps=((BLUE, 1.0),)),
    Level.ISOLATED_UNPROVEN: Signal(steps=((BLUE, 0.5), (RED, 0.5))),
    Level.BLIND: Signal(steps=((AMBER, 0.2), (OFF, 0.3), (AMBER, 0.2), (OFF, 1.3))),
}
