"""LLDP and CDP: what a device tells the one at the other end of its cable."""

from collections.abc import Iterator

from appliance.facts import NeighbourTold
from appliance.inventory.clues.clue import LONGEST_VOTE, Clue, named, of
from appliance.knowledge.hint import HIGH, LOW, MEDIUM, Source
from appliance.knowledge.kinds import Kind
from appliance.knowledge.names import descriptions

NAMED = 40
"""Whoever set it up named it, in any way."""


def read(fact: NeighbourTold) -> Iterator[Clue]:
    """Give the clues in one frame."""
    if fact.name:
        yield from named(Source.NEIGHBOUR, fact.name, NAMED)
    does = (*fact.capabilities, fact.endpoint) if fact.endpoint else fact.capabilities
    if does and (found := _kind(frozenset(does))):
        kind, weight = found
        yield Clue(Source.NEIGHBOUR, ", ".join(does), weight, kind=kind)
    if fact.maker:
        yield Clue(Source.NEIGHBOUR, fact.maker, HIGH, maker=fact.maker[:LONGEST_VOTE])
    if fact.model:
        yield Clue(Source.NEIGHBOUR, fact.model, HIGH, model=fact.model[:LONGEST_VOTE])
    for text in (fact.description, fact.model, fact.software):
        for hint in descriptions().hints(Source.NEIGHBOUR, text) if text else ():
            yield of(hint, text)


def _kind(does: frozenset[str]) -> tuple[Kind, int] | None:
    """Tell the kind by what it does: a telephone or access point passes frames on, too."""
    if "telephone" in does:
        return Kind.PHONE, HIGH
    if "station" in does:
        return None  # a computer, whatever else it can do
    if "wlan_ap" in does:
        return Kind.ACCESS_POINT, MEDIUM if "router" in does else HIGH
    if does & {"bridge", "switch"}:
        return Kind.SWITCH, MEDIUM if "router" in does else HIGH
    return (Kind.INTERNET_BOX, LOW) if "router" in does else None
