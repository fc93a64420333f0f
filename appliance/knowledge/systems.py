"""Whether a release of macOS, iOS, Android, Debian, Ubuntu or an embedded Windows is supported.

``data/systems.csv``. Where no end was known on the table's day, the two newest releases are taken
to be supported for a year more; of the older ones it depends, for some lose their support when
the next release appears, without a date set beforehand (Apple, Android).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from appliance.knowledge.support import Span, Verdict, span
from appliance.knowledge.tables import dated, rows

NEWEST = 2
"""Releases of a system that are trusted to go on: makers mend the current and the one before."""
TRUSTED = timedelta(days=366)
"""For how long after the table's day."""
_PARTS = 3
"""Numbers in a version that can matter: 10.15.7."""


@dataclass(frozen=True, slots=True)
class Systems:
    """Looks releases up."""

    _support: Mapping[tuple[str, str], Span] = field(repr=False)

    def on(self, day: date, system: str, version: str) -> Verdict | None:
        """Judge *system* (``macos``, ``debian``, …) in *version* on *day*; None when unknown."""
        found = self.find(system, version)
        return found.on(day) if found else None

    def find(self, system: str, version: str) -> Span | None:
        """Give for how long *system* in *version* is supported; None when unknown.

        The longest beginning of *version* that the table has counts: 15.7.9 is 15.
        """
        parts = version.split(".")[:_PARTS]
        for length in range(len(parts), 0, -1):
            if found := self._support.get((system, ".".join(parts[:length]))):
                return found
        return None


@cache
def systems() -> Systems:
    """Load the table."""
    state = dated("systems")
    by_system: dict[str, list[Mapping[str, str]]] = {}
    for row in rows("systems"):
        by_system.setdefault(row["system"], []).append(row)
    support = {}
    for system, releases in by_system.items():
        newest_first = sorted(releases, key=lambda row: row["released"], reverse=True)
        for place, row in enumerate(newest_first):
            support[system, row["version"]] = _support(row, state, newest=place < NEWEST)
    return Systems(support)


def _support(row: Mapping[str, str], state: date, *, newest: bool) -> Span:
    if not row["ends"]:
        return Span(state + TRUSTED if newest else state, date.max)
    extended = date.fromisoformat(row["extended"]) if row["extended"] else None
    return span([(date.fromisoformat(row["ends"]), extended)])
