"""How well the box sees, as a short list of what holds and what does not, in no language."""

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.model import Health

STALE = 25.0
"""Seconds after which the sensor's word no longer counts; it writes every 15 at least
(``appliance.store.watch.HEALTH``), and the panel notices its silence after 10."""

REPLAYING = "health.replaying"
"""Nothing is watched: a recording is played."""

CLOCK_UNSET = "sight.clock_unset"
"""The clock is not known to be right; that says nothing against the mirror."""

BLIND = "state.blind.sentence"
"""The box cannot see, and gave no reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that holds or does not."""

    holds: bool
    key: str
    """Key of its text, with or without the table's name (``health``) in front."""
    otherwise: str = ""
    """Key of the text where there is none of that key, as of another version; or nothing."""
    number: float = 0.0
    """Seconds for ``sight.stale`` and `CLOCK_UNSET`, packets for ``sight.loss``."""


def alive(health: Health | None, now: float) -> bool:
    """Tell whether the sensor has said something lately."""
    return health is not None and now - health.at <= STALE


def signs(health: Health | None, now: float) -> Iterator[Sign]:
    """Give what *health* says about the mirror, the most important first."""
    if health is None:
        yield Sign(holds=False, key="sight.never")
        return
    if not alive(health, now):
        yield Sign(holds=False, key="sight.stale", number=now - health.at)
        return
    if REPLAYING in health.faults:
        yield Sign(holds=False, key=REPLAYING)
        return
    if health.seeing:
        yield Sign(holds=True, key="sight.seeing")
    else:
        yield Sign(holds=False, key=health.why or BLIND, otherwise=BLIND)
    for holds, good, bad in (
        (health.unicast_of_others, "others", "no_others"),
        (health.both_directions, "both", "not_both"),
        (health.internet_side, "internet", "no_internet"),
    ):
        yield Sign(holds=holds, key=f"sight.{good if holds else bad}")
    lost = health.dropped_by_kernel + sum(health.dropped_by_us.values())
    yield Sign(holds=not lost, key="sight.loss" if lost else "sight.no_loss", number=lost)
    for fault in health.faults:
        yield Sign(holds=False, key=fault)
    if health.clock_unset:
        yield Sign(holds=False, key=CLOCK_UNSET, number=health.clock_unset)
