"""IPv4 and IPv6 headers (RFC 791, RFC 8200), extension headers included.

Fragments are never joined: the first is read as far as it goes, later ones are passed over.
"""

from struct import Struct

import msgspec

from appliance.decode.reader import Malformed

TCP, UDP, ICMP6 = 6, 17, 58

_V4 = Struct("!BxHxxHBBxx4s4s")
_V6 = Struct("!4xHBB16s16s")
_OFFSET = 0x1FFF
_OFFSET6 = 0xFFF8

_FRAGMENT, _AUTHENTICATION = 44, 51
_EXTENSIONS = frozenset((0, 43, _FRAGMENT, _AUTHENTICATION, 60, 135, 139, 140))
"""Headers that say which header follows (IANA "IPv6 Extension Header Types"); not ESP, whose
content is encrypted."""
_MOST_EXTENSIONS = 8
_LEAST_EXTENSION = 8


class Packet(msgspec.Struct, frozen=True, gc=False):
    """What the IP headers say of the message inside."""

    proto: int
    """IANA protocol number."""
    src: bytes
    dst: bytes
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
    if len(data) < start + _V4.size:
        raise Malformed
    first, total, fragment, hops, proto, src, dst = _V4.unpack_from(data, start)
    size = (first & 15) * 4
    # Cards that cut segments themselves hand over packets with a length of 0.
    after = start + total if total else len(data)
    if first >> 4 != 4 or size < _V4.size or start + size > after:  # noqa: PLR2004 - version 4
        raise Malformed
    if fragment & _OFFSET:
        return None
    whole = after <= len(data)
    return Packet(proto, src, dst, hops, start + size, after if whole else len(data), whole)


def unwrap6(data: bytes, start: int) -> Packet | None:
    """Read the IPv6 header at *start* and at most eight extension headers.

    None for a later fragment. A longer chain is `Malformed`: no real stack makes one.
    """
    at = start + _V6.size
    if len(data) < at or data[start] >> 4 != 6:  # noqa: PLR2004 - version 6
        raise Malformed
    length, proto, hops, src, dst = _V6.unpack_from(data, start)
    after = at + length if length else len(data)  # 0: a jumbogram
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
    whole = after <= len(data)
    return Packet(proto, src, dst, hops, at, after if whole else len(data), whole)
