"""CDP: what Cisco's switches, telephones and access points, and some others', tell a neighbour.

Cisco, "Frame Formats" (LAN switching, CDP); the format of addresses also as Wireshark and scapy
know it. It comes in a frame with an 802.3 length, behind a head of 802.2 that names Cisco.
"""

from collections.abc import Iterator
from typing import Any

from appliance.decode import spelling
from appliance.decode.ethernet import Hop
from appliance.decode.lldp import spelt, words
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact, NeighbourTold
from appliance.model import Ip

_SNAP = bytes.fromhex("aaaa0300000c2000")
"""802.2 SNAP, Cisco's number, and CDP's."""
_SHORTEST_LENGTH, _LONGEST_LENGTH = 12, 1500
"""Of an 802.3 frame with CDP; Linux cooked captures say 4 instead."""
_VERSIONS = frozenset((1, 2))
_HEAD = 4
"""Bytes before a part's content: its type and its length, which counts them."""
_DEVICE, _ADDRESSES, _PORT, _CAPABILITIES, _SOFTWARE, _PLATFORM = range(1, 7)
_NAME, _MANAGEMENT = 0x14, 0x16
_TEXTS = {_DEVICE: "alias", _PORT: "port", _SOFTWARE: "software", _PLATFORM: "model"}
_TEXTS |= {_NAME: "name"}
_WORDS = ("router", "bridge", "bridge", "switch", "station", "", "repeater", "telephone")
"""Capabilities from the lowest bit on; the sixth, IGMP, is no kind of device."""
_IP_SIZES = {
    (1, b"\xcc"): spelling.IP4_SIZE,
    (2, bytes.fromhex("aaaa0300000086dd")): spelling.IP6_SIZE,
}
"""By the kind and the bytes of the protocol's number: NLPID, or 802.2 SNAP."""

_MOST = 64
"""Parts of an announcement that are read; a telephone's has some 20."""
_MOST_ADDRESSES = 16


def begins(data: bytes, hop: Hop) -> bool:
    """Tell whether the frame that *hop* leads into has an 802.3 length and Cisco's head."""
    return hop.kind <= _LONGEST_LENGTH and data.startswith(_SNAP, hop.start)


def read(data: bytes, at: float, hop: Hop) -> Iterator[Fact]:
    """Give the fact in the announcement that *hop* leads to; none when nothing is said."""
    end = hop.start + hop.kind if hop.kind >= _SHORTEST_LENGTH else None
    body = Reader(data, hop.start + len(_SNAP), end)
    if body.u8() not in _VERSIONS:
        return
    body.skip(3)  # how long it holds, and a checksum
    said: dict[str, Any] = {}
    fault = None
    try:
        for field, value in _said(body):
            if value:
                said.setdefault(field, value)
    except Malformed as found:
        fault = found
    alias, address = said.pop("alias", ""), said.pop("address", None)
    said.setdefault("name", alias)
    said.setdefault("ip", address)
    if any(said.values()):
        yield NeighbourTold(at=at, mac=spelling.mac(hop.sender), protocol="cdp", **said)
    if fault:
        raise fault


def _said(body: Reader) -> Iterator[tuple[str, Any]]:
    """Give what is said as fields of the fact and their values; the first of a field counts."""
    for _ in range(_MOST):
        if not body.remaining:
            return
        kind, size = body.u16(), body.u16() - _HEAD
        if size < 0:
            raise Malformed
        part = body.sub(size)
        if kind in _TEXTS:
            yield _TEXTS[kind], spelt(part)
        elif kind == _CAPABILITIES:
            yield "capabilities", words(part.u32(), _WORDS)
        elif kind == _MANAGEMENT:
            yield "ip", _address(part)
        elif kind == _ADDRESSES:
            yield "address", _address(part)


def _address(part: Reader) -> Ip | None:
    """Give the first address of IP; nobody's, before a telephone is given one, is none."""
    for _ in range(min(part.u32(), _MOST_ADDRESSES)):
        kind = part.u8()
        protocol = part.take(part.u8())
        value = part.take(part.u16())
        if len(value) == _IP_SIZES.get((kind, protocol)) and any(value):
            return spelling.ip(value)
    return None
