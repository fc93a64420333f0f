"""UDP and TCP headers (RFC 768, RFC 9293)."""

from struct import Struct

from appliance.decode.ip import Packet
from appliance.decode.reader import Malformed

_UDP = Struct("!HHH2x")
_TCP = Struct("!HHI4xBB6x")
_SYN = 2


def unwrap_udp(data: bytes, packet: Packet) -> tuple[int, int, bytes]:
    """Give source port, destination port and payload of the datagram in *packet*."""
    start, end = packet.start, packet.end
    if end < start + _UDP.size:
        raise Malformed
    sport, dport, length = _UDP.unpack_from(data, start)
    if length:  # 0: a jumbogram (RFC 2675)
        end = min(end, start + length)
    return sport, dport, data[start + _UDP.size : end]


def unwrap_tcp(data: bytes, packet: Packet) -> tuple[int, int, int, bytes]:
    """Give source port, destination port, sequence number and payload of the segment in *packet*.

    The number is that of the payload's first byte.
    """
    start, end = packet.start, packet.end
    if end < start + _TCP.size:
        raise Malformed
    sport, dport, seq, size, flags = _TCP.unpack_from(data, start)
    size = (size >> 4) * 4
    if size < _TCP.size or start + size > end:
        raise Malformed
    # A SYN takes a number itself.
    return sport, dport, seq + 1 if flags & _SYN else seq, data[start + size : end]
