"""For how long the buzzer sounds: for each alert that is new once, until somebody has heard it.

While a count-down to a cut runs it sounds all the time; whoever has heard that silences it as well.
"""

from collections.abc import Iterable

BUZZ = 60.0
"""Seconds for which the buzzer sounds for an alert that is new: long enough to be heard, short
enough to be kept. It sounds for each one once, also when the box cannot see in between."""


class Shouting:
    """The alerts to sound for; *steady* times are of a clock that never steps."""

    def __init__(self) -> None:
        self._shouts: frozenset[str] = frozenset()
        self._until = 0.0
        self._counting = False
        """A count-down runs, as far as is known."""
        self._heard = False
        """Somebody has heard this one."""

    def hear(self, shouts: Iterable[str], steady: float) -> None:
        """Take in the alerts that the sensor names."""
        named = frozenset(shouts)
        if named - self._shouts:
            self._until = steady + BUZZ
        self._shouts = named

    def hush(self, steady: float) -> None:
        """Be silent until there is something new."""
        self._until, self._heard = steady, True

    def count(self, counting: bool) -> None:
        """Take in whether a count-down runs."""
        if counting is not self._counting:
            self._counting, self._heard = counting, False

    def sounds(self, steady: float) -> bool:
        """Tell whether it is time to sound."""
        return (self._counting and not self._heard) or steady < self._until
