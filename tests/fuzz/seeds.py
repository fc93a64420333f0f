"""Ordinary frames of every protocol that is decoded: what the fuzzer starts from."""

from cryptography import x509

from appliance.model import Frame, Link
from tests.kit import wire
from tests.kit.handshakes import (
    certificate,
    certificates,
    extension,
    hello,
    message,
    named,
    recorded,
    server_name,
)
from tests.kit.openings import OPENINGS

ALICE, SERVER = "02:00:00:00:00:0a", "02:00:00:00:00:01"
ALICE_IP, SERVER_IP = "192.0.2.10", "198.51.100.7"
ALICE_IP6, ALL_IP6 = "fe80::a", "ff02::1:2"

NOTIFY = (
    b"NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: upnp:rootdevice\r\n"
    b"SERVER: Linux UPnP/1.1 Printer/7\r\nUSN: uuid:1::upnp:rootdevice\r\n\r\n"
)
ANSWER = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\n\r\n<html>"
NETBIOS = (
    b"\0\1\x29\x10\0\1\0\0\0\0\0\1 EBEMEJEDEFCACACACACACACACACACAAA\0\0\x20\0\1"
    b"\xc0\x0c\0\x20\0\1\0\4\x93\xe0\0\6\0\0\xc0\0\2\x0a"
)
SOLICIT = (
    b"\1\1\2\3\0\1\0\x0a\0\3\0\1\2\0\0\0\0\x0a\0\x27\0\7\0\5alice\0\6\0\4\0\x17\0\x18"
    b"\0\x10\0\x0e\0\0\x01\x37\0\x08MSFT 5.0\0\3\0\x28\0\0\0\1"
    + bytes(8)
    + b"\0\5\0\x18"
    + wire.ip_bytes("2001:db8::a")
    + bytes(8)
)
CISCO_HEAD = bytes.fromhex("aaaa0300000c2000")
CISCO = (
    b"\2\xb4\0\0\0\1\0\x0bswitch1\0\2\0\x11\0\0\0\1\1\1\xcc\0\4\xc0\0\2\7"
    b"\0\4\0\x08\0\0\0\x09\0\6\0\x09model"
)
LLDP = (
    b"\2\7\4\2\0\0\0\1\0\4\4\5gi7\6\2\0\x78\x0a\4core\x0c\5Model\x0e\4\0\x14\0\4"
    b"\x10\x0c\5\1\xc0\0\2\7\2\0\0\0\1\0\xfe\7\0\x12\xbb\1\0\x21\3\xfe\x09\0\x12\xbb\x0aModel\0\0"
)
SNMP = (
    b"\x30\x38\2\1\1\4\6public\xa2\x2b\2\1\7\2\1\0\2\1\0\x30\x20"
    b"\x30\x0e\6\x08\x2b\6\1\2\1\1\1\0\4\2hp\x30\x0e\6\x08\x2b\6\1\2\1\1\2\0\6\2\x2b\6"
)
KERBEROS = bytes.fromhex(
    "6a81ba3081b7a103020105a20302010aa31b30193017a103020102a210040e300ca003020112a20504037a7a7a"
    "a4818d30818aa00703050040000000a111300fa003020101a10830061b04616e6e65a20d1b0b434142494e4554"
    "2e4c414ea320301ea003020101a11730151b066b72627467741b0b434142494e45542e4c414ea511180f323032"
    "36313132353231313433395aa611180f32303236313132353231313433395aa703020107a80830060201120201"
    "11a9023000ab023000"
)
WSD = (
    b'<s:Envelope xmlns:p="http://schemas.xmlsoap.org/ws/2006/02/devprof"><a:Action>'
    b"http://schemas.xmlsoap.org/ws/2005/04/discovery/Hello</a:Action><d:Hello><a:Address>"
    b"urn:uuid:1-2</a:Address><d:Types>p:Device a:B</d:Types><d:Scopes>"
    b"onvif://www.onvif.org/name/Cam%201</d:Scopes><d:XAddrs>http://[fe80::a]:80/x</d:XAddrs>"
)
LEAF = certificate(named("nas"), named("nas"), x509.DNSName("nas.example"))
SERVER_HELLO = message(2, b"\3\3" + bytes(32) + b"\0\xc0\x2f\0")
PROTOCOLS = extension(16, b"\0\x0c\2h2\x08http/1.1")


