"""Link headers: Ethernet with VLAN tags, Linux cooked captures, raw IP.

IEEE 802.3 and 802.1Q; https://www.tcpdump.org/linktypes.html for the others. A frame with an
802.3 length instead of a type (spanning tree and the like) carries nothing read here.
"""

from struct import Struct
from typing import NamedTuple

from appliance.decode import spelling
from appliance.decode.reader import Malformed
from appliance.model import NO_MAC, Frame, Link, Mac

IPV4, ARP, IPV6 = 0x0800, 0x0806, 0x86DD

BROADCAST = Mac("ff:ff:ff:ff:ff:ff")

_TYPE = Struct("!H").unpack_from
_TAGS = frozenset((0x8100, 0x88A8, 0x9100))
_MOST_TAGS = 2
_COOKED = Struct("!HHH8sH")
_COOKED_V2 = Struct("!HHIHBB8s")
_SENT_TO_ALL = 1
_KIND_BY_VERSION = {4: IPV4, 6: IPV6}


class Hop(NamedTuple):
    """What the link header says of the packet inside."""

    kind: int
    """EtherType; 0 when it is not known."""
    start: int
    """Where the packet begins in the frame."""
    sender: Mac
    to: Mac
    """`NO_MAC` where the link does not tell."""


def unwrap(frame: Frame) -> Hop:
    """Read the link header of *frame* and at most two VLAN tags."""
    data = frame.data
    match frame.link:
        case Link.ETHERNET:
            to, sender, at = spelling.mac(data[:6]), spelling.mac(data[6:12]), 14
            kind = _kind(data, 12)
        case Link.COOKED:
            if len(data) < _COOKED.size:
                raise Malformed
            cast, _, size, address, kind = _COOKED.unpack_from(data)
            sender, to, at = spelling.mac(address[:size]), _cooked_to(cast), _COOKED.size
        case Link.COOKED_V2:
            if len(data) < _COOKED_V2.size:
                raise Malformed
            kind, _, _, _, cast, size, address = _COOKED_V2.unpack_from(data)
            sender, to, at = spelling.mac(address[:size]), _cooked_to(cast), _COOKED_V2.size
        case Link.RAW_IP:
            kind = _KIND_BY_VERSION.get(data[0] >> 4, 0) if data else 0
            sender = to = NO_MAC
            at = 0
    for _ in range(_MOST_TAGS):
        if kind not in _TAGS:
            break
        kind = _kind(data, at + 2)
        at += 4
    return Hop(kind, at, sender, to)


def _kind(data: bytes, at: int) -> int:
    if len(data) < at + 2:
        raise Malformed
    kind: int = _TYPE(data, at)[0]
    return kind


def _cooked_to(cast: int) -> Mac:
    return BROADCAST if cast == _SENT_TO_ALL else NO_MAC
