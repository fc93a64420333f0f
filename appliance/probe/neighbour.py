"""Asking a neighbour on the cable whether it is there: ARP (RFC 826), ND (RFC 4861).

Whole Ethernet frames in and out; the few lines here are all that is spoken of it.
"""

import struct
from dataclasses import dataclass
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton

_BROADCAST = b"\xff" * 6
_ARP, _IPV6 = 0x0806, 0x86DD
_ARP_FOR_IPV4 = struct.pack("!HHBB", 1, 0x0800, 6, 4)
_REQUEST, _REPLY = 1, 2
_ICMPV6, _SOLICITATION, _ADVERTISEMENT = 58, 135, 136
_SOLICITED_NODE = inet_pton(AF_INET6, "ff02::1:ff00:0")[:13]
_UNSPECIFIED = bytes(16)

_LOAD_16, _LOAD_8, _IF_EQUAL, _KEEP = 0x28, 0x30, 0x15, 0x06
FILTER = b"".join(
    struct.pack("HBBI", *instruction)
    for instruction in (
        (_LOAD_16, 0, 0, 12),  # the frame's type
        (_IF_EQUAL, 5, 0, _ARP),
        (_IF_EQUAL, 0, 5, _IPV6),
        (_LOAD_8, 0, 0, 20),  # IPv6's next header
        (_IF_EQUAL, 0, 3, _ICMPV6),
        (_LOAD_8, 0, 0, 54),  # ICMPv6's type
        (_IF_EQUAL, 0, 1, _ADVERTISEMENT),
        (_KEEP, 0, 0, 128),
        (_KEEP, 0, 0, 0),
    )
)
"""A socket filter for the kernel (classic BPF): only ARP and neighbour advertisements come in."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A neighbour that spoke."""

    ip: str
    mac: str
    answers: bool
    """It answered a question; otherwise it asked one, and named itself."""


def question(mac: bytes, ip: str, wanted: str) -> bytes:
    """Give the frame that asks who has *wanted*, sent by the card *mac* that has the address *ip*.

    Both addresses are of one family; an empty *ip* is allowed (RFC 5227 probe, or the unspecified
    address). Raises OSError when *wanted* is no address.
    """
    if ":" in wanted:
        return _solicitation(mac, inet_pton(AF_INET6, ip) if ip else _UNSPECIFIED, wanted)
    sender = inet_pton(AF_INET, ip or "0.0.0.0")  # noqa: S104 - ARP's "I have no address yet"
    target = inet_pton(AF_INET, wanted)
    ethernet = _BROADCAST + mac + struct.pack("!H", _ARP)
    body = struct.pack("!H", _REQUEST) + mac + sender + bytes(6) + target
    return (ethernet + _ARP_FOR_IPV4 + body).ljust(60, b"\0")


def heard(frame: bytes) -> Heard | None:
    """Give the neighbour that *frame* comes from; None when it is no such frame, or cut short."""
    kind = frame[12:14]
    if kind == b"\x08\x06":
        return _arp(frame[14:])
    if kind == b"\x86\xdd":
        return _advertisement(frame[14:])
    return None


def _arp(body: bytes) -> Heard | None:
    if len(body) < 28 or body[:6] != _ARP_FOR_IPV4:  # noqa: PLR2004 - RFC 826: 28 octets
        return None
    ip = body[14:18]
    if ip == bytes(4):
        return None
    operation = int.from_bytes(body[6:8], "big")
    return Heard(inet_ntop(AF_INET, ip), body[8:14].hex(":"), answers=operation == _REPLY)


def _advertisement(packet: bytes) -> Heard | None:
    message = packet[40:]
    if packet[6:7] != bytes([_ICMPV6]) or message[:2] != bytes([_ADVERTISEMENT, 0]):
        return None
    target, options = message[8:24], message[24:]
    if len(target) < 16:  # noqa: PLR2004 - an IPv6 address
        return None
    # Option 2, one unit of eight octets: the target's link-layer address.
    mac = options[2:8].hex(":") if options[:2] == b"\x02\x01" and options[7:8] else ""
    return Heard(inet_ntop(AF_INET6, target), mac, answers=True)


def _solicitation(mac: bytes, sender: bytes, wanted: str) -> bytes:
    target = inet_pton(AF_INET6, wanted)
    group = _SOLICITED_NODE + target[13:]
    option = b"\x01\x01" + mac if sender != _UNSPECIFIED else b""
    message = struct.pack("!BBHI", _SOLICITATION, 0, 0, 0) + target + option
    checksum = _checksum(sender + group + struct.pack("!II", len(message), _ICMPV6) + message)
    message = message[:2] + struct.pack("!H", checksum) + message[4:]
    header = struct.pack("!IHBB", 6 << 28, len(message), _ICMPV6, 255)
    ethernet = b"\x33\x33" + group[12:] + mac + struct.pack("!H", _IPV6)
    return ethernet + header + sender + group + message


def _checksum(data: bytes) -> int:
    """Give the internet checksum (RFC 1071) of *data*, which has an even length."""
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:  # noqa: PLR2004 - sixteen bits
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
