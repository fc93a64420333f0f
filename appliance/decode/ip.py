"""IPv4 and IPv6 headers (RFC 791, RFC 8200), extension headers included.

Fragments are never joined: the first is read as far as it goes, later ones are passed over.
"""

from struct import Struct
from typing import NamedTuple

from appliance.decode import spelling
from appliance.decode.reader import Malformed
from appliance.model import Ip

TCP, UDP, ICMP6 = 6, 17, 58

_V4 = Struct("!BxHxxHBB")
_V4_SIZE = 20
_V6 = Struct("!4xHBB")
_V6_SIZE = 40
_OFFSET = 0x1FFF
_OFFSET6 = 0xFFF8

_FRAGMENT, _AUTHENTICATION = 44, 51
_EXTENSIONS = frozenset((0, 43, _FRAGMENT, _AUTHENTICATION, 60, 135, 139, 140))
"""Headers that say which header follows (IANA "IPv6 Extension Header Types"); not ESP, whose
content is encrypted."""
_MOST_EXTENSIONS = 8
_LEAST_EXTENSION = 8


class Packet(NamedTuple):
    """What the IP headers say of the message inside."""

    proto: int
    """IANA protocol number."""
    src: Ip
    dst: Ip
    hops: int
    """Time to live, or hop limit."""
    start: int
    """Where the message begins in the frame."""
    end: int
    """Where it ends; link padding is left out."""
    whole: bool
    """All of it was captured."""


def unwrap4(data: bytes, start: int) -> Packet | None:
    """Read the IPv4 header at *start*; None for a later fragment."""
    if len(data) < start + _V4_SIZE:
        raise Malformed
    first, total, fragment, hops, proto = _V4.unpack_from(data, start)
    size = (first & 15) * 4
    # Cards that cut segments themselves hand over packets with a length of 0.
    after = start + total if total else len(data)
    if first >> 4 != 4 or size < _V4_SIZE or start + size > after:  # noqa: PLR2004 - version 4
        raise Malformed
    if fragment & _OFFSET:
        return None
    ends = start + 12
    return Packet(
        proto,
        spelling.ip(data[ends : ends + 4]),
        spelling.ip(data[ends + 4 : ends + 8]),
        hops,
        start + size,
        min(after, len(data)),
        after <= len(data),
    )


def unwrap6(data: bytes, start: int) -> Packet | None:
    """Read the IPv6 header at *start* and at most eight extension headers.

    None for a later fragment. A longer chain is `Malformed`: no real stack makes one.
    """
    at = start + _V6_SIZE
    if len(data) < at or data[start] >> 4 != 6:  # noqa: PLR2004 - version 6
        raise Malformed
    length, proto, hops = _V6.unpack_from(data, start)
    after = at + length if length else len(data)  # 0: a jumbogram
    ends = start + 8
    src, dst = spelling.ip(data[ends : ends + 16]), spelling.ip(data[ends + 16 : ends + 32])
    left = _MOST_EXTENSIONS
    while proto in _EXTENSIONS:
        left -= 1
        if left < 0 or len(data) < at + _LEAST_EXTENSION:
            raise Malformed
        if proto == _FRAGMENT:
            if int.from_bytes(data[at + 2 : at + 4]) & _OFFSET6:
                return None
            size = _LEAST_EXTENSION
        elif proto == _AUTHENTICATION:
            size = 4 * (data[at + 1] + 2)
        else:
            size = 8 * (data[at + 1] + 1)
        proto = data[at]
        at += size
    return Packet(proto, src, dst, hops, at, min(after, len(data)), after <= len(data))
