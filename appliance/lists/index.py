"""All lists put together, to be asked for a million entries in a microsecond or two.

`Builder` makes the index; it is kept in one file, which the sensor maps into its memory: nothing is
read line by line while packets wait. Every look-up ends in comparing the text of the entry.
The file is made and read on one machine, in its byte order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

import msgspec

from appliance.lists.entry import Entry, ListError
from appliance.lists.names import Growing, Names, Records
from appliance.lists.networks import COLUMNS, Networks
from appliance.model import Listing

ENTRIES = 1_000_000
"""Entries of all lists together; further ones are left out, and counted."""
REASONS = 65_535
"""Different reasons that are kept, and lists; of entries beyond, the reason is left out."""
_MAGIC = b"vigie lists 1\n"
_ALIGNED = 8


class Head(msgspec.Struct, frozen=True):
    """What stands before the columns of the file."""

    sources: list[str]
    reasons: list[str]
    ends: list[int]
    """Where each column ends, from the first one's beginning."""
    check: int
    """CRC-32 of all columns."""
    depth: int
    """Labels of the longest name."""
    entries: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Index:
    """Entries, ready to be asked."""

    head: Head
    names: Names
    networks: Sequence[Networks] = field(repr=False)
    """Of IPv4, of IPv6."""
    records: Records = field(repr=False)

    def listing(self, place: int) -> Listing:
        """Give what is said at *place*."""
        until, source, why = self.records.said(place)
        return Listing(
            entry=self.records.text(place).decode(),
            source=self.head.sources[source],
            why=self.head.reasons[why],
            until=until,
        )

    def written(self) -> bytes:
        """Give the index as a file."""
        networks = [column.tobytes() for each in self.networks for column in each.columns]
        columns = [
            self.names.sieve.tobytes(),
            self.names.tags.tobytes(),
            self.names.places.tobytes(),
            bytes(self.records.octets),
            *networks,
        ]
        columns = [column + bytes(-len(column) % _ALIGNED) for column in columns]
        ends, whole = [0], b"".join(columns)
        for column in columns:
            ends.append(ends[-1] + len(column))
        sizes = [len(each) for each in self.networks]
        head = msgspec.structs.replace(self.head, ends=[*ends, *sizes], check=crc32(whole))
        told = msgspec.json.encode(head)
        return _MAGIC + len(told).to_bytes(4, "little") + told + whole


class Lists:
    """What the box is asked: several indexes as one."""

    def __init__(self, *indexes: Index) -> None:
        self._indexes = tuple(index for index in indexes if index.head.entries)
        self._tables = [(each.names.sieve, each.names.shift, each) for each in self._indexes]
        self._depth = max((index.head.depth for index in self._indexes), default=0)
        self.entries = sum(index.head.entries for index in self._indexes)
        self.holds_addresses = any(map(len, (each for ix in self._indexes for each in ix.networks)))
        self.left_out = sum(index.head.left_out for index in self._indexes)

    def find_name(self, name: str, at: float) -> Listing | None:
        """Give the longest entry that covers *name* and counts at the time *at*, or None."""
        text = name.encode(errors="replace")
        dots = text.count(b".")
        if dots >= self._depth:
            text = text.split(b".", dots + 1 - self._depth)[-1] if self._depth else b""
            dots = self._depth - 1
        while dots > 0:  # a name of one label is never listed
            mixed = crc32(text)
            for sieve, shift, index in self._tables:
                if sieve[mixed >> shift] >> (mixed & 7) & 1:  # seldom; asked here, it spares a call
                    place = index.names.find(text, mixed, index.records)
                    if place >= 0 and index.records.counts(place, at):
                        return index.listing(place)
            text = text.partition(b".")[2]
            dots -= 1
        return None

    def find_mark(self, mark: str, at: float) -> Listing | None:
        """Give the entry of a JA4 or of a certificate's SHA-1 or SHA-256, or None."""
        text = mark.encode(errors="replace")
        mixed = crc32(text)
        for index in self._indexes:
            place = index.names.find(text, mixed, index.records)
            if place >= 0 and index.records.counts(place, at):
                return index.listing(place)
        return None

    def find_address(self, version: int, number: int, at: float) -> Listing | None:
        """Give the smallest entry that covers the address that *number* stands for, or None."""
        for index in self._indexes:
            networks = index.networks[version == 6]  # noqa: PLR2004 - as IP has it
            place = networks.find(number, at)
            if place >= 0:
                return index.listing(place)
        return None


