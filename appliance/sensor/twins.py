"""Packets that a mirror port delivered twice: recognised, counted, and left out.

A twin has the same IP id, length and checksum as another packet of the same side of the same
conversation, at most `APART` seconds, `REACH` such packets and `FAR` packets of all before it.
"""

import numpy as np

from appliance.sensor.columns import Flags, Floats, Ints, Words

APART = 0.002
REACH = 8
FAR = 16_384
"""Five times what a gigabit link can carry within `APART`."""


class Twins:
    """Looks for twins, also across the border of two blocks."""

    def __init__(self) -> None:
        self.count = 0
        self._ordinal = 0
        self.forget()

    def forget(self) -> None:
        """Begin anew: what comes next is no twin of what came before."""
        self._sides = np.empty(0, np.uint64)
        self._checks = np.empty(0, np.uint64)
        self._times = np.empty(0)
        self._ordinals = np.empty(0, np.int64)

    def find(self, order: Ints, sides: Words, checks: Words, times: Floats) -> Flags:
        """Tell which of the packets *order*, sorted by *sides* and then by time, are twins."""
        before = len(self._times)
        side = np.concatenate((self._sides, sides[order]))
        check = np.concatenate((self._checks, checks[order]))
        at = np.concatenate((self._times, times[order]))
        ordinal = np.concatenate((self._ordinals, order + self._ordinal))
        sort: Ints | slice = slice(None)
        if before:
            sort = np.argsort(side, kind="stable")
            side, check, at, ordinal = side[sort], check[sort], at[sort], ordinal[sort]
        twin = np.zeros(len(side), bool)
        for apart in range(1, min(REACH + 1, len(side))):
            same = (side[apart:] == side[:-apart]) & (check[apart:] == check[:-apart])
            if not same.any() and apart > 1:
                continue
            same &= at[apart:] - at[:-apart] <= APART
            twin[apart:] |= same & (ordinal[apart:] - ordinal[:-apart] < FAR)
        if before:
            unsorted = np.empty_like(twin)
            unsorted[sort] = twin
            twin = unsorted[before:]
        self.count += int(twin.sum())
        self._remember(order, sides, checks, times)
        return twin

    def _remember(self, order: Ints, sides: Words, checks: Words, times: Floats) -> None:
        """Keep what a packet of the next block may be a twin of."""
        newest = times[-1] if len(times) else -np.inf
        first = self._ordinal + len(times) - FAR
        late = order[(newest - times[order] <= APART) & (order + self._ordinal > first)]
        kept = (newest - self._times <= APART) & (self._ordinals > first)
        self._sides = np.concatenate((self._sides[kept], sides[late]))
        self._checks = np.concatenate((self._checks[kept], checks[late]))
        self._times = np.concatenate((self._times[kept], times[late]))
        self._ordinals = np.concatenate((self._ordinals[kept], late + self._ordinal))
        self._ordinal += len(times)
