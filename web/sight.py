"""How well the box sees, as a short list of yes and no."""

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.model import Health
from appliance.panel.status import PanelStatus
from appliance.sight import CLOCK_UNSET, Sign, signs
from appliance.texts import say
from web.format import number, span
from web.wording import known


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that holds, does not hold, or is not known."""

    says: str
    """``yes``, ``no`` or ``unknown``."""
    words: str


def checks(language: str, health: Health | None, now: float) -> Iterator[Check]:
    """Give what *health* says about the mirror, the most important first."""
    for sign in signs(health, now):
        says = "unknown" if sign.key == CLOCK_UNSET else "yes" if sign.holds else "no"
        yield Check(says=says, words=_words(language, sign))


def _words(language: str, sign: Sign) -> str:
    if sign.key in {"sight.stale", CLOCK_UNSET}:
        return say(language, sign.key, span=span(language, sign.number))
    if sign.key == "sight.loss":
        return say(language, sign.key, n=number(language, sign.number))
    return health_words(language, sign.key) or known(language, sign.otherwise, sign.key)


def health_words(language: str, key: str) -> str:
    """Give the text of a health key, with or without the table's name in front; or nothing."""
    return known(language, key, known(language, f"health.{key}"))


def proofs(language: str, status: PanelStatus) -> Iterator[Check]:
    """Give the signs for and against the cut."""
    for sign in status.evidence:
        words = known(language, f"panel.evidence.{sign.what}", sign.what)
        shown = f"{words} ({sign.detail})" if sign.detail else words
        yield Check(says=str(sign.says), words=shown)


def faults(language: str, status: PanelStatus | None) -> Iterator[Check]:
    """Give what is broken on the panel itself."""
    for fault in status.faults if status else ():
        yield Check(says="no", words=known(language, f"panel.fault.{fault}", fault))