class Builder:
    """Puts entries together, in the little memory that the index itself takes."""

    def __init__(self, most: int) -> None:
        self._most = min(most, ENTRIES)
        self._records = Growing()
        self._names = Names.sized(self._most)
        self._networks: dict[int, dict[tuple[int, int], int]] = {4: {}, 6: {}}
        self._sources: dict[str, int] = {}
        self._reasons: dict[str, int] = {"": 0}
        self._depth = self._entries = self._left_out = 0

    def add(self, source: str, entries: Iterable[Entry]) -> None:
        """Take in the *entries* of the list *source*; of two that say the same one stays."""
        number = self._sources.setdefault(source, len(self._sources))
        for entry in entries:
            if self._entries >= self._most or not self._take(entry, number):
                self._left_out += 1
            else:
                self._entries += 1

    def done(self) -> Index:
        """Give the index."""
        head = Head(
            sources=list(self._sources),
            reasons=list(self._reasons),
            ends=[],
            check=0,
            depth=self._depth,
            entries=self._entries,
            left_out=self._left_out,
        )
        networks = [
            Networks.of(version, ((*key, place) for key, place in found.items()), self._records)
            for version, found in self._networks.items()
        ]
        return Index(head, self._names, networks, self._records)

    def _take(self, entry: Entry, source: int) -> bool:
        why = self._reasons.get(entry.why, 0)
        if not why and entry.why and len(self._reasons) < REASONS:
            why = self._reasons[entry.why] = len(self._reasons)
        text = entry.text.encode()
        if (network := entry.network) is None:
            if not self._names.add(text, entry.until, source, why, self._records):
                return False
            self._depth = max(self._depth, text.count(b".") + 1)
            return True
        table = self._networks[network.version]
        key = (int(network.network_address), network.prefixlen)
        if (known := table.get(key)) is not None:
            self._records.prolong(known, entry.until, source, why)
        else:
            table[key] = self._records.append(text, entry.until, source, why)
        return True


def index(lists: Iterable[tuple[str, Sequence[Entry]]]) -> Index:
    """Put *lists* together: the name and the entries of each."""
    lists = list(lists)
    builder = Builder(sum(len(entries) for _, entries in lists))
    for source, entries in lists:
        builder.add(source, entries)
    return builder.done()


def opened(octets: memoryview) -> Index:
    """Give the index that a file holds; raises ListError when it is damaged."""
    try:
        if octets[: len(_MAGIC)] != _MAGIC:
            raise ListError("the index of the lists is of another kind")
        start = len(_MAGIC) + 4
        size = int.from_bytes(octets[start - 4 : start], "little")
        head = msgspec.json.decode(octets[start : start + size], type=Head)
        whole = octets[start + size :]
        if crc32(whole) != head.check:
            raise ListError("the index of the lists is damaged")
        return _cut(head, whole)
    except (msgspec.DecodeError, ValueError, IndexError, TypeError):
        raise ListError("the index of the lists is damaged") from None


def _cut(head: Head, whole: memoryview) -> Index:
    ends, (short, long) = head.ends[:-2], head.ends[-2:]
    columns = [whole[begin:end] for begin, end in pairwise(ends)]
    sieve, tags, places, entries, *rest = columns
    records, networks = Records(entries), []
    for version, size in ((4, short), (6, long)):
        cast = [
            column.cast(kind)[:size] for column, kind in zip(rest, COLUMNS[version], strict=False)
        ]
        networks.append(Networks(records, cast))
        rest = rest[len(cast) :]
    return Index(head, Names(sieve, tags, places.cast("I")), networks, records)
