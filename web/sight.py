"""How well the box sees, as a short list of yes and no."""

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.model import Health
from appliance.panel.status import PanelStatus
from appliance.texts import say
from web.format import number, span
from web.wording import known

STALE = 25.0
"""Seconds after which the sensor's word no longer counts; it writes every 15 at least
(``appliance.store.watch.HEALTH``), and the panel notices its silence after 10."""


REPLAYING = "health.replaying"
"""Nothing is watched: a recording is played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that holds, does not hold, or is not known."""

    says: str
    """``yes``, ``no`` or ``unknown``."""
    words: str


def alive(health: Health | None, now: float) -> bool:
    """Tell whether the sensor has said something lately."""
    return health is not None and now - health.at <= STALE


def checks(language: str, health: Health | None, now: float) -> Iterator[Check]:
    """Give what *health* says about the mirror, the most important first."""
    if health is None:
        yield Check(says="no", words=say(language, "sight.never"))
        return
    if not alive(health, now):
        gone = span(language, now - health.at)
        yield Check(says="no", words=say(language, "sight.stale", span=gone))
        return
    if REPLAYING in health.faults:
        yield Check(says="no", words=say(language, REPLAYING))
        return
    if health.seeing:
        yield Check(says="yes", words=say(language, "sight.seeing"))
    else:
        why = health_words(language, health.why) or say(language, "state.blind.sentence")
        yield Check(says="no", words=why)
    yield _held(language, health.unicast_of_others, "others", "no_others")
    yield _held(language, health.both_directions, "both", "not_both")
    yield _held(language, health.internet_side, "internet", "no_internet")
    lost = health.dropped_by_kernel + sum(health.dropped_by_us.values())
    if lost:
        words = say(language, "sight.loss", n=number(language, lost))
        yield Check(says="no", words=words)
    else:
        yield Check(says="yes", words=say(language, "sight.no_loss"))
    for fault in health.faults:
        yield Check(says="no", words=health_words(language, fault) or fault)


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


def _held(language: str, holds: bool, good: str, bad: str) -> Check:
    return Check(
        says="yes" if holds else "no", words=say(language, f"sight.{good if holds else bad}")
    )
