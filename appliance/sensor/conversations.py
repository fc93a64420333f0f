"""Sorting packets by conversation, and adding them up: from rows per packet to rows per side.

Both sides of a conversation share a mix of their ends (addresses, ports, protocol, VLAN); its
lowest bit tells the sides apart, so that sorting puts them next to each other.
"""

from dataclasses import dataclass

import numpy as np

from appliance.sensor.columns import TCP, UDP, Block, Columns, Flags, Floats, Gather, Ints, Words
from appliance.sensor.flow_table import Constants, FlowTable
from appliance.sensor.mixing import mix, stir
from appliance.sensor.spelling import ends_of, macs

_ONE = np.uint64(1)
_SYN, _SYN_ACK = 0x02, 0x12
_WELL_KNOWN = 1024


@dataclass(frozen=True, slots=True)
class Known:
    """Packets whose conversation is in the flow table, sorted by side and then by time."""

    rows: Ints
    slots: Ints
    """Of each row."""
    sides: Ints
    """Of each row."""
    starts: Ints
    """Where the rows of each side of a conversation begin."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What sides of conversations sent, each within one second; columns for `FlowTable.add`."""

    seconds: Ints
    slots: Ints
    sides: Ints
    order: Ints
    last_at: Floats
    packets: Ints
    size: Ints
    payload: Ints
    flags: Ints

    def of(self, second: int) -> tuple[Ints, Ints, Ints, Floats, Ints, Ints, Ints, Ints]:
        """Give the columns' part of one second."""
        low, high = np.searchsorted(self.seconds, [second, second + 1])
        return (
            self.slots[low:high],
            self.sides[low:high],
            self.order[low:high],
            self.last_at[low:high],
            self.packets[low:high],
            self.size[low:high],
            self.payload[low:high],
            self.flags[low:high],
        )


def sides_of(columns: Columns) -> Words:
    """Give what names the side of a conversation that sent each packet."""
    ported = (columns.proto == TCP) | (columns.proto == UDP)
    sport = np.where(ported, columns.sport, 0).astype(np.uint64)
    dport = np.where(ported, columns.dport, 0).astype(np.uint64)
    here, there = mix(columns.src, sport), mix(columns.dst, dport)
    kind = (columns.proto | columns.vlan << 8).astype(np.uint64)
    both = mix(np.minimum(here, there) ^ stir(kind), np.maximum(here, there))
    return (both & ~_ONE) | (here > there).astype(np.uint64)


def begin(  # noqa: PLR0913, PLR0917 - a stage of the meter, and what it works on
    table: FlowTable,
    block: Block,
    columns: Columns,
    base: int,
    times: Floats,
    rows: Ints,
    sides: Words,
) -> Known:
    """Find the conversations of *rows*, sorted by side, in *table*; begin those that are new.

    Rows for whose conversation there is no room are left out.
    """
    mine = sides[rows]
    starts = runs_of(mine >> _ONE)
    keys = mine[starts] >> _ONE
    slots = table.find(keys)
    firsts = np.minimum.reduceat(rows, starts) if len(rows) else rows
    new = np.flatnonzero(slots < 0)
    if len(new):
        new = new[np.argsort(firsts[new])]
        new = new[: table.admit(len(new))]
        rows_of_new = firsts[new]
        swapped = _answers(columns, rows_of_new)
        slots[new] = table.open(
            keys[new],
            _constants(block, columns, base, rows_of_new, swapped),
            (sides[rows_of_new] & _ONE).astype(np.int64) ^ swapped,
            times[rows_of_new],
        )
    each = np.repeat(slots, np.diff(starts, append=len(rows)))
    if (each < 0).any():
        rows, mine, each = rows[each >= 0], mine[each >= 0], each[each >= 0]
    return Known(rows, each, (mine & _ONE).astype(np.int64), runs_of(mine))


def add_up(columns: Columns, known: Known, seconds: Ints, times: Floats, count: int) -> Sums:
    """Add up what each side sent in each second; *count* packets came before these rows."""
    rows, slots, sides = known.rows, known.slots, known.sides
    when = seconds[rows]
    if len(rows) and when.min() != when.max():
        sort = np.argsort((when - when.min()).astype(np.uint16), kind="stable")
        rows, slots, sides, when = rows[sort], slots[sort], sides[sort], when[sort]
    starts = runs_of(slots << 1 | sides, when)
    ends = np.append(starts[1:], len(rows)) - 1
    firsts = rows[starts]
    return Sums(
        seconds=when[starts],
        slots=slots[starts],
        sides=sides[starts],
        order=firsts + count,
        last_at=times[rows[ends]] if len(rows) else times[:0],
        packets=np.diff(starts, append=len(rows)),
        size=_reduce(np.add, columns.size[rows], starts),
        payload=_reduce(np.add, columns.payload[rows], starts),
        flags=_reduce(np.bitwise_or, columns.flags[rows], starts),
    )


def runs_of(*columns: Words | Ints) -> Ints:
    """Tell where runs of equal rows begin."""
    if not len(columns[0]):
        return np.empty(0, np.int64)
    new = np.ones(len(columns[0]), bool)
    new[1:] = columns[0][1:] != columns[0][:-1]
    for column in columns[1:]:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def _reduce(how: np.ufunc, values: Ints, starts: Ints) -> Ints:
    return how.reduceat(values, starts) if len(starts) else values


def _constants(
    block: Block, columns: Columns, base: int, rows: Ints, swapped: Flags
) -> list[Constants]:
    """Give what stays the same of conversations that begin with *rows*; *swapped*: at an answer."""
    get = Gather(block.buffer)
    at, six = columns.l3[rows], np.flatnonzero(columns.is_ip6[rows])
    ends = get.octets(2 * 4, at + 12)  # where the addresses are in the header
    for row, both in zip(six.tolist(), get.octets(2 * 16, at[six] + 8), strict=True):
        ends[row] = both
    fields = (columns.sport, columns.dport, columns.proto, columns.vlan)
    return [
        (peer_mac, mac, dst, src, dport, sport, proto, vlan)
        if swap
        else (mac, peer_mac, src, dst, sport, dport, proto, vlan)
        for swap, (mac, peer_mac), (src, dst), sport, dport, proto, vlan in zip(
            swapped.tolist(),
            macs(get, block.offsets[base + rows], block.link),
            map(ends_of, ends),
            *(field[rows].tolist() for field in fields),
            strict=True,
        )
    ]


def _answers(columns: Columns, rows: Ints) -> Flags:
    """Tell which conversations are first seen at a packet of the answering side."""
    proto, flags = columns.proto[rows], columns.flags[rows]
    asks = (proto == TCP) & (flags & _SYN_ACK == _SYN)
    accepts = (proto == TCP) & (flags & _SYN_ACK == _SYN_ACK)
    ported = (proto == TCP) | (proto == UDP)
    served = ported & (columns.sport[rows] < _WELL_KNOWN) & (columns.dport[rows] >= _WELL_KNOWN)
    answers: Flags = accepts | (served & ~asks)
    return answers
