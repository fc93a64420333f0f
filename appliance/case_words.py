"""A case in sentences: the same for whoever reads of it."""

from collections.abc import Callable, Mapping, Sequence

from appliance.model import Case, Mac, Severity
from appliance.stages import Stage
from appliance.texts import say

PARTS = ("title", "body", "advice")

NAMED = 5
"""Devices named in a sentence; of more, the rest is a number."""


def tell(language: str, case: Case, name: Callable[[Mac], str]) -> Mapping[str, str]:
    """Give title, body and advice of *case*; *name* gives what a device is called."""
    kind = "warning"
    if case.severity is Severity.DANGER:
        kind = "harm" if Stage.HARM in case.stages else "danger"
    words = {
        "about": name(case.about),
        "steps": listed(language, steps(language, case)),
        "devices": _named(language, (case.about, *case.also), name),
    }
    told = {part: say(language, f"case.{kind}.{part}", **words) for part in PARTS}
    if case.also:
        also = say(language, "case.also", devices=_named(language, case.also, name))
        told["body"] += f" {also}"
    return told


def steps(language: str, case: Case) -> list[str]:
    """Give the stages of *case* in words."""
    return [say(language, f"stage.{stage.name.lower()}") for stage in case.stages]


def listed(language: str, words: Sequence[str]) -> str:
    """Give *words*, at least one, as a list in a sentence."""
    *before, last = words
    return say(language, "case.both", first=", ".join(before), last=last) if before else last


def _named(language: str, macs: Sequence[Mac], name: Callable[[Mac], str]) -> str:
    devices = [say(language, "case.quoted", name=name(mac)) for mac in macs[:NAMED]]
    if (more := len(macs) - NAMED) > 0:
        devices[-1:] = [say(language, "case.others", count=str(more + 1))]
    return listed(language, devices)
