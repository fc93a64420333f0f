"""Link headers: Ethernet with VLAN tags, Linux cooked captures, raw IP.

IEEE 802.3 and 802.1Q; https://www.tcpdump.org/linktypes.html for the others. Of frames with an
802.3 length instead of a type (spanning tree and the like) CDP is read, by its own first bytes.
"""

import struct
from struct import Struct

import msgspec

from appliance.decode.reader import Malformed
from appliance.model import Frame, Link

IPV4, ARP, IPV6, LLDP = 0x0800, 0x0806, 0x86DD, 0x88CC

_ETHERNET, _COOKED, _COOKED_V2 = Link.ETHERNET, Link.COOKED, Link.COOKED_V2
_HEAD = Struct("!6s6sH")
_COOKED_HEAD = Struct("!HHH8sH")
_COOKED_V2_HEAD = Struct("!HHIHBB8s")
_TAG = Struct("!HH")
_TAGS = frozenset((0x8100, 0x88A8, 0x9100))
_MOST_TAGS = 2
_NOWHERE, _BROADCAST = bytes(6), bytes.fromhex("ffffffffffff")
_SENT_TO_ALL = 1
_KIND_BY_VERSION = {4: IPV4, 6: IPV6}


class Hop(msgspec.Struct, frozen=True, gc=False):
    """What the link header says of the packet inside."""

    kind: int
    """EtherType, or the length of an 802.3 frame; 0 when it is not known."""
    start: int
    """Where the packet begins in the frame."""
    sender: bytes
    """Hardware address; all zero, or empty, where the link does not tell."""
    to: bytes


def unwrap(frame: Frame) -> Hop:
    """Read the link header of *frame* and at most two VLAN tags."""
    data, link = frame.data, frame.link
    try:
        if link is _ETHERNET:
            to, sender, kind = _HEAD.unpack_from(data)
            at = _HEAD.size
        elif link is _COOKED:
            cast, _, size, address, kind = _COOKED_HEAD.unpack_from(data)
            to, sender, at = _cooked_to(cast), address[:size], _COOKED_HEAD.size
        elif link is _COOKED_V2:
            kind, _, _, _, cast, size, address = _COOKED_V2_HEAD.unpack_from(data)
            to, sender, at = _cooked_to(cast), address[:size], _COOKED_V2_HEAD.size
        else:
            kind = _KIND_BY_VERSION.get(data[0] >> 4, 0)
            return Hop(kind, 0, _NOWHERE, _NOWHERE)
        if kind in _TAGS:
            for _ in range(_MOST_TAGS):
                if kind in _TAGS:
                    _, kind = _TAG.unpack_from(data, at)
                    at += _TAG.size
    except (struct.error, IndexError):
        raise Malformed from None
    return Hop(kind, at, sender, to)


def _cooked_to(cast: int) -> bytes:
    return _BROADCAST if cast == _SENT_TO_ALL else _NOWHERE
