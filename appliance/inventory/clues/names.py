"""Names that a device answers to (LLMNR, mDNS, NetBIOS).

A name counts when it is answered with the sender's own address: answers for others are somebody
else's name, or a lie.
"""

from collections.abc import Iterable, Iterator

from appliance.facts import NameAnswered
from appliance.inventory.clues.clue import Clue, named
from appliance.knowledge.hint import Source

_A, _AAAA = 1, 28
_OWN = {"mdns": Source.MDNS, "llmnr": Source.LLMNR}
_WORKSTATION, _FILE_SERVER = "<00>", "<20>"
NAMED, NETBIOS_NAMED = 60, 50
"""NetBIOS has capitals and 15 characters only; DHCP tells the name itself."""


def read(fact: NameAnswered) -> Iterable[Clue]:
    """Give the names in an answer; those of a name server are others'."""
    return () if fact.protocol == "dns" else _read(fact)


def _read(fact: NameAnswered) -> Iterator[Clue]:
    if fact.protocol == "nbns":
        for record in fact.records:
            if record.value == fact.src and record.name.endswith((_WORKSTATION, _FILE_SERVER)):
                yield from named(Source.NBNS, record.name[:-4], NETBIOS_NAMED)
    elif source := _OWN.get(fact.protocol):
        for record in fact.records:
            if record.type in (_A, _AAAA) and record.value == fact.src:
                yield from named(source, record.name, NAMED)
