"""The meter: blocks of packets in; frames worth reading, and what conversations did, out.

No Python runs per packet. A block's headers are read as columns, sorted by conversation once,
and added up into the flow table; Python objects are made only for frames picked and, once a
second, for conversations that were active.

The result does not depend on how the packets came in blocks: twins are looked for across blocks,
a second is closed when a packet of a later one comes, and the flow table makes room only between
spans, at fixed packet times.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from appliance.facts import FlowDelta, Tick
from appliance.model import Frame
from appliance.sensor import headers, picker, shares
from appliance.sensor.columns import TCP, Block, Columns, Flags, Floats, Gather, Ints
from appliance.sensor.conversations import Known, add_up, begin, runs_of, sides_of
from appliance.sensor.flow_table import FlowTable
from appliance.sensor.recent import Recent
from appliance.sensor.shapes import FRESH, Shapes
from appliance.sensor.timeline import Timeline
from appliance.sensor.twins import Twins
from appliance.sensor.unrecorded import Unrecorded
from appliance.sensor.watched import Watched

SPAN = 10
"""Seconds of packet time after which the flow table makes room."""
LONGEST = 65_535
"""Bytes of a packet that are read."""
_KINDS = 5
_CALLS = 4
"""Kinds of frames that a flood of others must not hide; the last are calls of RPC."""

Kinds: TypeAlias = NDArray[np.int8]
Heard: TypeAlias = Frame | FlowDelta | Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """What the meter counted since it began."""

    packets: int = 0
    octets: int = 0
    malformed: int = 0
    duplicates: int = 0
    fragments: int = 0
    conversations: int = 0
    """Held now."""
    opened: int = 0
    """Since it began."""
    unrecorded: int = 0
    """Of guests: counted, and no more."""
    back_steps: int = 0
    """Times the clock was set back."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """What there was no room for, by its name."""


class Meter:
    """See the module's text."""

    def __init__(
        self,
        conversations: int = 65_536,
        unrecorded: Unrecorded | None = None,
        recent: Recent | None = None,
    ) -> None:
        self.unrecorded = unrecorded
        """What is left out; None: nothing is."""
        self.recent = recent
        """Where the headers of the last packets are; None: nowhere."""
        self._timeline = Timeline()
        self._twins = Twins()
        self._shapes = Shapes()
        self._table = FlowTable(conversations)
        self.watched = Watched()
        self._packets = 0
        self._octets = 0
        self._malformed = 0
        self._fragments = 0
        self._read = [0] * _KINDS
        """Frames of each kind read in the running second (`picker.by_header`, `shares.heads`,
        `picker.calls`)."""
        self._unread = 0
        self._order = 0
        """Packets sorted so far: the order in which conversations are told."""

    @property
    def counters(self) -> Counters:
        """What was counted so far."""
        table = self._table
        dropped = {
            "conversations": table.evicted,
            "conversations_at_once": table.refused,
            "frames": self._unread + self._shapes.dropped,
        }
        return Counters(
            packets=self._packets,
            octets=self._octets,
            malformed=self._malformed,
            duplicates=self._twins.count,
            fragments=self._fragments,
            conversations=len(table),
            opened=table.opened,
            unrecorded=self.unrecorded.packets if self.unrecorded else 0,
            back_steps=self._timeline.back_steps,
            dropped={name: count for name, count in dropped.items() if count},
        )

    def feed(self, block: Block) -> list[Heard]:
        """Take in the packets of *block*; give what is known by them, in the order of time."""
        heard: list[Heard] = []
        if len(block.offsets):
            self._packets += len(block.offsets)
            self._octets += int(block.lengths.sum())
            columns = headers.read(block)
            self.watched.note(block, columns)
            if self.unrecorded is not None:
                block, columns = self.unrecorded.leave_out(block, columns)
        if len(block.offsets):
            if self.recent is not None:
                self.recent.keep(block, columns)
            self._malformed += int(columns.malformed.sum())
            self._fragments += int(columns.fragment.sum())
            for start, times, anew in self._timeline.stretches(block.times):
                if anew:
                    heard += self._begin_anew(int(times[0]))
                for low, high in _spans(times):
                    rows = slice(start + low, start + high)
                    heard += self._span(block, columns.part(rows), rows.start, times[low:high])
        if self._timeline.passes(block.now):
            heard += self._close(int(block.now))
        return heard

    def finish(self) -> list[Heard]:
        """Give what was still held back; nothing more will come."""
        second = self._timeline.second
        return [] if second is None else self._close(second + 1)

    def _span(self, block: Block, columns: Columns, base: int, times: Floats) -> list[Heard]:
        """Take in packets of one span, the first of which is row *base* of *block*."""
        seconds = times.astype(np.int64)
        heard = self._close(int(seconds[0])) if self._is_later(int(seconds[0])) else []
        sides = sides_of(columns)
        rows = np.flatnonzero(columns.is_ip & ~columns.malformed)
        rows = rows[np.argsort(sides[rows], kind="stable")]
        twins = self._twins.find(rows, sides, columns.check, times)
        known = begin(self._table, block, columns, base, times, rows[~twins], sides)
        strange, named = picker.by_header(columns)
        named[rows[twins]] = False
        get = Gather(block.buffer)
        begun, shared = self._begun(get, columns, known), self._shared(block, columns, known)
        begun |= self._shapes.new(get, columns)
        begun[rows[twins]] = False
        calls = picker.calls(get, columns) & ~begun
        calls[rows[twins]] = False
        sums = add_up(columns, known, seconds, times, self._order)
        self._order += len(times)
        for low, high in _runs(seconds):
            if self._is_later(int(seconds[low])):
                heard += self._close(int(seconds[low]))
            worth = self._few(0, strange[low:high]) | self._few(1, named[low:high])
            worth |= begun[low:high] | self._few(_CALLS, calls[low:high])
            if shared is not None:
                for kind in (shares.NAMES, shares.BULK):
                    worth |= self._few(1 + kind, shared[low:high] == kind)
            heard += _frames(block, base, np.flatnonzero(worth) + low, times)
            self._table.add(*sums.of(int(seconds[low])))
        return heard

    def _begun(self, get: Gather, columns: Columns, known: Known) -> Flags:
        """Tell which segments begin, or go on with, a message that can be read."""
        worth = np.zeros(len(columns.l3), bool)
        filled = (columns.proto[known.rows] == TCP) & (columns.payload[known.rows] > 0)
        at = np.flatnonzero(filled)
        if not len(at):
            return worth
        rows, slots, sides = known.rows[at], known.slots[at], known.sides[at]
        starts = runs_of(slots << 1 | sides)
        slot, side = slots[starts], sides[starts]
        segments = picker.Segments(
            rows, starts, self._table.segments[slot, side], self._table.reading[slot, side]
        )
        picked, goes_on = picker.by_beginning(get, columns, segments)
        self._table.segments[slot, side] += np.diff(starts, append=len(rows))
        self._table.reading[slot, side] = goes_on
        worth[rows[picked]] = True
        return worth

    def _shared(self, block: Block, columns: Columns, known: Known) -> Kinds | None:
        """Tell which packets begin a message of file sharing, of which kind; None: none does."""
        runs = np.flatnonzero(shares.are_shared(columns, known.rows[known.starts]))
        if not len(runs):
            return None
        firsts, sizes = known.starts[runs], np.diff(known.starts, append=len(known.rows))[runs]
        starts = np.cumsum(sizes) - sizes
        rows = known.rows[np.arange(sizes.sum()) + np.repeat(firsts - starts, sizes)]
        slot, side = known.slots[firsts], known.sides[firsts]
        sides = shares.Sides(rows, starts, self._table.due[slot, side])
        kinds, self._table.due[slot, side] = shares.heads(block.buffer, columns, sides)
        if not kinds.any():
            return None
        found = np.zeros(len(columns.l3), np.int8)
        found[rows] = kinds
        return found

    def _few(self, kind: int, wanted: Flags) -> Flags:
        """Let no more than `picker.PER_SECOND` packets of a kind through in the running second."""
        count = int(wanted.sum())
        over = self._read[kind] + count - picker.PER_SECOND
        if over > 0:
            cut = np.flatnonzero(wanted)[max(0, count - over) :]
            wanted = wanted.copy()
            wanted[cut] = False
            self._unread += len(cut)
            count -= len(cut)
        self._read[kind] += count
        return wanted

    def _is_later(self, second: int) -> bool:
        return self._timeline.second is None or second > self._timeline.second

    def _close(self, second: int) -> list[Heard]:
        """End the running second: tell what conversations did in it, and go on to *second*."""
        before = self._timeline.second
        heard: list[Heard] = [*self._table.tell(), *self._timeline.ticks(second)]
        if before is None or before // SPAN != second // SPAN:
            self._table.tidy(float(second // SPAN * SPAN))
        if before is None or before // FRESH != second // FRESH:
            self._shapes.forget()
        self._read = [0] * _KINDS
        return heard

    def _begin_anew(self, second: int) -> list[Heard]:
        """Go on at *second*, which is before the running one: the clock was set back."""
        heard: list[Heard] = [*self._table.tell(), Tick(float(second))]
        self._timeline.second = second
        self._table.tidy(float(second))
        self._twins.forget()
        self._shapes.forget()
        return heard


def _spans(times: Floats) -> Iterator[tuple[int, int]]:
    """Give where each span of rising *times* begins and ends."""
    return _runs(times.astype(np.int64) // SPAN)


def _runs(values: Ints) -> Iterator[tuple[int, int]]:
    """Give where each run of equal *values* begins and ends."""
    return pairwise([0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)])


def _frames(block: Block, base: int, rows: Ints, times: Floats) -> list[Frame]:
    """Make frames of packets *rows*, counted from *base*; *times* are from there on."""
    if not len(rows):
        return []
    data, link = block.buffer.data, block.link
    starts = block.offsets[base + rows]
    ends = starts + np.minimum(block.captured[base + rows], LONGEST)
    parts = [
        bytes(data[start:end]) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return list(map(Frame._make, zip(times[rows].tolist(), parts, repeat(link))))