def _udp(sport: int, dport: int, payload: bytes) -> Frame:
    return wire.udp(1.0, ALICE, ALICE_IP, SERVER_IP, sport, dport, payload)


def _tcp(sport: int, dport: int, payload: bytes) -> Frame:
    return wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, sport, dport, payload)


def _records(port: int) -> Frame:
    name = "www.example.com"
    records = [
        (name, wire.CNAME, "cdn.example.net"),
        (name, wire.A, "203.0.113.7"),
        (name, wire.AAAA, "2001:db8::7"),
        (name, wire.TXT, "model=Printer"),
        (name, wire.PTR, "printer.local"),
    ]
    return wire.dns_answered(1.0, ALICE, ALICE_IP, SERVER_IP, name, records, port=port)


def _other_links() -> list[Frame]:
    packet = wire.dns_asked(1.0, ALICE, ALICE_IP, SERVER_IP, "a.example").data[14:]
    sender = wire.mac_bytes(ALICE) + bytes(2)
    cooked = b"\0\1\0\1\0\6" + sender + b"\x08\0" + packet
    cooked_v2 = b"\x08\0" + bytes(6) + b"\0\1\1\6" + sender + packet
    return [
        Frame(1.0, packet, Link.RAW_IP),
        Frame(1.0, cooked, Link.COOKED),
        Frame(1.0, cooked_v2, Link.COOKED_V2),
    ]


HELLO = recorded(hello(server_name(b"a.example") + PROTOCOLS + extension(43, b"\4\3\4\3\3")))
FLIGHT = recorded(SERVER_HELLO + certificates(LEAF))

SEEDS: tuple[Frame, ...] = (
    wire.arp(1.0, ALICE, ALICE_IP, wanted="192.0.2.1"),
    wire.arp(1.0, ALICE, ALICE_IP, answer=True, to=SERVER),
    wire.neighbour_asks(1.0, ALICE, ALICE_IP6, "fe80::1"),
    wire.neighbour_says(1.0, ALICE, ALICE_IP6),
    wire.router_says(1.0, ALICE, ALICE_IP6, dns="2001:db8::53"),
    wire.dhcp_asked(1.0, ALICE, hostname="alice", vendor_class="MSFT 5.0", parameters=[1, 3, 6]),
    wire.dhcp_served(1.0, SERVER, "192.0.2.1", ALICE, ALICE_IP, routers="192.0.2.1", domain="lan"),
    wire.udp(1.0, ALICE, ALICE_IP6, ALL_IP6, 546, 547, SOLICIT),
    wire.dns_asked(1.0, ALICE, ALICE_IP, SERVER_IP, "www.example.com"),
    *map(_records, (53, 5353, 5355)),
    _tcp(50_000, 53, b"\0\x1b" + wire.dns_question("a.example")),
    _udp(137, 137, NETBIOS),
    _udp(161, 50_000, SNMP),
    _udp(50_000, 88, KERBEROS),
    _udp(3702, 3702, WSD),
    Frame(1.0, wire.ether(LLDP, ALICE, kind=0x88CC)),
    Frame(1.0, wire.ether(CISCO_HEAD + CISCO, ALICE, kind=len(CISCO_HEAD + CISCO))),
    _udp(1900, 1900, NOTIFY),
    _udp(40_000, 50_000, ANSWER),
    wire.tls_hello(1.0, ALICE, ALICE_IP, SERVER_IP, "a.example", vlans=(7, 12)),
    _tcp(50_000, 443, HELLO),
    _tcp(443, 50_000, FLIGHT),
    wire.http_get(1.0, ALICE, ALICE_IP, SERVER_IP, "a.example"),
    _tcp(80, 50_000, ANSWER),
    *(_tcp(*opening) for opening in OPENINGS),
    wire.tcp(1.0, ALICE, ALICE_IP, SERVER_IP, 50_000, 443, flags=wire.SYN),
    _udp(5060, 5060, b"SIP/2.0 200 OK\r\nUser-Agent: Yealink SIP-T46S 66.85\r\n\r\n"),
    *_other_links(),
)
