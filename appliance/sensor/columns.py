"""A block of packets, and what their headers say, as columns: one array per field.

Headers are gathered through unaligned views of the block's bytes (``strides=(1,)``): one fancy
index copies a header of all packets, wherever it lies in each of them. That takes no longer than
to read two bytes of each; the fields are then columns of the copy.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from appliance.model import Link

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]

SLACK = 112
"""Bytes that every block's buffer has beyond its last packet, so that no gather leaves it."""

TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Packets as they came from a card or a file."""

    buffer: Bytes
    """All their bytes, and at least `SLACK` more."""
    offsets: Ints
    """Where each begins."""
    captured: Ints
    """Bytes of each that are there."""
    lengths: Ints
    """Bytes of each on the wire."""
    times: Floats
    """When each passed, in seconds since 1970."""
    link: Link
    now: float
    """What time it was when the last of them was handed over."""
    vlans: NDArray[np.int32] | None = None
    """The outer VLAN id that the kernel took out of each, 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the headers of a block's packets say; rows are packets."""

    l3: Ints
    """Where the network header begins."""
    l4: Ints
    """Where the transport header begins."""
    is_ip: Flags
    is_ip6: Flags
    proto: Ints
    sport: Ints
    """Port, or for ICMP the type; 0 where there is none."""
    dport: Ints
    """Port, or for ICMP the code; 0 where there is none."""
    flags: Ints
    """TCP flags."""
    size: Ints
    """Bytes of the IP packet."""
    payload: Ints
    """Bytes above TCP or UDP, else above IP."""
    payload_at: Ints
    present: Ints
    """Bytes of the payload that are there; the capture may have cut it short."""
    vlan: Ints
    fragment: Flags
    """Any fragment, also the first."""
    malformed: Flags
    """Ends before its headers do, or contradicts itself."""
    src: Words
    """Hash of the sender's address."""
    dst: Words
    check: Words
    """What tells a packet from the next one of its conversation: id, length and checksum."""

    def part(self, rows: slice) -> "Columns":
        """Give the columns of some packets."""
        return Columns(**{name: getattr(self, name)[rows] for name in self.__slots__})


class Gather:
    """Reads a field of every packet of a buffer at once; all values are big-endian."""

    def __init__(self, buffer: Bytes) -> None:
        self._buffer = buffer
        self._views: dict[str, NDArray[Any]] = {}

    def _view(self, kind: str, width: int) -> NDArray[Any]:
        view = self._views.get(kind)
        if view is None:
            count = len(self._buffer) - width + 1
            view = np.ndarray((count,), dtype=kind, buffer=self._buffer.data, strides=(1,))
            self._views[kind] = view
        return view

    def heads(self, form: np.dtype[np.void], at: Ints) -> NDArray[np.void]:
        """Give what lies at each of *at*, as structures of this *form*."""
        return self._view(f"V{form.itemsize}", form.itemsize)[at].view(form)

    def octets(self, width: int, at: Ints) -> list[bytes]:
        """Give the *width* bytes at each of *at*."""
        found: list[bytes] = self._view(f"V{width}", width)[at].tolist()
        return found

    def u8(self, at: Ints) -> Ints:
        """Give the byte at each of *at*."""
        return self._buffer[at].astype(np.int64)

    def u16(self, at: Ints) -> Ints:
        """Give the two bytes at each of *at*."""
        return self._view(">u2", 2)[at].astype(np.int64)

    def u32(self, at: Ints) -> Ints:
        """Give the four bytes at each of *at*."""
        return self._view(">u4", 4)[at].astype(np.int64)

    def u64(self, at: Ints) -> Words:
        """Give the eight bytes at each of *at*."""
        return self._view(">u8", 8)[at].astype(np.uint64)
