"""Packets from a network card, through a ring of memory shared with the kernel (TPACKET_V3).

The kernel fills blocks of the ring and hands them over whole; each is copied and given back at
once. Nothing is ever sent. The ring outlives what happens to a card: unplugged cable, card taken
down, card pulled out and put back (only a new socket hears that one again).

Sources: the kernel's Documentation/networking/packet_mmap.rst, packet(7), linux/if_packet.h.
"""

import errno
import mmap
import select
import socket
import time
from collections.abc import Callable, Iterator
from struct import Struct

import numpy as np

from appliance.model import Link
from appliance.sensor.card import CardWatch, default_card
from appliance.sensor.columns import SLACK, Block, Bytes
from appliance.sensor.recording import nothing
from appliance.sensor.source import CaptureError

BLOCK = 1 << 20
"""Bytes of a block of the ring."""
RETIRE = 100
"""Milliseconds after which the kernel hands a block over that is not full."""
WAIT = 0.25
"""Seconds to wait for a block before only the time is told."""
LAG = 0.3
"""Seconds by which that time stays behind the clock: packets that old may still be on their way."""

_SOL_PACKET = 263
_ADD_MEMBERSHIP, _RX_RING, _STATISTICS, _VERSION, _IGNORE_OUTGOING = 1, 5, 6, 10, 23
_TPACKET_V3, _PROMISCUOUS, _ALL = 2, 1, 0x0003
_STATUS, _USER, _KERNEL = 8, 1, 0
"""Where a block's status stands in its head; a block is ours, or the kernel's."""
_HEAD = Struct("=IIII")
"""Of a block, from its status on: status, packets, first packet, length."""
_NEXT = Struct("=I")
"""How a packet's head begins: bytes from it to the next one."""
_FIELDS = ("next", "seconds", "nanoseconds", "captured", "length", "status")
_PACKET = np.dtype(
    [
        *((name, "u4") for name in _FIELDS),
        ("mac", "u2"),
        ("net", "u2"),
        ("hash", "u4"),
        ("tci", "u4"),
    ]
)
"""The head of a packet; *mac* bytes from it on the packet begins, *tci* has its VLAN."""
_VLAN_VALID = 0x10
_FRAME = 2048


