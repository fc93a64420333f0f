"""Networks of one IP version: sorted by where they begin, found by bisection.

Networks lie within each other or apart, never across: when the last that begins at or before an
address does not hold it, one of those around that one does, or none. Each knows the one around it.
Numbers of IPv6 are kept as two halves, since no column holds 128 bits.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from appliance.lists.names import Records

WIDTH = {4: 32, 6: 128}
"""Bits of an address, by IP version."""
_HALF = 64
_LOW = (1 << _HALF) - 1
Kind = Literal["B", "I", "Q"]
COLUMNS: Mapping[int, tuple[Kind, ...]] = {
    4: ("I", "I", "I", "B"),
    6: ("Q", "I", "I", "B", "Q"),
}
"""Types of the columns: first address (its upper half), record, the one around it, host bits,
and of IPv6 the lower half."""
_NONE = 0xFFFF_FFFF
"""No network."""
_SHORT = 4
"""The version whose addresses fit into one column."""


class Networks:
    """The columns of one IP version."""

    __slots__ = ("_around", "_firsts", "_host_bits", "_lows", "_places", "_records", "columns")

    def __init__(self, records: Records, columns: Sequence[memoryview]) -> None:
        self._records = records
        self.columns = columns
        self._firsts, self._places, self._around, self._host_bits = columns[:4]
        self._lows = columns[4] if len(columns) == len(COLUMNS[6]) else None

    @classmethod
    def of(
        cls, version: int, found: Iterable[tuple[int, int, int]], records: Records
    ) -> "Networks":
        """Give the networks *found*: first address, bits of its length, place of the record."""
        columns = [array(kind) for kind in COLUMNS[version]]
        around: list[tuple[int, int]] = []
        for number, (first, length, place) in enumerate(sorted(found)):
            host_bits = WIDTH[version] - length
            while around and first > around[-1][1]:
                around.pop()
            columns[0].append(first if version == _SHORT else first >> _HALF)
            columns[1].append(place)
            columns[2].append(around[-1][0] if around else _NONE)
            columns[3].append(host_bits)
            if version != _SHORT:
                columns[4].append(first & _LOW)
            around.append((number, first + (1 << host_bits) - 1))
        return cls(records, [memoryview(column) for column in columns])

    def __len__(self) -> int:
        return len(self._firsts)

    def find(self, number: int, at: float) -> int:
        """Give the place of the record of the smallest network that holds *number*; -1: none."""
        at_or_before = self._last(number)
        while at_or_before != _NONE:
            bits = self._host_bits[at_or_before]
            if self._first(at_or_before) >> bits == number >> bits:
                place: int = self._places[at_or_before]
                if self._records.counts(place, at):
                    return place
            at_or_before = self._around[at_or_before]
        return -1

    def _last(self, number: int) -> int:
        """Give the last network that begins at *number* or before."""
        if self._lows is None:
            return (bisect_right(self._firsts, number) - 1) & _NONE
        high, low = number >> _HALF, number & _LOW
        end = bisect_right(self._firsts, high)
        if end and self._firsts[end - 1] == high:
            begin = bisect_left(self._firsts, high, 0, end)
            end = bisect_right(self._lows, low, begin, end)
        return (end - 1) & _NONE

    def _first(self, which: int) -> int:
        first: int = self._firsts[which]
        return first if self._lows is None else first << _HALF | self._lows[which]
