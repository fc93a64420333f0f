"""Who asked for a name first: a server that passes a question on did not think of it."""

from appliance.facts import NameAnswered, NameAsked
from appliance.memory import Memory
from appliance.model import Mac

_PASSED_ON = 10.0
"""Seconds within which servers pass a question on, and have given up on it."""


class Askers:
    """Remembers who asked for the last *names* names, all of them by DNS."""

    def __init__(self, names: int) -> None:
        self._first: Memory[str, tuple[float, Mac]] = Memory(names)

    def asked(self, fact: NameAsked) -> Mac:
        """Note a question; give who asked it first."""
        first = self._first.get(fact.name)
        if first is not None and 0 <= fact.at - first[0] < _PASSED_ON:
            return first[1]
        self._first.put(fact.name, (fact.at, fact.mac))
        return fact.mac

    def whom(self, fact: NameAnswered) -> Mac | None:
        """Give who asked first for what is answered; None when nobody was heard asking."""
        first = self._first.get(fact.name)
        return None if first is None or not 0 <= fact.at - first[0] < _PASSED_ON else first[1]
