"""Packets as scapy was told to make them, and what columns must say of them: for test_headers.py.

Each function draws one layer, from the inside out: bytes, and a note of what was put in.
"""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from appliance.model import Link
from tests.kit.scapy_layers import layer

inet, inet6, l2, ipsec = layer("inet"), layer("inet6"), layer("l2"), layer("ipsec")

ALICE, BOB = "02:00:00:00:00:0a", "02:00:00:00:00:0b"
ENDS4 = {"src": "192.0.2.10", "dst": "198.51.100.7"}
ENDS6 = {"src": "2001:db8::a", "dst": "fe80::b"}
IP4, IP6, ARP = 0x0800, 0x86DD, 0x0806

PORTS = st.integers(1024, 65_535)
BODIES = st.binary(max_size=40)
NOP = [("NOP", None)]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What scapy was told, and the bytes it made of it."""

    data: bytes
    proto: int = 0
    sport: int = 0
    dport: int = 0
    flags: int = 0
    body: bytes = b""
    """What is above TCP or UDP, else above IP."""
    size: int = 0
    """Bytes of the IP packet."""
    fragment: bool = False
    vlan: int = 0
    kind: int = 0
    link: Link = Link.ETHERNET
    least: int = 0
    """Bytes from the beginning without which headers are cut."""

    def within(self, head: bytes, **more: Any) -> "Told":
        """Give the same behind another header."""
        return replace(self, data=head + self.data, least=len(head) + self.least, **more)


@st.composite
def transports(draw: st.DrawFn, version: int) -> Told:
    which = draw(st.sampled_from(["tcp", "udp", "icmp", "else"]))
    body, sport, dport = draw(BODIES), draw(PORTS), draw(PORTS)
    if which == "tcp":
        flags, words = draw(st.integers(0, 255)), draw(st.integers(0, 10))
        header = inet.TCP(sport=sport, dport=dport, flags=flags, options=NOP * 4 * words, chksum=7)
        data = bytes(header) + body
        return Told(data=data, proto=6, sport=sport, dport=dport, flags=flags, body=body, least=20)
    if which == "udp":
        header = inet.UDP(sport=sport, dport=dport, len=8 + len(body), chksum=draw(PORTS))
        return Told(
            data=bytes(header) + body, proto=17, sport=sport, dport=dport, body=body, least=8
        )
    if which == "icmp":
        kind, code = draw(st.integers(0, 255)), draw(st.integers(0, 255))
        if version == 6:
            data = bytes(inet6.ICMPv6Unknown(type=kind, code=code, cksum=7, msgbody=body))
        else:
            data = bytes(inet.ICMP(type=kind, code=code, chksum=7) / body)
        proto = 58 if version == 6 else 1
        return Told(data=data, proto=proto, sport=kind, dport=code, body=data, least=4)
    return Told(data=body, proto=draw(st.sampled_from([2, 4, 41, 47, 50, 59, 132])), body=body)


def _in_a_fragment(told: Told, first: bool) -> Told:
    """Give it as it must be seen in a fragment: the later ones have no transport header."""
    if first:
        return replace(told, fragment=True)
    return replace(told, fragment=True, sport=0, dport=0, flags=0, body=told.data, least=0)


@st.composite
def packets4(draw: st.DrawFn) -> Told:
    inner = draw(transports(4))
    flags, offset = draw(st.sampled_from([("", 0), ("DF", 0), ("MF", 0), ("MF", 3), ("", 7)]))
    if flags == "MF" or offset:
        inner = _in_a_fragment(inner, first=offset == 0)
    header = inet.IP(
        **ENDS4,
        proto=inner.proto,
        id=draw(PORTS),
        flags=flags,
        frag=offset,
        options=[inet.IPOption_NOP()] * 4 * draw(st.integers(0, 10)),
        len=None,
    )
    whole = bytes(header / inner.data)
    return inner.within(whole[: len(whole) - len(inner.data)], size=len(whole), kind=IP4)


_EXTENSIONS = {
    0: inet6.IPv6ExtHdrHopByHop,
    60: inet6.IPv6ExtHdrDestOpt,
    43: inet6.IPv6ExtHdrRouting,
}
_AUTHENTICATION, _FRAGMENT = 51, 44


@st.composite
def packets6(draw: st.DrawFn) -> Told:
    """With at most eight extension headers, of which the last may make it a fragment."""
    inner = draw(transports(6))
    proto, following = inner.proto, inner.proto
    if draw(st.booleans()):
        offset = draw(st.sampled_from([0, 0, 9]))
        inner = _in_a_fragment(inner, first=offset == 0)
        extension = inet6.IPv6ExtHdrFragment(nh=following, offset=offset, m=1, id=draw(PORTS))
        inner, following = inner.within(bytes(extension)), _FRAGMENT
    for number in draw(st.lists(st.sampled_from([*_EXTENSIONS, _AUTHENTICATION]), max_size=7)):
        if number == _AUTHENTICATION:
            extension = ipsec.AH(nh=following, icv=bytes(12), payloadlen=4)
        else:
            extension = _EXTENSIONS[number](nh=following)
        inner, following = inner.within(bytes(extension)), number
    header = inet6.IPv6(**ENDS6, nh=following, plen=len(inner.data))
    return inner.within(bytes(header), size=40 + len(inner.data), proto=proto, kind=IP6)


_PACKETS = st.one_of(packets4(), packets6())


@st.composite
def frames(draw: st.DrawFn, packets: st.SearchStrategy[Told] = _PACKETS) -> Told:
    """A packet on a link of any kind; Ethernet's with VLAN tags, and padding behind it."""
    packet = draw(packets)
    link = draw(st.sampled_from(list(Link)))
    if link is Link.RAW_IP:
        return packet.within(b"", link=link)
    if link is Link.ETHERNET:
        tags = draw(st.lists(st.integers(0, 4094), max_size=3))
        kinds = [*draw(st.permutations([0x88A8, 0x8100, 0x9100]))[: len(tags)], packet.kind]
        head = bytes(l2.Ether(src=ALICE, dst=BOB, type=kinds[0]))
        for tag, kind in zip(tags, kinds[1:], strict=True):
            head += bytes(l2.Dot1Q(vlan=tag, prio=5, type=kind))
        told = packet.within(head, vlan=next(filter(None, tags), 0))
        return replace(told, data=told.data + draw(st.binary(max_size=20)))
    cooked = {Link.COOKED: l2.CookedLinux, Link.COOKED_V2: l2.CookedLinuxV2}[link]
    head = bytes(cooked(src=bytes.fromhex(ALICE.replace(":", "")), lladdrlen=6, proto=packet.kind))
    return packet.within(head, link=link)
