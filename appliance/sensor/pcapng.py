"""Reading pcapng files, a chunk at a time: several sections, interfaces and byte orders.

Numbers and layouts are those of draft-ietf-opsawg-pcapng.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct

import numpy as np

from appliance.model import Link
from appliance.sensor.columns import SLACK, Block
from appliance.sensor.pcap import CHUNK, Readable
from appliance.sensor.source import CaptureError, link_of

MAGIC = b"\x0a\x0d\x0d\x0a"
_SECTION, _INTERFACE, _OLD_PACKET, _SIMPLE, _PACKET = 0x0A0D0D0A, 1, 2, 3, 6
_FRAME = 12
"""Bytes of a block around its body: type and length before it, the length again behind it."""
_LARGEST = 1 << 24
"""Bytes of a block; a larger one means that the file is damaged, and is read up to there."""
_INTERFACE_HEAD, _PACKET_HEAD, _SIMPLE_HEAD = 8, 20, 4
"""Bytes at the beginning of a body that are always there."""
_END, _RESOLUTION, _OFFSET = 0, 9, 14
"""Options of an interface: end of the options, ticks in a second, seconds to add."""
_OFFSET_SIZE = 8
_PACKETS = 65_536
"""Packets handed over at once."""
_LATEST = float(2**32 - 1)
"""Times are brought between 1970 and 2106, as far as those of pcap files reach."""


class _Layout:
    """Reads the heads of blocks in a byte order."""

    def __init__(self, order: str) -> None:
        self.block = Struct(order + "II").unpack_from
        self.interface = Struct(order + "HHI").unpack_from
        self.option = Struct(order + "HH").unpack_from
        self.offset = Struct(order + "q").unpack
        self.packet = Struct(order + "IIIII").unpack_from
        self.old_packet = Struct(order + "HHIIII").unpack_from
        self.simple = Struct(order + "I").unpack_from


_LAYOUTS = {b"\x4d\x3c\x2b\x1a": _Layout("<"), b"\x1a\x2b\x3c\x4d": _Layout(">")}
"""By the four bytes at `_ORDER_AT` of a section's first block."""
_ORDER_AT = 8


@dataclass(slots=True)
class _Interface:
    link: Link | None
    longest: int
    """Bytes of a packet that were kept."""
    per_second: int = 1_000_000
    """Ticks."""
    offset: int = 0
    refusal: CaptureError | None = None

    def time(self, ticks: int) -> float:
        seconds, rest = divmod(ticks, self.per_second)
        return min(max(seconds + self.offset + rest / self.per_second, 0.0), _LATEST)


@dataclass(slots=True)
class _Batch:
    """Packets of one link type, waiting to be handed over."""

    link: Link = Link.ETHERNET
    parts: list[bytes] = field(default_factory=list)
    captured: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    size: int = 0


def blocks(file: Readable, magic: bytes, name: str) -> Iterator[Block]:
    """Give the packets of *file*, of which the *magic* has been read; raises CaptureError."""
    reader = _Reader(name)
    begun = told = False
    for layout, kind, body in _raw(file, magic):
        begun = True
        reader.take(layout, kind, body)
        if reader.full():
            told = True
            yield reader.hand_over()
        if reader.waiting is not None:
            told = True
            yield reader.hand_over()
            reader.resume()
    if reader.batch.times:
        told = True
        yield reader.hand_over()
    if not begun:
        raise CaptureError(f"{name}: is cut or damaged within its head")
    if not told and reader.refusal:
        raise reader.refusal


def _raw(file: Readable, magic: bytes) -> Iterator[tuple[_Layout, int, bytes]]:
    """Give layout, type and body of every block; ends where the file is cut or damaged."""
    data, at = magic + file.read(CHUNK), 0
    layout: _Layout | None = None
    while True:
        if len(data) - at < _FRAME:
            more = file.read(CHUNK)
            if not more:
                return
            data, at = data[at:] + more, 0
            continue
        if data[at : at + len(MAGIC)] == MAGIC:
            layout = _LAYOUTS.get(data[at + _ORDER_AT : at + _FRAME])
        if layout is None:
            return
        kind, length = layout.block(data, at)
        if not _FRAME <= length <= _LARGEST:
            return
        if at + length > len(data):
            data, at = data[at:] + file.read(max(CHUNK, length)), 0
            if length > len(data):
                return
        yield layout, kind, data[at + 8 : at + length - 4]
        at += length + (-length % 4)


