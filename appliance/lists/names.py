"""Names and fingerprints by the thousand in little memory: an open hash table over one file.

For each slot, half of which are empty, there is a byte of the hash, and the place of a record with
the text as it is spelt, which is compared: a hash alone decides nothing. Before them stands a
sieve, eight bits a slot, of which an entry sets one: asking it first ends nearly all misses. Slots
are searched one after the other, at most `PROBES` of them: a list made to collide leaves entries
out, it does not make the box slow.
"""

from array import array
from struct import Struct
from zlib import crc32

PROBES = 128
"""Slots searched for one name. With half of the slots empty, chance needs fewer than 100."""
_RECORD = Struct("<IHHB")
"""Until (seconds since 1970, 0 for ever), number of the list, number of the reason, length."""
_TAG_SHIFT = 25
_FOR_EVER = 0
_LATEST = 0xFFFF_FFFF


class Records:
    """Entries as bytes, one behind the other."""

    __slots__ = ("octets",)

    def __init__(self, octets: bytearray | memoryview) -> None:
        self.octets = octets

    def counts(self, place: int, at: float) -> bool:
        """Tell whether the entry at *place* still counts at the time *at*."""
        until: int = _RECORD.unpack_from(self.octets, place)[0]
        return until == _FOR_EVER or at < until

    def text(self, place: int) -> bytes:
        """Give the entry at *place* as it is spelt."""
        start = place + _RECORD.size
        return bytes(self.octets[start : start + self.octets[start - 1]])

    def said(self, place: int) -> tuple[float, int, int]:
        """Give until when the entry at *place* counts, and the numbers of its list and reason."""
        until, source, why, _ = _RECORD.unpack_from(self.octets, place)
        return until, source, why


class Growing(Records):
    """Records that are still being put together."""

    __slots__ = ("_grown",)

    def __init__(self) -> None:
        self._grown = bytearray()
        super().__init__(self._grown)

    def append(self, text: bytes, until: float, source: int, why: int) -> int:
        """Put an entry at the end; give its place."""
        place = len(self._grown)
        self._grown += _RECORD.pack(min(int(until), _LATEST), source, why, len(text)) + text
        return place

    def prolong(self, place: int, until: float, source: int, why: int) -> None:
        """Have the entry at *place* count until *until*, if that is longer than it does."""
        old, _, _, size = _RECORD.unpack_from(self._grown, place)
        if old != _FOR_EVER and (until == _FOR_EVER or until > old):
            _RECORD.pack_into(self._grown, place, min(int(until), _LATEST), source, why, size)


class Names:
    """The table."""

    __slots__ = ("_mask", "places", "shift", "sieve", "tags")

    def __init__(self, sieve: memoryview, tags: memoryview, places: memoryview) -> None:
        self.sieve = sieve
        self.tags = tags
        self.places = places
        self._mask = len(tags) - 1
        self.shift = 32 - self._mask.bit_length()
        """Bits of a CRC-32 below those that choose a byte of the sieve; the lowest 3 its bit."""

    @classmethod
    def sized(cls, most: int) -> "Names":
        """Give an empty table for *most* entries."""
        slots = 1 << max(4, (2 * most - 1).bit_length())
        sieve, tags = memoryview(bytearray(slots)), memoryview(bytearray(slots))
        return cls(sieve, tags, memoryview(array("I", bytes(4 * slots))))

    def find(self, text: bytes, mixed: int, records: Records) -> int:
        """Give the place of *text*, whose CRC-32 is *mixed*, among the *records*; -1 for none."""
        slot, tag = mixed & self._mask, (mixed >> _TAG_SHIFT) + 1
        tags = self.tags
        for _ in range(PROBES):
            found = tags[slot]
            if not found:
                return -1
            if found == tag and records.text(self.places[slot]) == text:
                return self.places[slot]
            slot = (slot + 1) & self._mask
        return -1

    def add(self, text: bytes, until: float, source: int, why: int, records: Growing) -> bool:
        """Take an entry in; of two that say the same the longer counts. False: there is no room."""
        mixed = crc32(text)
        slot, tag = mixed & self._mask, (mixed >> _TAG_SHIFT) + 1
        tags = self.tags
        for _ in range(PROBES):
            found = tags[slot]
            if not found:
                tags[slot] = tag
                self.sieve[mixed >> self.shift] |= 1 << (mixed & 7)
                self.places[slot] = records.append(text, until, source, why)
                return True
            if found == tag and records.text(self.places[slot]) == text:
                records.prolong(self.places[slot], until, source, why)
                return True
            slot = (slot + 1) & self._mask
        return False
