"""From bytes to columns: link, network and transport headers of a whole block at once."""

import numpy as np

from appliance.model import Link
from appliance.sensor.columns import ICMP, ICMP6, TCP, UDP, Block, Columns, Flags, Gather, Ints
from appliance.sensor.mixing import mix

_IP4, _IP6 = 0x0800, 0x86DD
_VERSION_4, _VERSION_6 = 4, 6
_IP4_HEAD, _IP6_HEAD, _TCP_HEAD, _UDP_HEAD, _ICMP_HEAD = 20, 40, 20, 8, 4
"""Bytes of the shortest headers."""
_IP4_FORM = np.dtype(
    [
        *(("first", "u1"), ("tos", "u1"), ("total", ">u2"), ("id", ">u2"), ("frag", ">u2")),
        *(("ttl", "u1"), ("proto", "u1"), ("sum", ">u2"), ("src", ">u4"), ("dst", ">u4")),
    ]
)
"""RFC 791, section 3.1."""
_TCP_FORM = np.dtype(
    [
        *(("sport", ">u2"), ("dport", ">u2"), ("length", ">u2"), ("udp_sum", ">u2")),
        *(("ack", ">u4"), ("offset", "u1"), ("flags", "u1"), ("window", ">u2"), ("sum", ">u2")),
        ("urgent", ">u2"),
    ]
)
"""RFC 9293, section 3.1; the first eight bytes also as UDP (RFC 768) has them."""
_IS_TAG = np.zeros(65_536, bool)
_IS_TAG[[0x8100, 0x88A8, 0x9100]] = True
"""EtherTypes of VLAN tags (IEEE 802.1Q, 802.1ad, and QinQ before it)."""
_MAX_TAGS = 4
_EXTENSIONS = np.zeros(256, bool)
_EXTENSIONS[[0, 43, 44, 51, 60, 135, 139, 140]] = True
"""IPv6 extension headers that are walked over (RFC 8200 section 4; IANA registry)."""
_FRAGMENT, _AUTHENTICATION = 44, 51
_MAX_EXTENSIONS = 8


class _Headers:
    """The columns of a block while they are being read."""

    def __init__(self, block: Block) -> None:
        count = len(block.offsets)
        self.get = Gather(block.buffer)
        self.end = block.offsets + block.captured
        """Of what is there; once it is known to be of IP, without the link's padding."""
        self.l3 = block.offsets.copy()
        self.kind = np.zeros(count, np.int64)
        self.vlan = (
            np.zeros(count, np.int64) if block.vlans is None else block.vlans.astype(np.int64)
        )
        self.malformed = np.zeros(count, bool)
        self.proto = np.zeros(count, np.int64)
        self.l4 = self.l3
        self.size = np.zeros(count, np.int64)
        self.ip_end = self.l3
        self.fragment = np.zeros(count, bool)
        self.later = np.zeros(count, bool)
        """Fragments other than the first: they have no transport header."""
        self.src = np.zeros(count, np.uint64)
        self.dst = np.zeros(count, np.uint64)
        self.check = np.zeros(count, np.uint64)


def read(block: Block) -> Columns:
    """Give what the headers of *block* say."""
    head = _Headers(block)
    _link(head, block.link, block.offsets)
    is_ip4, is_ip6 = head.kind == _IP4, head.kind == _IP6
    is_ip4 &= ~_cut(head, is_ip4, head.l3 + _IP4_HEAD)
    is_ip6 &= ~_cut(head, is_ip6, head.l3 + _IP6_HEAD)
    head.l4, head.ip_end = head.l3.copy(), head.l3.copy()
    if is_ip4.any():
        _ip4(head, is_ip4)
    if is_ip6.any():
        _ip6(head, np.flatnonzero(is_ip6))
    return _transport(head, is_ip4 | is_ip6, is_ip6)


def _cut(head: _Headers, among: Flags, need: Ints) -> Flags:
    """Mark and give those *among* the packets that end before *need*."""
    cut = among & (need > head.end)
    head.malformed |= cut
    return cut


def _link(head: _Headers, link: Link, at: Ints) -> None:
    if link is Link.RAW_IP:
        version = head.get.u8(at) >> 4
        head.kind = np.where(version == _VERSION_4, _IP4, np.where(version == _VERSION_6, _IP6, 0))
        _cut(head, np.ones(len(at), bool), at + 1)
        return
    start = {Link.ETHERNET: 12, Link.COOKED: 14, Link.COOKED_V2: 0}[link]
    width = 20 if link is Link.COOKED_V2 else start + 2
    head.kind = head.get.u16(at + start)
    head.l3 = at + width
    head.kind[_cut(head, np.ones(len(at), bool), head.l3)] = 0
    for _ in range(_MAX_TAGS):
        tagged = np.flatnonzero(_IS_TAG[head.kind])
        if not len(tagged):
            break
        head.l3[tagged] += 4
        short = tagged[head.l3[tagged] > head.end[tagged]]
        head.malformed[short] = True
        tagged = tagged[head.l3[tagged] <= head.end[tagged]]
        here = head.l3[tagged] - 4
        vlan = head.get.u16(here) & 0xFFF
        head.vlan[tagged] = np.where(head.vlan[tagged] == 0, vlan, head.vlan[tagged])
        head.kind[tagged] = head.get.u16(here + 2)
        head.kind[short] = 0


