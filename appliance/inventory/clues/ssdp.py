"""SSDP: the kind of device that is announced, and the software that announces it."""

from collections.abc import Iterator

from appliance.facts import SsdpHeard
from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.hint import MEDIUM, Source
from appliance.knowledge.names import descriptions, names


def read(fact: SsdpHeard) -> Iterator[Clue]:
    """Give the clues in what a device announces; who searches says nothing of itself."""
    if fact.method == "search" or fact.state == "byebye":
        return
    for hint in names().hints(Source.SSDP, fact.target):
        yield of(hint, fact.target)
    if fact.server:
        yield Clue(Source.SSDP, fact.server, MEDIUM)
        for hint in descriptions().hints(Source.SSDP, fact.server):
            yield of(hint, fact.server)
