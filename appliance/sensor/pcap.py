"""Reading pcap files, a chunk at a time."""

from collections.abc import Iterator
from struct import Struct
from typing import IO

import numpy as np

from appliance.model import Link
from appliance.sensor.columns import SLACK, Block, Ints
from appliance.sensor.source import CaptureError, link_of

MAGICS = {
    b"\xd4\xc3\xb2\xa1": ("<", 1e-6),
    b"\xa1\xb2\xc3\xd4": (">", 1e-6),
    b"\x4d\x3c\xb2\xa1": ("<", 1e-9),
    b"\xa1\xb2\x3c\x4d": (">", 1e-9),
}
"""Byte order and length of a tick, by the first four bytes."""

CHUNK = 4 * 1024 * 1024
"""Bytes read at a time."""
LARGEST = 1 << 20
"""Bytes of a packet; a larger one means that the file is damaged, and is read up to there."""
_HEAD = 24
_RECORD = 16


def blocks(file: IO[bytes], magic: bytes, name: str) -> Iterator[Block]:
    """Give the packets of *file*, of which the *magic* has been read; raises CaptureError."""
    order, tick = MAGICS[magic]
    head = file.read(_HEAD - 4)
    if len(head) < _HEAD - 4:
        raise CaptureError(f"{name}: ends within its head")
    link = link_of(Struct(order + "I").unpack_from(head, 16)[0], name)
    rest = b""
    while chunk := file.read(CHUNK):
        data = rest + chunk
        starts, used, sound = _starts(data, Struct(order + "I"))
        if starts:
            yield _block(data, np.array(starts, np.int64), order, tick, link)
        if not sound:
            return
        rest = data[used:]
    if len(rest) > _RECORD:
        yield _cut(rest, order, tick, link)


def _starts(data: bytes, word: Struct) -> tuple[list[int], int, bool]:
    """Give where whole packets begin in *data*, where the last ends, and whether all is sound."""
    starts: list[int] = []
    append, unpack = starts.append, word.unpack_from
    at, end = 0, len(data)
    last = end - _RECORD
    while at <= last:
        (length,) = unpack(data, at + 8)
        after = at + _RECORD + length
        if after > end:
            return starts, at, length <= LARGEST
        append(at)
        at = after
    return starts, at, True


def _block(data: bytes, starts: Ints, order: str, tick: float, link: Link) -> Block:
    buffer = np.frombuffer(data + bytes(SLACK), np.uint8)
    words = np.ndarray((len(buffer) - 3,), order + "u4", buffer.data, strides=(1,))
    times = words[starts] + words[starts + 4] * tick
    captured = words[starts + 8].astype(np.int64)
    return Block(
        buffer=buffer,
        offsets=starts + _RECORD,
        captured=captured,
        lengths=np.maximum(words[starts + 12].astype(np.int64), captured),
        times=times,
        link=link,
        now=float(times[-1]),
    )


def _cut(data: bytes, order: str, tick: float, link: Link) -> Block:
    """Give the last packet of a file that ends within it, as far as it is there."""
    (length,) = Struct(order + "I").unpack_from(data, 8)
    here = len(data) - _RECORD
    if length > LARGEST or here > length:
        here = 0
    head = data[:8] + Struct(order + "I").pack(here) + data[12:]
    return _block(head, np.array([0], np.int64), order, tick, link)