def _ip4(head: _Headers, mine: Flags) -> None:
    """Read version 4 headers; of all rows at once, because most are *mine*."""
    ip = head.get.heads(_IP4_FORM, head.l3)
    first, total = ip["first"].astype(np.int64), ip["total"].astype(np.int64)
    header, frag = (first & 0xF) << 2, ip["frag"].astype(np.int64)
    whole = head.end - head.l3
    offloaded = total == 0  # the card left the length to be filled in later (segmentation offload)
    np.copyto(total, whole, where=offloaded)
    bad = (first >> 4 != _VERSION_4) | (header < _IP4_HEAD) | (total < header) | (header > whole)
    head.malformed |= bad & mine
    sound = mine & ~bad
    head.size = total * mine
    head.l4 = head.l3 + header * sound
    head.ip_end = head.l3 + total * sound
    np.minimum(head.end, head.ip_end, out=head.end, where=mine)
    head.proto = ip["proto"] * sound.astype(np.int64)
    head.fragment = (frag & 0x3FFF != 0) & mine
    head.later = (frag & 0x1FFF != 0) & mine
    here = mine.astype(np.uint64)
    head.src, head.dst = ip["src"] * here, ip["dst"] * here
    check = (frag << 32) | (ip["id"].astype(np.int64) << 16) | total
    head.check = check.astype(np.uint64) * here


def _ip6(head: _Headers, rows: Ints) -> None:
    at, get = head.l3[rows], head.get
    size = get.u16(at + 4) + _IP6_HEAD
    head.malformed[rows] |= get.u8(at) >> 4 != _VERSION_6
    head.size[rows] = size
    head.ip_end[rows] = at + size
    head.end[rows] = end = np.minimum(head.end[rows], at + size)
    head.src[rows] = mix(get.u64(at + 8), get.u64(at + 16))
    head.dst[rows] = mix(get.u64(at + 24), get.u64(at + 32))
    head.check[rows] = size
    proto, l4 = get.u8(at + 6), at + _IP6_HEAD
    for _ in range(_MAX_EXTENSIONS):
        more = np.flatnonzero(_EXTENSIONS[proto] & ~head.later[rows] & (l4 + 8 <= end))
        if not len(more):
            break
        here, kind = l4[more], proto[more]
        units = get.u8(here + 1)
        length = np.where(
            kind == _FRAGMENT,
            8,
            np.where(kind == _AUTHENTICATION, (units + 2) * 4, (units + 1) * 8),
        )
        cut = kind == _FRAGMENT
        head.fragment[rows[more]] |= cut
        head.later[rows[more]] |= cut & (get.u16(here + 2) & 0xFFF8 != 0)
        head.check[rows[more]] ^= np.where(cut, get.u64(here), np.uint64(0))
        proto[more] = get.u8(here)
        l4[more] = here + length
        head.malformed[rows] |= l4 > end
        l4 = np.minimum(l4, end)
    head.malformed[rows] |= _EXTENSIONS[proto] & ~head.later[rows]
    head.proto[rows] = proto
    head.l4[rows] = l4


def _transport(head: _Headers, is_ip: Flags, is_ip6: Flags) -> Columns:
    at, end = head.l4, head.end
    # An IP packet may be empty: macof floods switches with such. It is counted, without ports.
    sound = is_ip & ~head.malformed & ~head.later & (at < head.ip_end)
    tcp = sound & (head.proto == TCP)
    udp = sound & (head.proto == UDP)
    icmp = sound & ((head.proto == ICMP) | (head.proto == ICMP6))
    tcp &= ~_cut(head, tcp, at + _TCP_HEAD)
    udp &= ~_cut(head, udp, at + _UDP_HEAD)
    icmp &= ~_cut(head, icmp, at + _ICMP_HEAD)
    ports = tcp | udp
    at = np.minimum(at, end)
    l4 = head.get.heads(_TCP_FORM, at)
    sport, dport = l4["sport"] * ports.astype(np.int64), l4["dport"] * ports.astype(np.int64)
    if icmp.any():
        kind = l4["sport"].astype(np.int64)
        sport += (kind >> 8) * icmp
        dport += (kind & 0xFF) * icmp
    offset = (l4["offset"] >> 4 << 2) * tcp.astype(np.int64)
    head.malformed |= tcp & ((offset < _TCP_HEAD) | (at + offset > head.ip_end))
    payload_at = at + offset + _UDP_HEAD * udp
    check = l4["sum"] * tcp.astype(np.uint64) + l4["udp_sum"] * udp.astype(np.uint64)
    bare = np.flatnonzero(is_ip & (check == 0) & (payload_at + 8 <= end))
    check[bare] = head.get.u64(payload_at[bare])  # how the payload begins tells instead
    return Columns(
        l3=head.l3,
        l4=head.l4,
        is_ip=is_ip,
        is_ip6=is_ip6,
        proto=head.proto,
        sport=sport,
        dport=dport,
        flags=l4["flags"] * tcp.astype(np.int64),
        size=head.size * is_ip,
        payload=np.maximum(head.ip_end - payload_at, 0) * is_ip,
        payload_at=np.minimum(payload_at, end),
        present=np.maximum(end - payload_at, 0),
        vlan=head.vlan,
        fragment=head.fragment,
        malformed=head.malformed,
        src=head.src,
        dst=head.dst,
        check=(head.check << np.uint64(16)) ^ check,
    )
