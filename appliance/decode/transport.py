"""UDP and TCP headers (RFC 768, RFC 9293)."""

from struct import Struct
from typing import NamedTuple

from appliance.decode.ip import Packet
from appliance.decode.reader import Malformed

_UDP = Struct("!HHH2x")
_TCP = Struct("!HHI4xBB6x")
_SYN = 2


class Segment(NamedTuple):
    """What a TCP header says."""

    sport: int
    dport: int
    seq: int
    """Number of the first byte of *payload*."""
    payload: bytes


def unwrap_udp(data: bytes, packet: Packet) -> tuple[int, int, bytes]:
    """Give source port, destination port and payload of the datagram in *packet*."""
    start, end = packet.start, packet.end
    if end < start + _UDP.size:
        raise Malformed
    sport, dport, length = _UDP.unpack_from(data, start)
    if length:  # 0: a jumbogram (RFC 2675)
        end = min(end, start + length)
    return sport, dport, data[start + _UDP.size : end]


def unwrap_tcp(data: bytes, packet: Packet) -> Segment:
    """Give what the TCP header in *packet* says, and its payload."""
    start, end = packet.start, packet.end
    if end < start + _TCP.size:
        raise Malformed
    sport, dport, seq, size, flags = _TCP.unpack_from(data, start)
    size = (size >> 4) * 4
    if size < _TCP.size or start + size > end:
        raise Malformed
    if flags & _SYN:  # which takes a number itself
        seq += 1
    return Segment(sport, dport, seq, data[start + size : end])
