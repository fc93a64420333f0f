"""What a device serves, by the port that it answered on with content."""

from collections.abc import Mapping
from functools import cache

from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.ports import NUMBERS, Scope, ports

_SPELT = {number: name for name, number in NUMBERS.items()}


@cache
def served() -> Mapping[tuple[int, int], Clue]:
    """Give, by protocol and port, the clue in an answer between two inside devices."""
    return {
        (proto, port): of(known.says, f"{known.service} ({_SPELT[proto]} {port})")
        for proto in _SPELT
        for port in range(1, 65536)
        if (known := ports().find(proto, port, Scope.LAN)) and known.says
    }
