"""How far headers reach: exactly to where scapy put the content, and no octet further."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Frame, Link
from appliance.sensor import headers, heads
from tests.appliance.sensor.test_headers import snapped
from tests.appliance.sensor.told import ALICE, BOB, Told, frames, inet, l2
from tests.kit.capture import block

SECRET = b"MARTIN^CLAIRE^19800101"
TAGS = (b"\x81\x00", b"\x88\xa8", b"\x91\x00")
ICMPS = (1, 58)


def reach(data: bytes, link: Link = Link.ETHERNET) -> int:
    """Give how far the headers of one packet reach."""
    one = block([Frame(1.0, data, link)])
    return int(heads.reach(one, headers.read(one))[0])


def put(told: Told) -> int:
    """Give where the content begins, by what scapy was told."""
    link = {Link.RAW_IP: 0, Link.COOKED: 16, Link.COOKED_V2: 20}.get(told.link, 14)
    while told.link is Link.ETHERNET and told.data[link - 2 : link] in TAGS:
        link += 4
    known = min(8, len(told.body)) if told.proto in ICMPS and not told.fragment else 0
    return link + told.size - len(told.body) + known


@given(frames())
def test_headers_reach_to_where_the_content_begins(told: Told) -> None:
    """With VLAN tags, options and extension headers; padding and later fragments are content."""
    assert reach(told.data, told.link) == put(told)


@given(frames(), st.binary(min_size=1, max_size=8))
def test_a_packet_cut_anywhere_gives_no_more_than_that(told: Told, filler: bytes) -> None:
    """Nor anything of what lies behind it in memory."""
    cut = snapped(told, filler[:1])
    found = heads.reach(cut, headers.read(cut))
    assert (found <= np.minimum(cut.captured, put(told))).all()
    assert (found >= 0).all()


@given(st.binary(max_size=200))
def test_of_what_nobody_can_read_the_link_is_all(junk: bytes) -> None:
    """Neither IP nor ARP: protocols that Vigie does not know may hold anything."""
    for kind in (0x88CC, 0x8863, 0x888E, 0x0026, 0x8847):
        head = bytes(l2.Ether(src=ALICE, dst=BOB, type=kind))
        assert reach(head + junk) == len(head)


@given(st.binary(max_size=200), st.sampled_from([0x0800, 0x86DD, 0x0806]))
def test_octets_without_sense_never_reach_beyond_the_packet(junk: bytes, kind: int) -> None:
    head = bytes(l2.Ether(src=ALICE, dst=BOB, type=kind))
    assert len(head) <= reach(head + junk) <= len(head + junk)


def test_arp_is_whole_and_its_padding_is_not() -> None:
    """Which may be of another packet's memory."""
    data = bytes(l2.Ether(src=ALICE, dst=BOB) / l2.ARP(psrc="192.0.2.1", pdst="192.0.2.2"))
    assert reach(data + SECRET) == len(data) == 42


def test_what_only_calls_itself_arp_is_not_kept() -> None:
    """Content under another length of addresses, or under another protocol."""
    head = bytes(l2.Ether(src=ALICE, dst=BOB, type=0x0806))
    assert reach(head + SECRET + SECRET) == len(head)
    odd = bytes(l2.ARP(hwlen=40, plen=40))
    assert reach(head + odd + SECRET) == len(head)


def test_of_an_icmp_error_the_packet_within_is_content() -> None:
    inner = inet.IP(src="192.0.2.1", dst="192.0.2.2") / inet.UDP(sport=53, dport=53) / SECRET
    outer = l2.Ether(src=ALICE, dst=BOB) / inet.IP() / inet.ICMP(type=3, code=3)
    assert reach(bytes(outer / inner)) == 14 + 20 + 8


def test_a_tcp_header_that_contradicts_itself_gives_the_link_alone() -> None:
    """Its length says that the content is options."""
    data = bytes(l2.Ether(src=ALICE, dst=BOB) / inet.IP() / inet.TCP(dataofs=15) / b"short")
    assert reach(data) == 14


def test_each_packet_of_a_block_is_measured_by_itself() -> None:
    """Among others, an answer is the same as alone."""
    ether = l2.Ether(src=ALICE, dst=BOB)
    datas = [
        bytes(ether / inet.IP() / inet.TCP() / SECRET),
        bytes(ether / l2.ARP()),
        bytes(ether / inet.IP() / inet.ICMP() / SECRET),
        bytes(l2.Ether(src=ALICE, dst=BOB, type=0x88CC)) + SECRET,
    ]
    whole = block([Frame(1.0, data, Link.ETHERNET) for data in datas])
    whole = replace(whole, lengths=whole.lengths + 1)
    assert heads.reach(whole, headers.read(whole)).tolist() == [reach(data) for data in datas]
