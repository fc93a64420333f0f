"""Lamp and buzzer: what they do at this moment, and the trial of one colour during the set-up.

A trial shows one colour steadily, or sounds the buzzer, so that somebody can say whether the wires
are right. It is no order about the line: nothing of it is written down, and it ends by itself. It
never stands in the way of what people must see: none begins while a danger is open, a cut is
counted down to, holds or is tested, and whatever the light has to say anew ends it at once.
"""

from dataclasses import dataclass
from enum import StrEnum

from appliance.model import Level
from appliance.panel.light import BLUE, GREEN, OFF, RED, WHITE, Colour, colour, signal
from appliance.panel.shouting import Shouting

LIT = 4.0
"""Seconds for which a colour is shown: time to look up from the page."""

SOUNDS = 1.5
"""Seconds for which the buzzer is tried: people work nearby."""


class Part(StrEnum):
    """What can be tried."""

    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    BUZZER = "buzzer"


_COLOURS: dict[Part | None, Colour] = {Part.RED: RED, Part.GREEN: GREEN, Part.BLUE: BLUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """How things are, as far as it speaks against a trial."""

    level: Level
    danger: bool = False
    """One was open when the sensor was last heard, also if the light says that it is blind."""
    tested: bool = False
    """The cut is tested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One that was begun."""

    part: Part
    over: Level
    """What the light would say instead."""
    ends: float
    """By a clock that never steps."""


def against(now: Holds) -> str:
    """Give why nothing may be tried, a key of ``[panel.error]``; empty when it may.

    A box that cannot see is no reason: during the set-up it often has no cable yet.
    """
    if now.level in (Level.ISOLATED, Level.ISOLATED_UNPROVEN):
        return "lamp_isolated"
    if now.level is Level.COUNTING:
        return "lamp_counting"
    if now.danger or now.level is Level.DANGER:
        return "lamp_danger"
    return "test_running" if now.tested else ""


class Lamp:
    """The light, and the buzzer that goes with it."""

    def __init__(self, level: Level, steady: float) -> None:
        self.shouting = Shouting()
        self._level, self._since = level, steady
        self._trial: Trial | None = None

    def begin(self, part: Part, now: Holds, steady: float) -> str:
        """Try *part*, in place of another; give the key of the reason not to, else nothing."""
        refused = against(now)
        if not refused:
            ends = steady + (SOUNDS if part is Part.BUZZER else LIT)
            self._trial = Trial(part=part, over=now.level, ends=ends)
        return refused

    def tried(self, now: Holds, steady: float) -> Part | None:
        """Give what is tried; a trial that something ended does not come back."""
        trial = self._trial
        if trial and (steady >= trial.ends or now.level is not trial.over or against(now)):
            self._trial = trial = None
        return trial.part if trial else None

    def buzzes(self, level: Level, steady: float) -> bool:
        """Tell whether the buzzer sounds, in time with the light."""
        return signal(level).buzzes and self.shouting.sounds(steady)

    def look(self, now: Holds, steady: float, *, answers: bool) -> tuple[Colour, bool]:
        """Give what is lit and whether it sounds; the light *answers* whoever holds the button."""
        if now.level is not self._level:
            self._level, self._since = now.level, steady
        part = self.tried(now, steady)
        lit = _COLOURS.get(part) or colour(signal(now.level), steady - self._since)
        lit = WHITE if answers else lit
        return lit, part is Part.BUZZER or (lit != OFF and self.buzzes(now.level, steady))
