"""What the outside hosts that a device calls say of it: its system's upkeep, its maker's cloud.

Who asks for a host's address is about to call it, but for those who ask for others: servers of
names and what routes to them.
"""

from functools import lru_cache

from appliance.facts import HttpAsked, NameAsked, TlsHello
from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.hint import LOW, Source
from appliance.knowledge.hosts import hosts
from appliance.knowledge.kinds import Kind
from appliance.memory import Memory
from appliance.model import Ip

_REMEMBERED = 4096
"""Names whose clues are known already, mostly none; a practice calls some thousand."""
SERVERS = 64
"""Servers of names remembered; a practice has one or two."""
_A, _AAAA = 1, 28
_HTTPS = 443
_NAMELESS = (Clue(Source.OUTSIDE_HOST, "TLS without a name", LOW, kind=Kind.IOT),)
"""Browsers and systems name the server that they want (RFC 6066, section 3); what calls by address
alone is some small thing's own program. Malice does it too: no more than a hint."""


@lru_cache(_REMEMBERED)
def clues(name: str) -> tuple[Clue, ...]:
    """Give the clues in a call to *name*."""
    found = []
    known = hosts().hygiene.find(name)
    if known and known.says:
        found.append(of(known.says, known.host))
    if maker := hosts().makers.find(name):
        found.append(of(maker, name))
    if cloud := hosts().clouds.find(name):
        found.append(of(cloud.says, cloud.host))
    return tuple(found)


def read_call(fact: TlsHello | HttpAsked) -> tuple[Clue, ...]:
    """Give the clues in a call to an outside host: by its name, or by that it names none."""
    if isinstance(fact, HttpAsked):
        return clues(fact.host)
    if fact.name:
        return clues(fact.name)
    return _NAMELESS if fact.dport == _HTTPS and not fact.alpn else ()


class Questions:
    """Tells those who ask for themselves from those who ask for others."""

    def __init__(self) -> None:
        self._servers: Memory[Ip, None] = Memory(SERVERS)

    def read(self, fact: NameAsked) -> tuple[Clue, ...]:
        """Give the clues in a question for an address, of one whom nobody asks himself."""
        if fact.protocol != "dns" or fact.type not in (_A, _AAAA):
            return ()
        self._servers.put(fact.dst, None)
        return () if fact.src in self._servers else clues(fact.name)
