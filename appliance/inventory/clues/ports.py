"""What a device serves, by the port that it answered on with content, and what it calls."""

from collections.abc import Mapping

from appliance.inventory.clues.clue import Clue, of
from appliance.knowledge.ports import NUMBERS, Scope, ports

_SPELT = {number: name for name, number in NUMBERS.items()}


def served() -> Mapping[tuple[int, int], Clue]:
    """Give, by protocol and port, the clue in an answer from one inside device to another."""
    return _clues(Scope.LAN)


def called() -> Mapping[tuple[int, int], Clue]:
    """Give, by protocol and port, the clue in a call of an inside device to anybody, or to all."""
    return _clues(Scope.CALLS)


def _clues(scope: Scope) -> Mapping[tuple[int, int], Clue]:
    return {
        (proto, port): of(known.says, f"{known.service} ({_SPELT[proto]} {port})")
        for (proto, port), known in ports().within(scope).items()
        if known.says
    }
