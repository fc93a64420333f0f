"""Owners of the IEEE's small blocks of hardware addresses: 28 bits (MA-M) and 36 bits (MA-S, IAB).

``data/prefixes.gz`` is made by ``appliance/data/refresh.py``: sorted lines of hexadecimal prefix,
space, name. They stay lines in memory: 18,000 names as a dictionary would take twice as much.
"""

import gzip
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

from appliance.knowledge.tables import state


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Looks owners up."""

    _lines: Sequence[str] = field(repr=False)
    state: date
    """The day whose registry this is."""

    def find(self, prefix: str) -> str | None:
        """Give the owner of exactly *prefix*: 7 or 9 hexadecimal digits, lower case."""
        start = prefix + " "
        place = bisect_left(self._lines, start)
        if place < len(self._lines) and self._lines[place].startswith(start):
            return self._lines[place][len(start) :]
        return None


def dated() -> date:
    """Give the day whose registry of small blocks the box carries."""
    return prefixes().state


@cache
def prefixes() -> Prefixes:
    """Load the small blocks."""
    packed = resources.files("appliance.data").joinpath("prefixes.gz").read_bytes()
    head, *lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return Prefixes(lines, state(head))
