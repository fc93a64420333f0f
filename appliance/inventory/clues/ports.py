"""What a device serves, by the port that it answered on with content."""

from collections.abc import Mapping

from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.ports import NUMBERS, ports

_SPELT = {number: name for name, number in NUMBERS.items()}


def served() -> Mapping[tuple[int, int], Clue]:
    """Give, by protocol and port, the clue in an answer from one inside device to another."""
    return {
        (proto, port): of(known.says, f"{known.service} ({_SPELT[proto]} {port})")
        for (proto, port), known in ports().inside().items()
        if known.says
    }