class LiveRing:
    """The packets that pass *card*, without end; opening it raises CaptureError."""

    def __init__(
        self, card: str = "", *, ring_mib: int = 16, now: Callable[[], float] = time.time
    ) -> None:
        self.source = card or default_card()
        self.note = ""
        self.why = ""
        """Key of the text that says why nothing can be heard; empty when all is well."""
        self._blocks = ring_mib
        self._now = now
        self._dropped = 0
        self._watch = CardWatch(self.source)
        if self._watch.state.index is None:
            self._watch.close()
            raise CaptureError(f"there is no network card “{self.source}”")
        self._socket: socket.socket | None = None
        self._ring: mmap.mmap | None = None
        self._index: int | None = None
        self._next = 0
        try:
            self._open()
        except CaptureError:
            self._watch.close()
            raise

    @property
    def dropped(self) -> int:
        """Packets the kernel had to drop because we were too slow, since the beginning."""
        if self._socket is not None:
            # asking resets the kernel's own counters
            given = self._socket.getsockopt(_SOL_PACKET, _STATISTICS, 12)
            self._dropped += Struct("=III").unpack(given)[1]
        return self._dropped

    def __iter__(self) -> Iterator[Block]:
        poll = select.poll()
        poll.register(self._watch.fileno(), select.POLLIN)
        while True:
            if self._socket is None:
                self._open()
            if self._socket is not None:
                poll.register(self._socket, select.POLLIN | select.POLLERR)
            ready = dict(poll.poll(WAIT * 1000))
            if self._socket is not None:
                poll.unregister(self._socket)
                if ready.get(self._socket.fileno(), 0) & select.POLLERR:
                    self._swallow_error(self._socket)
            heard = False
            for block in self._ready():
                heard = True
                yield block
            if self._watch.fileno() in ready:
                self._changed()
            if not heard:
                yield nothing(self._now() - LAG)

    def close(self) -> None:
        """Stop listening."""
        self._shut()
        self._watch.close()

    def _open(self) -> None:
        state = self._watch.look()
        self.why = state.why
        if state.index is None or not state.up:
            return
        try:
            opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        except PermissionError:
            raise CaptureError("no right to capture: start as root, or grant CAP_NET_RAW") from None
        try:
            opened.setsockopt(_SOL_PACKET, _VERSION, _TPACKET_V3)
            opened.setsockopt(_SOL_PACKET, _IGNORE_OUTGOING, 1)
            frames = self._blocks * BLOCK // _FRAME
            ring = Struct("=7I").pack(BLOCK, self._blocks, _FRAME, frames, RETIRE, 0, 0)
            opened.setsockopt(_SOL_PACKET, _RX_RING, ring)
            shared = mmap.mmap(opened.fileno(), BLOCK * self._blocks)
            opened.bind((self.source, _ALL))
            member = Struct("=iHH8s").pack(state.index, _PROMISCUOUS, 0, b"")
            opened.setsockopt(_SOL_PACKET, _ADD_MEMBERSHIP, member)
        except OSError as problem:
            opened.close()
            if problem.errno in (errno.ENODEV, errno.ENETDOWN, errno.ENXIO):
                self.why = "health.card_gone"
                return
            raise CaptureError(
                f"cannot listen on “{self.source}” ({problem.strerror or problem})"
            ) from None
        self._socket, self._ring, self._index, self._next = opened, shared, state.index, 0

    def _shut(self) -> None:
        if self._socket is not None:
            self._dropped = self.dropped
            self._socket.close()
            self._socket = None
        if self._ring is not None:
            self._ring.close()
            self._ring = None

    def _changed(self) -> None:
        """Look at the card again; one that is not the one we listen on needs a new socket."""
        state = self._watch.hear()
        self.why = state.why
        if self._socket is not None and state.index != self._index:
            self._shut()

    def _swallow_error(self, sock: socket.socket) -> None:
        """Take the one error a card that went down leaves behind; the socket hears it again."""
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        self.why = self._watch.look().why
        if self._watch.state.index != self._index:
            self._shut()

    def _ready(self) -> Iterator[Block]:
        """Give every block that the kernel has handed over, and give it back."""
        while (ring := self._ring) is not None:
            start = self._next * BLOCK
            status, count, first, length = _HEAD.unpack_from(ring, start + _STATUS)
            if not status & _USER:
                return
            block = _block(_copy(ring, start, length), count, first) if count else None
            ring[start + _STATUS : start + _STATUS + 4] = _KERNEL.to_bytes(4)
            self._next = (self._next + 1) % self._blocks
            if block is not None:
                yield block


def _copy(ring: mmap.mmap, start: int, length: int) -> Bytes:
    """Copy the *length* bytes of the block at *start* out of the ring."""
    length = min(length, BLOCK)
    buffer = np.zeros(length + SLACK, np.uint8)
    with memoryview(ring) as shared, shared[start : start + length] as block:
        buffer[:length] = np.frombuffer(block, np.uint8)
    return buffer


def _block(buffer: Bytes, count: int, first: int) -> Block:
    at, places, data = first, [], buffer.data
    for _ in range(count):
        places.append(at)
        at += _NEXT.unpack_from(data, at)[0]
    offsets = np.array(places, np.int64)
    heads = np.ndarray((len(buffer) - _PACKET.itemsize + 1,), _PACKET, buffer.data, strides=(1,))
    packets = heads[offsets]
    times = packets["seconds"] + packets["nanoseconds"] * 1e-9
    tagged = packets["status"] & _VLAN_VALID != 0
    return Block(
        buffer=buffer,
        offsets=offsets + packets["mac"],
        captured=packets["captured"].astype(np.int64),
        lengths=packets["length"].astype(np.int64),
        times=times,
        link=Link.ETHERNET,
        now=float(times[-1]),
        vlans=np.where(tagged, packets["tci"] & 0xFFF, 0).astype(np.int32),
    )
