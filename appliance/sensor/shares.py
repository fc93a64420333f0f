"""Which segments of file sharing are worth reading: those in which a message of SMB begins.

Files are copied in messages of up to 8 MiB, so of a bulk transfer few segments are read: the heads.
Most messages begin where a segment does, and that is told as columns. Who sends much at once fills
his segments, and the next message begins inside one: of each side it is remembered at which number
the next message is due ([MS-SMB2] section 2.1: each says its length), until one begins a segment.
A head that is itself cut by the end of a segment is missed.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from appliance.sensor.columns import TCP, Bytes, Columns, Flags, Gather, Ints

NAMES, BULK = 1, 2
"""What a message does: names files, or moves bytes. A flood of one must not hide the other."""
UNKNOWN = -1
"""No message is due."""

_PORTS = np.zeros(65_536, bool)
_PORTS[[139, 445]] = True
_MASK, _SMB = 0xFCFFFFFF, int.from_bytes(b"\xfcSMB")
_LENGTH = 0xFF_FFFF
_NUMBER_AT = 4
"""Where in TCP's header the number of the first byte is."""
_BEFORE = 4
"""Bytes of NetBIOS before each message."""
_HEAD = 21
"""Bytes of a message's beginning, with those before it, from which its command is told."""
_OLD, _NEW = 0xFF, 0xFE
_OLD_COMMAND, _OLD_FLAGS, _OLD_ANSWER = 8, 13, 0x80
_NEW_COMMAND, _NEW_FLAGS, _NEW_ANSWER = 16, 20, 0x01
"""Where command and flags are, and what an answer's flags have."""
_SEQUENCE = 1 << 32
_MOST = 8
"""Messages of one segment whose lengths are followed; `decode` reads no more."""


def _kinds(names: tuple[int, ...], bulk: tuple[int, ...], answers: tuple[int, ...]) -> Ints:
    """By command, and then by whether it is an answer, what the message is."""
    table = np.zeros((256, 2), np.int64)
    table[names, 0] = NAMES
    table[bulk, 0] = BULK
    table[answers, 1] = table[answers, 0]
    return table


# Answers are read where they join a file to its number, or carry what was read.
_NEW_KINDS = _kinds((0, 1, 3, 5, 6, 11, 17), (8, 9), (0, 1, 5, 8))
"""Negotiation, logon, share, CREATE, CLOSE, IOCTL, SET_INFO; READ, WRITE ([MS-SMB2] 2.2.1.2)."""
_OLD_KINDS = _kinds(
    (0x72, 0x73, 0x75, 0xA2, 0x04, 0x07, 0x06, 0x25, 0x32, 0x2D),
    (0x2E, 0x2F),
    (0x72, 0x73, 0xA2, 0x2D, 0x2E),
)
"""The same; RENAME, DELETE, TRANSACTION, TRANSACTION2, OPEN_ANDX ([MS-CIFS] 2.2.2.1)."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Segments, sorted by the side of a conversation and then by time."""

    rows: Ints
    """Which packets they are."""
    starts: Ints
    """Where, among them, the segments of each side begin."""
    due: Ints
    """Of each side, the number at which its next message begins, or `UNKNOWN`."""


def are_shared(columns: Columns, rows: Ints) -> Flags:
    """Tell which packets are of file sharing."""
    sport, dport = columns.sport[rows], columns.dport[rows]
    shared: Flags = (_PORTS[sport] | _PORTS[dport]) & (columns.proto[rows] == TCP)
    return shared


def heads(buffer: Bytes, columns: Columns, sides: Sides) -> tuple[Ints, Ints]:
    """Give of each segment `NAMES`, `BULK` or 0, and of each side where its next message is due.

    *buffer* is that of the block that *columns* tell of.
    """
    rows = sides.rows
    get, data = Gather(buffer), buffer.data
    at, present = columns.payload_at[rows], columns.present[rows]
    first = get.u32(at)
    begins = (first >> 24 == 0) & (present >= _HEAD)
    begins[begins] = get.u32(at[begins] + _BEFORE) & _MASK == _SMB
    kinds = np.zeros(len(rows), np.int64)
    if not begins.any() and (sides.due == UNKNOWN).all():
        return kinds, sides.due
    kinds[begins] = _kinds_at(get, at[begins])
    numbers = get.u32(columns.l4[rows] + _NUMBER_AT)
    ends = np.where(begins, numbers + _BEFORE + (first & _LENGTH), UNKNOWN).tolist()
    numbers, sizes = numbers.tolist(), columns.payload[rows].tolist()
    due = sides.due.tolist()
    # A few tenths of a microsecond for each segment, and a few more for each message in the middle.
    for side, (low, high) in enumerate(pairwise([*sides.starts.tolist(), len(rows)])):
        waits = due[side]
        for place in range(low, high):
            if ends[place] != UNKNOWN:
                waits = ends[place]
            elif waits == UNKNOWN:
                continue
            ahead = (waits - numbers[place]) % _SEQUENCE
            if ahead < sizes[place]:
                waits, kind = _follow(data, int(at[place]), int(present[place]), ahead)
                if waits != UNKNOWN:
                    waits += numbers[place]
                kinds[place] = min(filter(None, (kind, kinds[place])), default=0)
        due[side] = waits
    return kinds, np.array(due, np.int64)


def _kinds_at(get: Gather, at: Ints) -> Ints:
    """Give what the messages are whose NetBIOS headers are *at*."""
    old = get.u8(at + _BEFORE) == _OLD
    new = get.u8(at + _BEFORE) == _NEW
    kinds = np.zeros(len(at), np.int64)
    answers = get.u8(at[old] + _OLD_FLAGS) & _OLD_ANSWER > 0
    kinds[old] = _OLD_KINDS[get.u8(at[old] + _OLD_COMMAND), answers.astype(np.int64)]
    answers = get.u8(at[new] + _NEW_FLAGS) & _NEW_ANSWER > 0
    kinds[new] = _NEW_KINDS[get.u8(at[new] + _NEW_COMMAND), answers.astype(np.int64)]
    return kinds


def _follow(data: memoryview, start: int, there: int, ahead: int) -> tuple[int, int]:
    """Follow messages within a segment, whose payload is at *start*, from *ahead* of it on.

    Gives where behind *start* the next one is due, and the best kind of those that began.
    """
    best = 0
    for _ in range(_MOST):
        at = start + ahead
        if ahead + _HEAD > there:
            if ahead >= there:
                return ahead, best
            if ahead + _BEFORE > there or data[at]:
                return UNKNOWN, best
        elif data[at] or bytes(data[at + 5 : at + 8]) != b"SMB":
            return UNKNOWN, best
        else:
            kind = _kind_of(data, at)
            best = min(filter(None, (kind, best)), default=0)
        ahead += _BEFORE + int.from_bytes(data[at + 1 : at + _BEFORE])
    return UNKNOWN, best


def _kind_of(data: memoryview, at: int) -> int:
    if data[at + _BEFORE] == _NEW:
        answer = data[at + _NEW_FLAGS] & _NEW_ANSWER > 0
        return int(_NEW_KINDS[data[at + _NEW_COMMAND], int(answer)])
    if data[at + _BEFORE] == _OLD:
        answer = data[at + _OLD_FLAGS] & _OLD_ANSWER > 0
        return int(_OLD_KINDS[data[at + _OLD_COMMAND], int(answer)])
    return 0
