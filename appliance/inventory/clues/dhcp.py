"""DHCP: what a client calls itself, and what it asks for."""

from collections.abc import Iterator

from appliance.facts import DhcpAsked
from appliance.inventory.clues.clue import Clue, named, of
from appliance.knowledge.dhcp import clients
from appliance.knowledge.hint import LOW, Source

NAMED = 80
"""The name that its owner gave it."""
UNKNOWN = LOW
"""What no table knows is shown all the same."""


def read(fact: DhcpAsked) -> Iterator[Clue]:
    """Give the clues in a client's message."""
    if fact.hostname:
        yield from named(Source.DHCP, fact.hostname, NAMED)
    asked = ",".join(str(each) for each in fact.parameters)
    told = set()
    for hint in clients().hints(fact.parameters, fact.vendor_class):
        told.add(hint.source_key)
        yield of(hint, asked if hint.source_key is Source.DHCP_PARAMETERS else fact.vendor_class)
    if fact.vendor_class and Source.DHCP not in told:
        yield Clue(Source.DHCP, fact.vendor_class, UNKNOWN)
    if asked and Source.DHCP_PARAMETERS not in told:
        yield Clue(Source.DHCP_PARAMETERS, asked[:255], UNKNOWN)
    if fact.user_class:
        yield Clue(Source.DHCP, fact.user_class, UNKNOWN)
