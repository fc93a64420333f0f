"""What a device is, worked out from all evidence there is of it: a sum of votes, and how sure.

Each piece of evidence may vote for a kind, a maker, a model and a system. What one source says
counts once for each value, by its weightiest piece: eight announcements that all name a printer are
one source, not eight. Votes of different sources add up. A vote for something broader supports
what is narrower: "Windows" supports "Windows 10", a workstation a computer that takes images,
"Brother" supports "Brother Industries, Ltd.".

Evidence for other values is never hidden: it lowers the sureness, and is told.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from appliance.inventory.releases import covers
from appliance.knowledge.kinds import Kind
from appliance.model import Evidence, Sureness

CERTAIN, CERTAIN_LEAD = 90, 50
"""Weight from which, and lead over the best of the others by which, something is certain.

No single sign of a table weighs as much (`appliance.knowledge.hint`): it takes two sources.
"""
LIKELY, LIKELY_LEAD = 50, 20
"""One certain sign without a serious one against it."""
OTHERS = 3
"""Contradicting values told."""
_NAMES = 1024
"""Names of makers and models taken apart; more than a practice can have."""
_WORD = re.compile(r"\w+")

_BROADER: Mapping[str, str] = {Kind.ACQUISITION_PC: Kind.WORKSTATION, Kind.NAS: Kind.SERVER}
"""Kinds that are also of another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """One thing worked out of a device."""

    value: str = ""
    """Empty when nothing speaks for anything."""
    sure: Sureness = Sureness.GUESS
    others: tuple[str, ...] = ()
    """What other evidence says instead, weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """All that was worked out of a device."""

    kind: Belief
    maker: Belief
    model: Belief
    os: Belief


def identify(evidence: Iterable[Evidence]) -> Identity:
    """Work out what the device is that all of *evidence* is about."""
    every = tuple(evidence)
    return Identity(
        kind=_believe(every, lambda each: each.kind, _is_broader_kind),
        maker=_believe(every, lambda each: each.maker, _is_short_for),
        model=_believe(every, lambda each: each.model, _is_short_for),
        os=_believe(every, lambda each: each.os, covers),
    )


def _believe(
    evidence: Iterable[Evidence],
    vote: Callable[[Evidence], str],
    is_broader: Callable[[str, str], bool],
) -> Belief:
    votes = _votes(evidence, vote)
    if not votes:
        return Belief()
    totals = {
        value: sum(
            weight for other, weight in votes.items() if other == value or is_broader(other, value)
        )
        for value in votes
    }
    # Of equals the narrower, then the first in the alphabet: the same evidence, the same answer.
    ranked = sorted(totals, key=lambda value: (-totals[value], -len(value), value))
    best = ranked[0]
    others = [value for value in ranked[1:] if not is_broader(value, best)]
    lead = totals[best] - (votes[others[0]] if others else 0)
    return Belief(value=best, sure=_sureness(totals[best], lead), others=tuple(others[:OTHERS]))


def _votes(evidence: Iterable[Evidence], vote: Callable[[Evidence], str]) -> Mapping[str, int]:
    """Add up the weights for each value: of each source its weightiest piece."""
    heaviest: dict[tuple[str, str], int] = {}
    for each in evidence:
        if value := vote(each):
            key = (value, each.source)
            heaviest[key] = max(heaviest.get(key, 0), each.weight)
    votes: dict[str, int] = {}
    for (value, _), weight in heaviest.items():
        votes[value] = votes.get(value, 0) + weight
    return votes


def _sureness(total: int, lead: int) -> Sureness:
    if total >= CERTAIN and lead >= CERTAIN_LEAD:
        return Sureness.CERTAIN
    return Sureness.LIKELY if total >= LIKELY and lead >= LIKELY_LEAD else Sureness.GUESS


def _is_broader_kind(one: str, other: str) -> bool:
    return _BROADER.get(other) == one


def _is_short_for(one: str, other: str) -> bool:
    """Tell whether the words of *one* stand in *other*, which has more of them."""
    few, many = _words(one), _words(other)
    return bool(few) and few in many and few != many


@lru_cache(_NAMES)
def _words(name: str) -> str:
    words = " ".join(_WORD.findall(name.lower()))
    return f" {words} ".replace(" hewlett packard ", " hp ") if words else ""
