"""The headers of the last packets, in memory alone: for the evidence of an incident, if one opens.

Off unless a technician turned it on. All packets take the same room, so the memory never grows:
whatever comes, the oldest are written over. What is beyond the headers (`heads.reach`) is set to
zero before it is put down, so no content is ever there. Of guests nothing is kept, and where their
networks are named only what is surely the practice's own is (`unrecorded`).
"""

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from appliance.model import Link, Mac
from appliance.sensor import heads
from appliance.sensor.columns import Block, Columns, Gather, Ints
from appliance.sensor.unrecorded import Unrecorded

OCTETS = 112
"""Of one packet, at most: enough for a VLAN tag, IPv6 and most options of TCP. More is cut off."""

HELD = np.dtype(
    [
        ("at", "f8"),
        ("length", "u4"),
        ("kept", "u2"),
        ("vlan", "u2"),
        ("head", "u8", (OCTETS // 8,)),
    ]
)
"""One packet: when it passed, its octets on the wire, how many of *head* are its own, and the VLAN
that the kernel took out of it."""

_MASKS = np.zeros((OCTETS + 1, OCTETS), np.uint8)
_MASKS[np.arange(OCTETS) < np.arange(OCTETS + 1)[:, None]] = 0xFF
_MASK_OF = _MASKS.view(np.uint64)
"""By the number of octets to be left, what leaves them and clears the others."""

_AT_ONCE = 2048
"""Packets put down at a time: what is worked on then stays in a processor's cache."""

_FORM = np.dtype((np.void, OCTETS))
_LOW_16, _16, _32 = np.uint64(0xFFFF), np.uint64(16), np.uint64(32)

Held = NDArray[np.void]


class Recent:
    """See the module's text. *octets* is its size, *unrecorded* who the guests are."""

    def __init__(self, octets: int, unrecorded: Unrecorded | None = None) -> None:
        self._held: Held = np.zeros(max(1, octets // HELD.itemsize), HELD)
        self._unrecorded = unrecorded
        self._next = 0
        self.link = Link.ETHERNET
        """Of all that is held."""

    def keep(self, block: Block, columns: Columns) -> None:
        """Take in the packets of *block*, whose headers are *columns*."""
        if block.link is not self.link:
            self.forget()
            self.link = block.link
        kept = np.minimum(heads.reach(block, columns), OCTETS)
        rows = np.flatnonzero(kept)
        if self._unrecorded is not None:
            rows = rows[self._unrecorded.are_ours(block, columns)[rows]]
        heads_of = Gather(block.buffer).heads
        for place, part in self._places(rows):
            place["at"], place["length"] = block.times[part], block.lengths[part]
            place["kept"] = kept[part]
            place["vlan"] = 0 if block.vlans is None else block.vlans[part]
            whole = heads_of(_FORM, block.offsets[part]).view(np.uint64).reshape(-1, OCTETS // 8)
            np.bitwise_and(whole, _MASK_OF[kept[part]], out=place["head"])

    def forget(self, until: float = np.inf, after: float = np.inf) -> None:
        """Forget what passed up to the time *until* or later than *after*; nothing of it is left.

        Of a time still to come is what was heard before a clock was set back.
        """
        times = self._held["at"]
        old = (self._held["kept"] > 0) & ((times <= until) | (times > after))
        self._held[old] = np.zeros((), HELD)

    def of(self, macs: Collection[Mac] = (), after: float = 0.0) -> Held:
        """Give what passed later than *after*, to or from one of *macs*, in order; none: of all."""
        turned = np.concatenate((self._held[self._next :], self._held[: self._next]))
        held = turned[(turned["kept"] > 0) & (turned["at"] > after)]
        if macs and self.link is Link.ETHERNET:
            named = np.array([int(mac.replace(":", ""), 16) for mac in macs], np.uint64)
            words = held["head"][:, :2].byteswap()
            target = words[:, 0] >> _16
            sender = (words[:, 0] & _LOW_16) << _32 | words[:, 1] >> _32
            held = held[np.isin(target, named) | np.isin(sender, named)]
        return held

    def _places(self, rows: Ints) -> Iterator[tuple[Held, Ints]]:
        """Give room for some of *rows* after the other, the oldest, and which they are."""
        done = 0
        while done < len(rows):
            size = min(_AT_ONCE, len(rows) - done, len(self._held) - self._next)
            yield self._held[self._next : self._next + size], rows[done : done + size]
            self._next = (self._next + size) % len(self._held)
            done += size
