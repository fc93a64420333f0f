"""Tiny packets, built by hand: what every test feeds in, and what a test capture is made of.

Each function gives a whole `Frame` for something a device says: `arp(1.0, ALICE, "192.0.2.10",
wanted="192.0.2.1")`. Times are seconds; addresses are text; lengths and checksums are right, so
other programs read these packets too (test_wire.py asks scapy). Bytes that no device would send
are built from `tests.kit.headers`, whose functions are here as well.
"""

from collections.abc import Iterable, Sequence
from struct import pack
from typing import Any

from appliance.model import Frame
from tests.kit.headers import (
    ACK,
    PSH,
    ROUTER,
    ether,
    ip,
    ip_bytes,
    mac_bytes,
    summed,
    tcp_bytes,
    udp_bytes,
)

BROADCAST = "ff:ff:ff:ff:ff:ff"
NOBODY = "00:00:00:00:00:00"
FIN, SYN, RST = 1, 2, 4
A, CNAME, PTR, TXT, AAAA = 1, 5, 12, 16, 28

DHCP_MESSAGES = ("discover", "offer", "request", "decline", "ack", "nak", "release", "inform")
"""Option 53 counts from 1."""


# Frames of any kind. *via* says more of the link header: ``to``, ``vlans``.


def udp(
    at: float,
    mac: str,
    src: str,
    dst: str,
    sport: int,
    dport: int,
    payload: bytes = b"",
    **via: Any,
) -> Frame:
    return _ip_frame(at, mac, udp_bytes(payload, src, dst, sport, dport), **via)


def tcp(
    at: float,
    mac: str,
    src: str,
    dst: str,
    sport: int,
    dport: int,
    payload: bytes = b"",
    *,
    seq: int = 1,
    flags: int = PSH | ACK,
    **via: Any,
) -> Frame:
    return _ip_frame(at, mac, tcp_bytes(payload, src, dst, sport, dport, seq, flags), **via)


def _ip_frame(
    at: float, mac: str, packet: bytes, to: str = ROUTER, vlans: Sequence[int] = ()
) -> Frame:
    kind = 0x86DD if packet[0] >> 4 == 6 else 0x0800
    return Frame(at, ether(packet, mac, to, kind, vlans))


# Addresses


def arp(
    at: float,
    mac: str,
    ip: str,
    *,
    wanted: str | None = None,
    answer: bool = False,
    to: str = BROADCAST,
    sender: str | None = None,
) -> Frame:
    """*mac* says "*ip* is mine", and asks who has *wanted* (None: an announcement of itself).

    *answer* makes it a reply; *sender* is who sends the frame when it is not *mac*; a probe
    has *ip* 0.0.0.0.
    """
    target = NOBODY if to == BROADCAST else to
    body = pack("!HHBBH", 1, 0x0800, 6, 4, 2 if answer else 1)
    body += mac_bytes(mac) + ip_bytes(ip) + mac_bytes(target) + ip_bytes(wanted or ip)
    return Frame(at, ether(body, sender or mac, to, 0x0806).ljust(60, b"\0"))


def neighbour_asks(at: float, mac: str, ip: str, wanted: str) -> Frame:
    """An IPv6 neighbour solicitation; *ip* "::" probes."""
    option = b"" if ip == "::" else b"\1\1" + mac_bytes(mac)
    return _icmp6(at, mac, ip, "ff02::1", pack("!BBHI", 135, 0, 0, 0) + ip_bytes(wanted) + option)


def neighbour_says(at: float, mac: str, ip: str, *, sender: str | None = None) -> Frame:
    """An IPv6 neighbour advertisement to everybody: *ip* is at *mac*."""
    body = pack("!BBHI", 136, 0, 0, 1 << 29) + ip_bytes(ip) + b"\2\1" + mac_bytes(mac)
    return _icmp6(at, sender or mac, ip, "ff02::1", body)


def router_says(
    at: float, mac: str, ip: str, *, lifetime: int = 1800, prefix: str = "2001:db8::", dns: str = ""
) -> Frame:
    """An IPv6 router advertisement with one /64 *prefix*."""
    body = pack("!BBHBBHII", 134, 0, 0, 64, 0, lifetime, 0, 0)
    body += pack("!BBBBIII", 3, 4, 64, 0xC0, 86400, 14400, 0) + ip_bytes(prefix)
    if dns:
        body += pack("!BBHI", 25, 3, 0, 600) + ip_bytes(dns)
    return _icmp6(at, mac, ip, "ff02::1", body)


def _icmp6(at: float, mac: str, src: str, dst: str, body: bytes) -> Frame:
    packet = ip(summed(body, 2, src, dst, 58), src, dst, 58, ttl=255)
    return _ip_frame(at, mac, packet, to="33:33:00:00:00:01")


# DHCP


def dhcp_asked(at: float, mac: str, message: str = "discover", **options: str | list[int]) -> Frame:
    """A client's broadcast. Options by name: hostname, vendor_class, requested, server, …"""
    body = _bootp(1, mac, "0.0.0.0") + _dhcp_options(message, options)
    return udp(at, mac, "0.0.0.0", "255.255.255.255", 68, 67, body, to=BROADCAST)


