"""The trial of the lamp in the set-up: what is tried, what was answered, and what that points to.

The three answers together say more than each alone: two colours that are both wrong are usually
each other's, and where none is right the level is the other one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from appliance.config import Panel
from appliance.panel.lamp import Part
from appliance.texts import say

COLOURS = (Part.RED, Part.GREEN, Part.BLUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One part of the lamp."""

    part: Part
    answer: str
    """``yes``, ``no`` or ``unknown``: somebody saw or heard it, or not, or nobody has said."""
    asked: bool
    """It is tried now, and somebody is to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do about what was not seen."""

    words: str
    setting: str
    """The setting to look at, of the front panel's."""


def rows(panel: Panel, answers: Mapping[Part, bool], asked: str) -> tuple[Row, ...]:
    """Give what can be tried on *panel*; *asked* is what somebody is to answer for."""
    parts = COLOURS if panel.buzzer is None else (*COLOURS, Part.BUZZER)
    names = {True: "yes", False: "no", None: "unknown"}
    return tuple(
        Row(part=part, answer=names[answers.get(part)], asked=part == asked) for part in parts
    )


def answered(answers: Mapping[Part, bool]) -> bool:
    """Tell whether all colours were tried."""
    return all(part in answers for part in COLOURS)


def advice(tongue: str, answers: Mapping[Part, bool]) -> Iterator[Advice]:
    """Give what *answers* point to: one sentence for the light, one for the buzzer."""
    wrong = [part for part in COLOURS if answers.get(part) is False]
    names = [say(tongue, f"wizard.lamp.colour.{part}") for part in wrong]
    if wrong and not answered(answers):
        yield Advice(words=say(tongue, "wizard.lamp.do.more"), setting=wrong[0])
    elif len(wrong) == len(COLOURS):
        yield Advice(words=say(tongue, "wizard.lamp.do.level"), setting="led_active_high")
    elif len(wrong) > 1:
        one, other = names
        words = say(tongue, "wizard.lamp.do.swapped", one=one, other=other)
        yield Advice(words=words, setting=wrong[0])
    elif wrong:
        yield Advice(words=say(tongue, "wizard.lamp.do.one", one=names[0]), setting=wrong[0])
    if answers.get(Part.BUZZER) is False:
        yield Advice(words=say(tongue, "wizard.lamp.do.buzzer"), setting="buzzer")
