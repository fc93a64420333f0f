"""DHCP: what a client calls itself, and what it asks for."""

from collections.abc import Iterator
from dataclasses import replace

from appliance.facts import DhcpAsked
from appliance.inventory.clues.clue import Clue, named, of
from appliance.knowledge.dhcp import clients
from appliance.knowledge.enterprises import enterprises
from appliance.knowledge.hint import LOW, MEDIUM, Source

NAMED = 80
"""The name that its owner gave it."""
UNKNOWN = LOW
"""What no table knows is shown all the same."""

_WINDOWS = 311
"""Microsoft's number ([MS-DHCPE] section 2.2): who shows it made the system, not the device."""


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
    if fact.enterprise:
        yield _of_number(fact.enterprise)


def _of_number(number: int) -> Clue:
    """Give what the enterprise number says whose own options a client brings."""
    says = f"enterprise {number}"
    if number == _WINDOWS:
        return Clue(Source.DHCP, says, MEDIUM, os="Windows")
    maker = enterprises().get(str(number))
    return (
        of(replace(maker, source_key=Source.DHCP), says)
        if maker
        else Clue(Source.DHCP, says, UNKNOWN)
    )