def dhcp_served(
    at: float,
    mac: str,
    server: str,
    client: str,
    address: str,
    message: str = "offer",
    **options: str | list[int],
) -> Frame:
    """A server's answer to *client* (a hardware address). Options by name: routers, dns, domain."""
    body = _bootp(2, client, address) + _dhcp_options(message, {"server": server, **options})
    return udp(at, mac, server, "255.255.255.255", 67, 68, body, to=BROADCAST)


def _bootp(operation: int, client: str, address: str) -> bytes:
    head = pack("!BBBBIHH", operation, 1, 6, 0, 0x1234, 0, 0) + bytes(4) + ip_bytes(address)
    return (head + bytes(8) + mac_bytes(client)).ljust(236, b"\0") + b"\x63\x82\x53\x63"


_CODES = {"routers": 3, "dns": 6, "hostname": 12, "domain": 15, "requested": 50, "server": 54}
_CODES |= {"parameters": 55, "vendor_class": 60, "client_id": 61}
_ADDRESSES = ("routers", "dns", "requested", "server")


def _dhcp_options(message: str, options: dict[str, str | list[int]]) -> bytes:
    body = bytes((53, 1, DHCP_MESSAGES.index(message) + 1))
    for name, value in options.items():
        if isinstance(value, list):
            data = bytes(value)
        else:
            data = ip_bytes(value) if name in _ADDRESSES else value.encode()
        body += bytes((_CODES[name], len(data))) + data
    return body + b"\xff"


# Names


def dns_name(name: str) -> bytes:
    labels = [label.encode() for label in name.split(".") if label]
    return b"".join(bytes((len(label),)) + label for label in labels) + b"\0"


def dns_record(name: str, kind: int, value: str, ttl: int = 300) -> bytes:
    """A resource record whose *value* is spelt as its type wants: address, name, or text."""
    if kind in (A, AAAA):
        data = ip_bytes(value)
    elif kind == TXT:
        data = bytes((len(value),)) + value.encode()
    else:
        data = dns_name(value)
    return dns_name(name) + pack("!HHIH", kind, 1, ttl, len(data)) + data


def dns_question(name: str, kind: int = A) -> bytes:
    """A DNS message that asks."""
    return pack("!HHHHHH", 0x1234, 0x0100, 1, 0, 0, 0) + dns_name(name) + pack("!HH", kind, 1)


def dns_answer(
    name: str, records: Iterable[tuple[str, int, str]], kind: int = A, code: int = 0
) -> bytes:
    """A DNS message that answers; with no *name* it repeats no question, as in mDNS."""
    body = [dns_record(*record) for record in records]
    question = dns_name(name) + pack("!HH", kind, 1) if name else b""
    head = pack("!HHHHHH", 0x1234, 0x8180 | code, bool(name), len(body), 0, 0)
    return head + question + b"".join(body)


def dns_asked(
    at: float, mac: str, src: str, dst: str, name: str, kind: int = A, *, port: int = 53
) -> Frame:
    """A question by UDP; *port* 5353 makes it mDNS, 5355 LLMNR."""
    sport = 5353 if port == 5353 else 50_000
    return udp(at, mac, src, dst, sport, port, dns_question(name, kind))


def dns_answered(
    at: float,
    mac: str,
    src: str,
    dst: str,
    name: str,
    records: Iterable[tuple[str, int, str]],
    *,
    kind: int = A,
    code: int = 0,
    port: int = 53,
) -> Frame:
    """An answer by UDP of (name, type, value) *records*; *port* as in `dns_asked`."""
    dport = 5353 if port == 5353 else 50_000
    return udp(at, mac, src, dst, port, dport, dns_answer(name, records, kind, code))


# Web


def client_hello(name: str = "", *, alpn: Sequence[str] = ("h2", "http/1.1")) -> bytes:
    """A TLS 1.3 ClientHello in its record; without *name* it says no server name."""
    extensions = {43: b"\4\3\4\3\3", 10: b"\0\2\0\x1d", 13: b"\0\4\4\3\x08\4"}
    if name:
        extensions[0] = _sized(2, b"\0" + _sized(2, name.encode()))
    if alpn:
        extensions[16] = _sized(2, b"".join(_sized(1, each.encode()) for each in alpn))
    blocks = b"".join(pack("!H", kind) + _sized(2, data) for kind, data in extensions.items())
    body = b"\3\3" + bytes(32) + b"\0" + _sized(2, b"\x13\1\x13\2\xc0\x2f") + b"\1\0"
    body += _sized(2, blocks)
    return b"\x16\3\1" + _sized(2, b"\1" + _sized(3, body))


def _sized(width: int, data: bytes) -> bytes:
    return len(data).to_bytes(width) + data


def tls_hello(at: float, mac: str, src: str, dst: str, name: str = "", **more: Any) -> Frame:
    """The first segment of a TLS conversation with *dst*, port 443."""
    return tcp(at, mac, src, dst, 50_000, 443, client_hello(name), **more)


def http_get(
    at: float, mac: str, src: str, dst: str, host: str, *, agent: str = "test", port: int = 80
) -> Frame:
    """A request for ``/`` in clear."""
    head = f"GET / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: */*\r\n\r\n"
    return tcp(at, mac, src, dst, 50_000, port, head.encode())
