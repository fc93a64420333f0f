"""What listens on a port, and what that says of the listener (``data/ports.csv``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from appliance.knowledge.hint import Hint, Source, hint
from appliance.knowledge.tables import rows

NUMBERS = {"tcp": 6, "udp": 17}
"""IANA protocol numbers, as in `FlowDelta`."""


class Scope(StrEnum):
    """Where caller and listener are: a number means one thing inside and another outside."""

    LAN = "lan"
    OUT = "out"
    """The listener is outside."""
    IN = "in"
    """The caller is outside."""
    CALLS = "calls"
    """Wherever the listener is: what is said is said of the caller, who is inside."""


@dataclass(frozen=True, slots=True)
class Port:
    """What a port is for."""

    service: str
    """``dicom``, ``hl7``, ``raw_print``, …"""
    says: Hint | None
    """Of the listener; in the scope `Scope.CALLS` of the caller."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Looks ports up."""

    _ports: Mapping[tuple[int, int, Scope], Port] = field(repr=False)

    def find(self, proto: int, port: int, scope: Scope = Scope.LAN) -> Port | None:
        """Give what *port* of *proto* (6 or 17) is for, or None."""
        return self._ports.get((proto, port, scope))

    def within(self, wanted: Scope) -> Mapping[tuple[int, int], Port]:
        """Give, by protocol and number, what the ports in the scope *wanted* are for."""
        return {
            (proto, port): known
            for (proto, port, scope), known in self._ports.items()
            if scope is wanted
        }


@cache
def ports() -> Ports:
    """Load the table; a range becomes one entry for each port, about 1,300 in all."""
    table: dict[tuple[int, int, Scope], Port] = {}
    for row in rows("ports"):
        entry = Port(row["service"], hint(row, Source.PORT))
        for port in range(int(row["first"]), int(row["last"]) + 1):
            table[NUMBERS[row["proto"]], port, Scope(row["scope"])] = entry
    return Ports(table)