class _Reader:
    """Knows the interfaces of the section, and collects packets."""

    def __init__(self, name: str) -> None:
        self.refusal: CaptureError | None = None
        """Why packets were passed over."""
        self.batch = _Batch()
        self.waiting: tuple[Link, bytes, int, float] | None = None
        """A packet of another link type, to be collected once the batch is handed over."""
        self._name = name
        self._last_at = 0.0
        self._interfaces: list[_Interface] = []

    def take(self, layout: _Layout, kind: int, body: bytes) -> None:
        """Take in a block; what is malformed or of no interest is passed over."""
        if kind == _PACKET and len(body) >= _PACKET_HEAD:
            number, high, low, there, length = layout.packet(body)
            self._packet(number, high << 32 | low, there, length, body[_PACKET_HEAD:])
        elif kind == _OLD_PACKET and len(body) >= _PACKET_HEAD:
            number, _, high, low, there, length = layout.old_packet(body)
            self._packet(number, high << 32 | low, there, length, body[_PACKET_HEAD:])
        elif kind == _SIMPLE and len(body) >= _SIMPLE_HEAD:
            (length,) = layout.simple(body)
            self._packet(0, None, length, length, body[_SIMPLE_HEAD:])
        elif kind == _INTERFACE and len(body) >= _INTERFACE_HEAD:
            self._interfaces.append(self._interface(layout, body))
        elif kind == _SECTION:
            self._interfaces = []

    def full(self) -> bool:
        """Tell whether it is time to hand over."""
        return len(self.batch.times) >= _PACKETS or self.batch.size >= CHUNK

    def resume(self) -> None:
        """Collect the packet that was waiting."""
        if self.waiting is not None:
            link, data, length, at = self.waiting
            self.waiting = None
            self.batch.link = link
            self._collect(data, length, at)

    def hand_over(self) -> Block:
        """Give the packets collected."""
        batch, self.batch = self.batch, _Batch(link=self.batch.link)
        captured = np.array(batch.captured, np.int64)
        return Block(
            buffer=np.frombuffer(b"".join([*batch.parts, bytes(SLACK)]), np.uint8),
            offsets=np.cumsum(captured) - captured,
            captured=captured,
            lengths=np.maximum(np.array(batch.lengths, np.int64), captured),
            times=np.array(batch.times),
            link=batch.link,
            now=batch.times[-1],
        )

    def _packet(self, number: int, ticks: int | None, there: int, length: int, data: bytes) -> None:
        """Take in a packet of interface *number*; without *ticks*, it passed with the last one."""
        if number >= len(self._interfaces):
            return
        interface = self._interfaces[number]
        if interface.link is None:
            self.refusal = self.refusal or interface.refusal
            return
        if ticks is None:
            at, data = self._last_at, data[: min(there, interface.longest)]
        else:
            at, data = interface.time(ticks), data[:there]
        self._last_at = at
        if self.batch.times and interface.link is not self.batch.link:
            self.waiting = (interface.link, data, length, at)
            return
        self.batch.link = interface.link
        self._collect(data, length, at)

    def _collect(self, data: bytes, length: int, at: float) -> None:
        batch = self.batch
        batch.parts.append(data)
        batch.captured.append(len(data))
        batch.lengths.append(length)
        batch.times.append(at)
        batch.size += len(data)

    def _interface(self, layout: _Layout, body: bytes) -> _Interface:
        number, _, longest = layout.interface(body)
        found = _Interface(None, longest or _LARGEST)
        at = _INTERFACE_HEAD
        while at + 4 <= len(body):
            code, length = layout.option(body, at)
            value = body[at + 4 : at + 4 + length]
            if code == _RESOLUTION and len(value) == 1:
                found.per_second = (2 if value[0] & 0x80 else 10) ** (value[0] & 0x7F)
            elif code == _OFFSET and len(value) == _OFFSET_SIZE:
                (found.offset,) = layout.offset(value)
            elif code == _END:
                break
            at += 4 + length + (-length % 4)
        try:
            found.link = link_of(number, self._name)
        except CaptureError as refusal:
            found.refusal = refusal
        return found
