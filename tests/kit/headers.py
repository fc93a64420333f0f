"""Headers by hand: each function wraps bytes in one and gives bytes."""

from collections.abc import Sequence
from ipaddress import ip_address
from struct import pack

ROUTER = "02:00:00:00:00:01"
"""Where frames go when a test does not care."""

PSH, ACK = 8, 16


def mac_bytes(mac: str) -> bytes:
    return bytes.fromhex(mac.replace(":", ""))


def ip_bytes(ip: str) -> bytes:
    return ip_address(ip).packed


def checksum(data: bytes) -> int:
    """The internet checksum (RFC 1071)."""
    total = sum(int.from_bytes(data[i : i + 2].ljust(2, b"\0")) for i in range(0, len(data), 2))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ether(
    payload: bytes, src: str, dst: str = ROUTER, kind: int = 0x0800, vlans: Sequence[int] = ()
) -> bytes:
    """An Ethernet frame; *vlans* from the outermost: the last is 802.1Q, those before 802.1ad."""
    kinds = [0x88A8] * (len(vlans) - 1) + [0x8100] * bool(vlans)
    tags = b"".join(pack("!HH", *tag) for tag in zip(kinds, vlans, strict=True))
    return mac_bytes(dst) + mac_bytes(src) + tags + pack("!H", kind) + payload


def ip(payload: bytes, src: str, dst: str, proto: int, ttl: int = 64) -> bytes:
    """An IPv4 or IPv6 packet, as the addresses are."""
    if ":" in src:
        return pack("!IHBB", 6 << 28, len(payload), proto, ttl) + _ends(src, dst) + payload
    head = pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0x4000, ttl, proto, 0) + _ends(src, dst)
    return head[:10] + pack("!H", checksum(head)) + head[12:] + payload


def udp_bytes(payload: bytes, src: str, dst: str, sport: int, dport: int) -> bytes:
    """A UDP datagram in its IP packet."""
    head = pack("!HHHH", sport, dport, 8 + len(payload), 0)
    return ip(summed(head + payload, 6, src, dst, 17), src, dst, 17)


def tcp_bytes(
    payload: bytes, src: str, dst: str, sport: int, dport: int, seq: int = 1, flags: int = PSH | ACK
) -> bytes:
    """A TCP segment in its IP packet."""
    head = pack("!HHIIBBHHH", sport, dport, seq & 0xFFFFFFFF, 1, 5 << 4, flags, 65535, 0, 0)
    return ip(summed(head + payload, 16, src, dst, 6), src, dst, 6)


def _ends(src: str, dst: str) -> bytes:
    return ip_bytes(src) + ip_bytes(dst)


def summed(segment: bytes, place: int, src: str, dst: str, proto: int) -> bytes:
    """Put the checksum that covers the addresses, too, at its *place* in *segment*."""
    found = checksum(_ends(src, dst) + pack("!II", len(segment), proto) + segment) or 0xFFFF
    return segment[:place] + pack("!H", found) + segment[place + 2 :]
