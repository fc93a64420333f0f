"""How far the set-up is: a small file beside the settings, so that it can be left and taken up.

It says nothing of what was set, only which steps somebody went through, and what they saw of the
lamp. A box that was set up before there was such a file has none, and nobody is asked to go on.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from appliance import settings
from appliance.config import Config
from appliance.durable import write
from appliance.panel.lamp import Part

FILE = "setup.json"

LARGEST = 4096
"""Octets of the largest file that is read."""

STEPS = (
    "practice",
    "account",
    "card",
    "mirror",
    "gateway",
    "panel",
    "topology",
    "remote",
    "told",
    "learning",
)
"""In their order."""


class Went(StrEnum):
    """What became of a step."""

    TO_DO = "to_do"
    DONE = "done"
    LATER = "later"
    """Somebody left it for another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is."""

    begun: bool = False
    aside: bool = False
    """Nobody is to be reminded."""
    steps: Mapping[str, Went] = field(default_factory=dict)
    lamp: Mapping[Part, bool] = field(default_factory=dict)
    """Whether somebody saw each colour, or heard the buzzer, when it was tried."""

    def of(self, step: str) -> Went:
        """Give what became of *step*."""
        return self.steps.get(step, Went.TO_DO)

    @property
    def next(self) -> str:
        """The first step that is to do, or else one left for later; empty when all are done."""
        for kind in (Went.TO_DO, Went.LATER):
            for step in STEPS:
                if self.of(step) is kind:
                    return step
        return ""

    @property
    def reminds(self) -> bool:
        """Whether the technician is told that there is more to do."""
        return self.begun and not self.aside and bool(self.next)

    def with_step(self, step: str, went: Went) -> "Progress":
        """Give this with what became of *step*."""
        return replace(self, begun=True, steps={**self.steps, step: went})

    def with_answer(self, part: Part, seen: bool) -> "Progress":
        """Give this with what somebody saw or heard of *part*."""
        return replace(self, begun=True, lamp={**self.lamp, part: seen})


def load(config: Config) -> Progress:
    """Give how far it is; what cannot be read counts as nothing."""
    try:
        with (settings.folder(config) / FILE).open("rb") as file:
            document = json.loads(file.read(LARGEST))
        steps = {step: Went(document["steps"].get(step, Went.TO_DO)) for step in STEPS}
        answers = document.get("lamp", {})  # files of former versions hold none
        lamp = {part: answers[part] for part in Part if isinstance(answers.get(part), bool)}
        return Progress(begun=True, aside=bool(document["aside"]), steps=steps, lamp=lamp)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Progress()


def save(config: Config, progress: Progress) -> None:
    """Keep *progress*; raises OSError."""
    content = {
        "aside": progress.aside,
        "steps": dict(progress.steps),
        "lamp": dict(progress.lamp),
    }
    text = json.dumps(content, sort_keys=True).encode() + b"\n"
    write(settings.folder(config) / FILE, text, mode=0o640)


def following(step: str) -> str:
    """Give the step after *step*; empty after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else ""
