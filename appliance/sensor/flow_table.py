"""The flow table: what is remembered of each conversation, in columns, and never too many.

A conversation has a slot, and in it a row of each column; the two sides of it (``0`` and ``1``,
as the mixes of their ends compare) have a column each. Room is made only at the end of a span
(`Meter`), so that what is remembered does not depend on how packets came in blocks.
"""

from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from appliance.durations import HOUR
from appliance.facts import FlowDelta
from appliance.sensor.columns import TCP, Ints, Words

IDLE = 300.0
IDLE_TCP = HOUR
"""Seconds of silence after which a conversation is over."""
IDLE_CLOSED = 30.0
"""Seconds after which a TCP conversation is over that was closed or reset."""
_FIN_OR_RST = 0x05

Constants = tuple[str, str, str, str, int, int, int, int]
"""A conversation's `mac`, `peer_mac`, `src`, `dst`, `sport`, `dport`, `proto`, `vlan`."""


_NOTHING: Constants = ("", "", "", "", 0, 0, 0, 0)
"""Of a slot that is free."""


class FlowTable:
    """See the module's text."""

    def __init__(self, limit: int) -> None:
        rows = 2 * limit  # room for the newcomers of a span
        self._limit = limit
        self._slots: dict[int, int] = {}
        self._free = np.arange(rows - 1, -1, -1, dtype=np.int64)
        self._free_count = rows
        self._keys = np.zeros(rows, np.uint64)
        self._used = np.zeros(rows, bool)
        self._constants: list[Constants] = [_NOTHING] * rows
        self._beginner = np.zeros(rows, np.int8)
        self._is_tcp = np.zeros(rows, bool)
        self._closed = np.zeros(rows, bool)
        self._told = np.zeros(rows, bool)
        self._first_at = np.zeros(rows)
        self._last_at = np.zeros(rows)
        self._order = np.zeros(rows, np.int64)
        self._packets = np.zeros((rows, 2), np.int64)
        self._bytes = np.zeros((rows, 2), np.int64)
        self._payload = np.zeros((rows, 2), np.int64)
        self._flags = np.zeros((rows, 2), np.int64)
        self.segments = np.zeros((rows, 2), np.int64)
        """Segments with payload seen from each side so far."""
        self.reading = np.zeros((rows, 2), bool)
        """The side is in the middle of a message that the picker began to read."""
        self.due = np.full((rows, 2), -1, np.int64)
        """Where the side's next message of file sharing begins (`appliance.sensor.shares`)."""
        self._active: list[Ints] = []
        self.opened = 0
        self.evicted = 0
        self.refused = 0

    def __len__(self) -> int:
        return len(self._slots)

    def find(self, keys: Words) -> Ints:
        """Give the slot of each of *keys*, -1 for those that have none."""
        get = self._slots.get
        return np.fromiter(map(get, keys.tolist(), repeat(-1)), np.int64, len(keys))

    def admit(self, count: int) -> int:
        """Tell how many of *count* new conversations there is room for before the next `tidy`."""
        admitted = min(count, self._free_count)
        self.refused += count - admitted
        return admitted

    def open(
        self, keys: Words, constants: list[Constants], beginners: Ints, at: NDArray[np.float64]
    ) -> Ints:
        """Give a slot to each new conversation; there must be `room` for all."""
        count = len(keys)
        slots = self._free[self._free_count - count : self._free_count][::-1].copy()
        self._free_count -= count
        self.opened += count
        self._slots.update(zip(keys.tolist(), slots.tolist(), strict=True))
        for slot, constant in zip(slots.tolist(), constants, strict=True):
            self._constants[slot] = constant
        self._keys[slots] = keys
        self._used[slots] = True
        self._beginner[slots] = beginners
        self._is_tcp[slots] = [constant[6] == TCP for constant in constants]
        self._closed[slots] = False
        self._told[slots] = False
        self._first_at[slots] = at
        self._last_at[slots] = at
        for column in (self._packets, self._bytes, self._payload, self._flags, self.segments):
            column[slots] = 0
        self.reading[slots] = False
        self.due[slots] = -1
        return slots

    def add(  # noqa: PLR0913, PLR0917 - a column each
        self,
        slots: Ints,
        sides: Ints,
        order: Ints,
        last_at: NDArray[np.float64],
        packets: Ints,
        size: Ints,
        payload: Ints,
        flags: Ints,
    ) -> None:
        """Add up what one side each of some conversations sent within one second."""
        fresh = self._packets[slots].sum(axis=1) == 0
        self._order[slots[fresh]] = np.iinfo(np.int64).max
        np.minimum.at(self._order, slots, order)
        self._active.append(slots[fresh])
        self._packets[slots, sides] += packets
        self._bytes[slots, sides] += size
        self._payload[slots, sides] += payload
        self._flags[slots, sides] |= flags
        np.maximum.at(self._last_at, slots, last_at)

    def tell(self) -> list[FlowDelta]:
        """Give what each conversation did in the second that ends, and begin a new one."""
        if not self._active:
            return []
        slots = np.unique(np.concatenate(self._active))
        self._active = []
        slots = slots[np.argsort(self._order[slots], kind="stable")]
        out = self._beginner[slots].astype(np.int64)
        back = 1 - out
        constants = self._constants
        sums = [
            column[slots, side].tolist()
            for column in (self._packets, self._bytes, self._payload, self._flags)
            for side in (out, back)
        ]
        sums += [self._first_at[slots].tolist(), (~self._told[slots]).tolist()]
        deltas = [
            FlowDelta(at, *constants[slot], *rest)
            for at, slot, rest in zip(
                self._last_at[slots].tolist(), slots.tolist(), zip(*sums, strict=True), strict=True
            )
        ]
        self._closed[slots] |= (self._flags[slots] & _FIN_OR_RST).any(axis=1)
        self._told[slots] = True
        for column in (self._packets, self._bytes, self._payload, self._flags):
            column[slots] = 0
        return deltas

    def tidy(self, now: float) -> None:
        """Let go of conversations that are over, then of the oldest idle ones beyond the limit."""
        used = np.flatnonzero(self._used)
        idle = now - self._last_at[used]
        allowed = np.where(self._is_tcp[used], IDLE_TCP, IDLE)
        allowed[self._closed[used]] = IDLE_CLOSED
        over = (idle > allowed) | (idle < -1.0)
        self._release(used[over])
        excess = len(self._slots) - self._limit
        if excess > 0:
            rest = used[~over]
            oldest = rest[np.lexsort((rest, self._order[rest], self._last_at[rest]))][:excess]
            self.evicted += excess
            self._release(oldest)

    def _release(self, slots: Ints) -> None:
        for key, slot in zip(self._keys[slots].tolist(), slots.tolist(), strict=True):
            del self._slots[key]
            self._constants[slot] = _NOTHING
        self._used[slots] = False
        self._free[self._free_count : self._free_count + len(slots)] = slots
        self._free_count += len(slots)
