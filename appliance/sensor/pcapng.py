"""Reading pcapng files, a chunk at a time: several sections, interfaces and byte orders."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct

import numpy as np

from appliance.model import Link
from appliance.sensor.columns import SLACK, Block
from appliance.sensor.pcap import CHUNK, LARGEST, Readable
from appliance.sensor.source import CaptureError, link_of

MAGIC = b"\x0a\x0d\x0d\x0a"
_SECTION, _INTERFACE, _OLD_PACKET, _SIMPLE, _PACKET = 0x0A0D0D0A, 1, 2, 3, 6
_LITTLE = b"\x4d\x3c\x2b\x1a"
_RESOLUTION, _OFFSET = 9, 14
"""Options of an interface: length of a tick, seconds to add."""
_LARGEST_BLOCK = 16 * LARGEST
_PACKETS = 65_536
"""Packets handed over at once."""


@dataclass(slots=True)
class _Interface:
    link: Link | None
    tick: float
    offset: int
    refusal: CaptureError | None = None


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
    told = False
    for kind, body in _raw(file, magic, reader):
        reader.take(kind, body)
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
    if not told and reader.refusal:
        raise reader.refusal


def _raw(file: Readable, magic: bytes, reader: "_Reader") -> Iterator[tuple[int, bytes]]:
    """Give type and body of every block; ends quietly where the file is cut or damaged."""
    data, at = magic + file.read(CHUNK), 0
    while True:
        if len(data) - at < 12 and not (more := file.read(CHUNK)):  # noqa: PLR2004
            return
        if len(data) - at < 12:  # noqa: PLR2004
            data, at = data[at:] + more, 0
            continue
        if data[at : at + 4] == MAGIC:
            reader.order = "<" if data[at + 8 : at + 12] == _LITTLE else ">"
        kind, length = Struct(reader.order + "II").unpack_from(data, at)
        if length < 12 or length > _LARGEST_BLOCK:  # noqa: PLR2004
            return
        if at + length > len(data):
            more = file.read(max(CHUNK, length))
            data, at = data[at:] + more, 0
            if length > len(data):
                return
        yield kind, data[at + 8 : at + length - 4]
        at += length + (-length % 4)


class _Reader:
    """Knows the interfaces of the section, and collects packets."""

    def __init__(self, name: str) -> None:
        self.order = "<"
        self.refusal: CaptureError | None = None
        self.batch = _Batch()
        self.waiting: tuple[Link, bytes, int, float] | None = None
        """A packet of another link type, to be collected once the batch is handed over."""
        self._name = name
        self._interfaces: list[_Interface] = []

    def take(self, kind: int, body: bytes) -> None:
        """Take in a block; what is malformed or of no interest is passed over."""
        if kind == _SECTION:
            self._interfaces = []
        elif kind == _INTERFACE and len(body) >= 8:  # noqa: PLR2004
            self._interfaces.append(self._interface(body))
        elif kind in (_PACKET, _OLD_PACKET) and len(body) >= 20:  # noqa: PLR2004
            number = self._u32(body, 0) if kind == _PACKET else self._u32(body, 0) & 0xFFFF
            if kind == _OLD_PACKET:
                number = Struct(self.order + "H").unpack_from(body, 0)[0]
            ticks = self._u32(body, 4) << 32 | self._u32(body, 8)
            self._packet(number, ticks, self._u32(body, 12), self._u32(body, 16), body[20:])
        elif kind == _SIMPLE and len(body) >= 4:  # noqa: PLR2004
            length = self._u32(body, 0)
            self._packet(0, None, length, length, body[4:])

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
        if number >= len(self._interfaces):
            return
        interface = self._interfaces[number]
        if interface.link is None:
            self.refusal = self.refusal or interface.refusal
            return
        last = self.batch.times[-1] if self.batch.times else 0.0
        at = last if ticks is None else ticks * interface.tick + interface.offset
        data = data[: min(there, LARGEST)]
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

    def _interface(self, body: bytes) -> _Interface:
        tick, offset, at = 1e-6, 0, 8
        while at + 4 <= len(body):
            code, length = Struct(self.order + "HH").unpack_from(body, at)
            value = body[at + 4 : at + 4 + length]
            if code == _RESOLUTION and len(value) == 1:
                power = value[0] & 0x7F
                tick = 2.0**-power if value[0] & 0x80 else 10.0**-power
            elif code == _OFFSET and len(value) == 8:  # noqa: PLR2004
                offset = Struct(self.order + "q").unpack(value)[0]
            elif code == 0:
                break
            at += 4 + length + (-length % 4)
        try:
            number = Struct(self.order + "H").unpack_from(body, 0)[0]
            return _Interface(link_of(number, self._name), tick, offset)
        except CaptureError as refusal:
            return _Interface(None, tick, offset, refusal)

    def _u32(self, body: bytes, at: int) -> int:
        value: int = Struct(self.order + "I").unpack_from(body, at)[0]
        return value
