"""What outside addresses are called: by the names that were asked for, or called, here."""

from appliance.facts import Fact, HttpAsked, NameAnswered, TlsHello
from appliance.memory import Memory
from appliance.model import Ip

REMEMBERED = 16_384
"""Addresses; a practice's computers meet a few thousand a day."""

_A, _AAAA = 1, 28


class OutsideNames:
    """See the module's text."""

    def __init__(self) -> None:
        self._names: Memory[Ip, str] = Memory(REMEMBERED)

    def find(self, ip: Ip) -> str:
        """Give the name last used for *ip*, or nothing."""
        return self._names.get(ip) or ""

    def learn(self, fact: Fact) -> None:
        """Take in what *fact* says of names."""
        if isinstance(fact, TlsHello):
            if fact.name:
                self._names.put(fact.dst, fact.name)
        elif isinstance(fact, NameAnswered):
            if fact.protocol == "dns":
                for record in fact.records:
                    if record.type in (_A, _AAAA) and record.value:
                        self._names.put(Ip(record.value), fact.name or record.name)
        elif isinstance(fact, HttpAsked) and fact.host and not fact.host[-1].isdigit():
            self._names.put(fact.dst, fact.host)
