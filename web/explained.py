"""Each alert that there can be, explained: what it means, what may cause it, and what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appliance.detectors import ALL
from appliance.model import Severity
from appliance.texts import say, sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One alert, as it is told to whoever has not met it yet."""

    id: str
    severity: Severity
    title: str
    means: str
    often: str
    """What causes it without any danger."""
    advice: str


def explained(language: str) -> tuple[Explained, ...]:
    """Give all alerts, the gravest first, by their titles."""
    return tuple(sorted(_all(language), key=lambda one: (-one.severity, one.title)))


def explained_names() -> frozenset[str]:
    """Give the detectors whose alerts are explained: the box's own notes are not."""
    return frozenset(detector.about.id for detector in ALL)


def _all(language: str) -> Iterator[Explained]:
    for detector in ALL:
        name = detector.about.id
        yield Explained(
            id=name,
            severity=detector.about.severity,
            title=sentences(language)[f"{name}.title"],
            means=say(language, f"explain.{name}.means"),
            often=say(language, f"explain.{name}.often"),
            advice=_unnamed(language, sentences(language)[f"{name}.advice"]),
        )


def _unnamed(language: str, advice: str) -> str:
    """Give *advice* for any device: there is no name to put into its blanks."""

    def anything(blank: re.Match[str]) -> str:
        return say(language, f"explain.that.{blank[1]}")

    return _BLANK.sub(anything, advice)


_BLANK = re.compile(r"(?:[«“]\s?)?\{(\w+)\}(?:\s?[»”])?")
