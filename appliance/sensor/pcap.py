"""Reading pcap files, a chunk at a time (draft-ietf-opsawg-pcap)."""

from collections.abc import Iterator
from struct import Struct
from typing import Protocol

import numpy as np

from appliance.model import Link
from appliance.sensor.columns import SLACK, Block, Bytes, Ints
from appliance.sensor.source import CaptureError, link_of

MAGICS = {
    b"\xd4\xc3\xb2\xa1": ("<", 1e-6),
    b"\xa1\xb2\xc3\xd4": (">", 1e-6),
    b"\x4d\x3c\xb2\xa1": ("<", 1e-9),
    b"\xa1\xb2\x3c\x4d": (">", 1e-9),
}
"""Byte order and length of a tick, by the first four bytes."""

CHUNK = 2 * 1024 * 1024
"""Bytes held at a time; the same memory is used again for the next ones.

A packet that does not fit means that the file is damaged, and is read up to there.
"""

_HEAD, _LINK_AT = 24, 20
_RECORD, _CAPTURED_AT, _LENGTH_AT = 16, 8, 12


class Readable(Protocol):
    """What a capture is read from."""

    def read(self, size: int, /) -> bytes:
        """Give at most *size* bytes; none at the end."""

    def readinto(self, into: memoryview, /) -> int:
        """Fill *into* as far as possible, and give how far; 0 at the end."""


def blocks(file: Readable, magic: bytes, name: str) -> Iterator[Block]:
    """Give the packets of *file*, of which the *magic* has been read; raises CaptureError."""
    order, tick = MAGICS[magic]
    head = magic + file.read(_HEAD - len(magic))
    if len(head) < _HEAD:
        raise CaptureError(f"{name}: ends within its head")
    link = link_of(Struct(order + "I").unpack_from(head, _LINK_AT)[0], name)
    buffer = np.zeros(CHUNK + SLACK, np.uint8)
    held = 0
    while True:
        count = file.readinto(buffer.data[held:CHUNK])
        end = held + count
        starts, used, sound = _starts(buffer.data, end, order)
        if starts:
            yield _block(buffer, np.array(starts, np.int64), order, tick, link)
        if not sound:
            return
        held = end - used
        if not count:
            if held > _RECORD:
                yield _cut(buffer[used:end], order, tick, link)
            return
        buffer[:held] = buffer[used:end].copy()


def _starts(data: memoryview, end: int, order: str) -> tuple[list[int], int, bool]:
    """Give where whole packets begin in *data*, where the last ends, and whether all is sound."""
    starts: list[int] = []
    append, unpack = starts.append, Struct(f"{order}{_CAPTURED_AT}xI").unpack_from
    at, last = 0, end - _RECORD
    while at <= last:
        after = at + _RECORD + unpack(data, at)[0]
        if after > end:
            return starts, at, after - at <= CHUNK
        append(at)
        at = after
    return starts, at, True


def _block(buffer: Bytes, starts: Ints, order: str, tick: float, link: Link) -> Block:
    words = np.ndarray((len(buffer) - 3,), order + "u4", buffer.data, strides=(1,))
    times = words[starts] + words[starts + 4] * tick
    captured = words[starts + _CAPTURED_AT].astype(np.int64)
    return Block(
        buffer=buffer,
        offsets=starts + _RECORD,
        captured=captured,
        lengths=np.maximum(words[starts + _LENGTH_AT].astype(np.int64), captured),
        times=times,
        link=link,
        now=float(times[-1]),
    )


def _cut(rest: Bytes, order: str, tick: float, link: Link) -> Block:
    """Give the last packet of a file that ends within it, as far as it is there."""
    buffer = np.zeros(len(rest) + SLACK, np.uint8)
    buffer[: len(rest)] = rest
    here = Struct(order + "I").pack(len(rest) - _RECORD)
    buffer[_CAPTURED_AT:_LENGTH_AT] = np.frombuffer(here, np.uint8)
    return _block(buffer, np.array([0], np.int64), order, tick, link)
