"""What headers say, against scapy's: every link, network and transport header, whole and cut."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import NO_MAC, Frame, Link
from appliance.sensor import headers
from appliance.sensor.columns import SLACK, Block, Columns
from tests.appliance.sensor.told import (
    ALICE,
    ARP,
    BOB,
    ENDS4,
    ENDS6,
    IP6,
    Told,
    frames,
    inet,
    inet6,
    l2,
    packets6,
)
from tests.kit.capture import block, metered
from tests.kit.talk import deltas


def read(*datas: bytes, link: Link = Link.ETHERNET) -> Columns:
    return headers.read(block([Frame(1.0, data, link) for data in datas]))


def row(columns: Columns, number: int = 0) -> dict[str, int]:
    """Give all that is said of one packet."""
    return {name: getattr(columns, name)[number].item() for name in Columns.__slots__}


@given(frames())
def test_columns_say_what_scapy_put_in(told: Told):
    """Every field, and where the payload is; padding of the link is no payload."""
    found = row(read(told.data, link=told.link))
    assert (found["malformed"], found["is_ip"], found["is_ip6"]) == (False, True, told.kind == IP6)
    names = ("proto", "sport", "dport", "flags", "size", "vlan", "fragment")
    assert {name: found[name] for name in names} == {name: getattr(told, name) for name in names}
    assert found["payload"] == found["present"] == len(told.body)
    at = found["payload_at"]
    assert told.data[at : at + found["present"]] == told.body


@given(frames())
def test_conversations_have_the_addresses_that_scapy_put_in(told: Told):
    """Spelt out, with who sent the frame as far as the link says it."""
    (delta,) = deltas(metered([Frame(1.0, told.data, told.link)]))
    ends = ENDS6 if told.kind == IP6 else ENDS4
    said = {(delta.src, delta.mac), (delta.dst, delta.peer_mac)}
    sender = NO_MAC if told.link is Link.RAW_IP else ALICE
    receiver = BOB if told.link is Link.ETHERNET else NO_MAC
    assert said == {(ends["src"], sender), (ends["dst"], receiver)}
    assert (delta.bytes_out + delta.bytes_in, delta.vlan) == (told.size, told.vlan)


def snapped(told: Told, filler: bytes) -> Block:
    """Give every beginning of the packet, each followed in memory by *filler*."""
    captured = np.arange(len(told.data) + 1)
    gap = SLACK + len(told.data)
    data = b"".join(told.data[:size].ljust(gap, filler) for size in captured)
    return replace(
        block([Frame(1.0, told.data, told.link)]),
        buffer=np.frombuffer(data + filler * SLACK, np.uint8),
        offsets=captured * gap,
        captured=captured,
        lengths=np.full(len(captured), len(told.data)),
        times=np.ones(len(captured)),
    )


@given(frames())
def test_a_packet_cut_short_is_malformed_until_its_headers_are_there(told: Told):
    """Sizes are always those on the wire; of the payload only what was captured is present."""
    cut = snapped(told, b"\0")
    columns = headers.read(cut)
    whole = cut.captured >= told.least
    assert columns.malformed.tolist() == (~whole).tolist()
    assert set(columns.size[whole]) == {told.size}
    assert set(columns.payload[whole]) == {len(told.body)}
    there = np.clip(cut.captured - (columns.payload_at[-1] - cut.offsets[-1]), 0, len(told.body))
    assert columns.present[whole].tolist() == there[whole].tolist()
    assert (columns.payload_at + columns.present <= cut.offsets + cut.captured).all()


@given(frames())
def test_bytes_beyond_the_cut_are_never_read(told: Told):
    """Whatever follows in memory, the columns are the same."""
    zeros, ones = (headers.read(snapped(told, filler)) for filler in (b"\0", b"\xff"))
    for name in Columns.__slots__:
        assert getattr(zeros, name).tolist() == getattr(ones, name).tolist(), name


@given(st.lists(frames().filter(lambda told: told.link is Link.ETHERNET), min_size=1, max_size=8))
def test_packets_of_a_block_do_not_mix(many: list[Told]):
    """A row says the same alone and among others."""
    together = read(*(told.data for told in many))
    for number, told in enumerate(many):
        alone, found = row(read(told.data)), row(together, number)
        start = sum(len(each.data) for each in many[:number])
        for place in ("l3", "l4", "payload_at"):
            found[place] -= start
        assert found == alone


@given(st.lists(st.binary(max_size=100), min_size=1, max_size=8), st.sampled_from(list(Link)))
def test_no_bytes_make_it_raise_or_look_beyond_them(datas: list[bytes], link: Link):
    """Whatever they claim to be."""
    many = block([Frame(1.0, data, link) for data in datas])
    columns = headers.read(many)
    end = many.offsets + many.captured
    assert (columns.payload_at + columns.present <= end).all()
    assert (columns.present >= 0).all()
    assert (columns.present <= columns.payload)[columns.is_ip & ~columns.malformed].all()


def ether(payload, kind: int = 0) -> bytes:
    return bytes(l2.Ether(src=ALICE, dst=BOB, **{"type": kind} if kind else {}) / payload)


@pytest.mark.parametrize("size", range(15))
def test_what_is_not_ip_is_sound_when_its_link_header_is_whole(size: int):
    """It has no columns but the VLAN's, and is for the decoders."""
    found = row(read(ether(b"who has", ARP)[:size]))
    assert found["malformed"] == (size < 14)
    assert not any(found[name] for name in ("is_ip", "proto", "size", "payload", "present"))


@pytest.mark.parametrize("data", [b"", b"\x60" + bytes(38), b"\x45" + bytes(18)])
def test_a_raw_packet_that_ends_within_its_header_is_malformed(data: bytes):
    """Also the one of no bytes at all."""
    assert row(read(data, link=Link.RAW_IP))["malformed"]


def test_a_vlan_that_the_kernel_took_out_is_the_outer_one():
    """It comes beside the bytes; the tag in the bytes is then the inner one."""
    inner = ether(l2.Dot1Q(vlan=9) / inet.IP(**ENDS4) / inet.UDP())
    many = replace(block([Frame(1.0, inner)] * 2), vlans=np.array([7, 0], np.int32))
    assert headers.read(many).vlan.tolist() == [7, 9]


def test_five_vlan_tags_are_not_walked_through():
    """No switch makes them."""
    data = ether(b"")[:12] + b"\x81\x00\x00\x07" * 5 + b"\x08\x00"
    assert not row(read(data + bytes(inet.IP(**ENDS4) / inet.UDP())))["is_ip"]


CONTRADICTIONS = {
    "version 5": inet.IP(**ENDS4, version=5) / inet.UDP(),
    "header of four words": inet.IP(**ENDS4, ihl=4) / inet.UDP(),
    "shorter than its header": inet.IP(**ENDS4, len=19) / inet.UDP(),
    "ends before TCP's header does": inet.IP(**ENDS4, len=39) / inet.TCP(),
    "ends before UDP's header does": inet.IP(**ENDS4, len=27) / inet.UDP(),
    "TCP header of four words": inet.IP(**ENDS4) / inet.TCP(dataofs=4),
    "TCP header longer than the packet": inet.IP(**ENDS4) / inet.TCP(dataofs=15),
}


@pytest.mark.parametrize("packet", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_packet_that_contradicts_itself_is_malformed(packet):
    """Such a one is counted, and belongs to no conversation, also when padding follows."""
    data = ether(packet) + bytes(40)
    assert row(read(data))["malformed"]
    assert deltas(metered([Frame(1.0, data)])) == []


@pytest.mark.parametrize("proto", [1, 6, 17])
def test_an_ip_packet_that_carries_nothing_is_counted_without_ports(proto):
    """macof floods switches with such: whoever it says to be must be heard."""
    data = ether(inet.IP(**ENDS4, proto=proto)).ljust(60, b"\7")
    found = row(read(data))
    assert (found["malformed"], found["proto"], found["size"]) == (False, proto, 20)
    assert [found[name] for name in ("sport", "dport", "flags", "payload")] == [0, 0, 0, 0]
    (delta,) = deltas(metered([Frame(1.0, data)]))
    assert {delta.mac, delta.peer_mac} == {ALICE, BOB}


def test_a_length_left_to_the_card_is_what_was_captured():
    """Segmentation offload leaves zero there."""
    data = ether(inet.IP(**ENDS4, len=0) / inet.UDP(sport=5000, dport=6000) / b"whole")
    found = row(read(data))
    assert (found["malformed"], found["size"], found["payload"]) == (False, 33, 5)


@pytest.mark.parametrize("count", [9, 100])
def test_a_long_chain_of_extension_headers_is_malformed(count: int):
    """No real stack makes one; the ninth is not looked at."""
    packet = inet6.IPv6(**ENDS6)
    for _ in range(count):
        packet /= inet6.IPv6ExtHdrDestOpt()
    assert row(read(ether(packet / inet.UDP())))["malformed"]


def test_what_a_later_fragment_begins_with_is_no_extension_header():
    """Though the first one began with it."""
    fragment = inet6.IPv6ExtHdrFragment(offset=9, nh=60) / (b"\x06\x00" + bytes(30))
    found = row(read(ether(inet6.IPv6(**ENDS6) / fragment)))
    assert (found["malformed"], found["proto"], found["payload"]) == (False, 60, 32)


def differ(*packets) -> bool:
    checks = read(*(ether(packet) for packet in packets)).check
    return len(set(checks.tolist())) == len(packets)


def test_packets_that_differ_are_told_from_each_other():
    """Fragments of one packet, and packets that no checksum of TCP or UDP covers."""
    last = {"id": 5, "proto": 17}
    assert differ(*(inet.IP(**ENDS4, **last, frag=n, flags="MF") / bytes(64) for n in range(5)))
    several = [inet6.IPv6ExtHdrFragment(id=i, offset=n) for i in (1, 2) for n in (0, 8, 16)]
    assert differ(*(inet6.IPv6(**ENDS6) / each / bytes(64) for each in several))
    assert differ(*(inet6.IPv6(**ENDS6) / inet6.ICMPv6EchoRequest(seq=n) for n in range(5)))
    bare = {"sport": 4500, "dport": 4500, "chksum": 0}
    sealed = [(9).to_bytes(4) + n.to_bytes(4) + bytes(40) for n in range(5)]
    assert differ(*(inet.IP(**ENDS4, id=0) / inet.UDP(**bare) / each for each in sealed))
    assert differ(*(inet6.IPv6(**ENDS6, nh=50) / each for each in sealed))


@given(frames(packets6()))
def test_a_packet_seen_twice_is_the_same_to_every_column(told: Told):
    """Or twins could not be found."""
    columns = read(told.data, told.data, link=told.link)
    assert columns.check[0] == columns.check[1]
    assert (columns.src[0], columns.dst[0]) == (columns.src[1], columns.dst[1])
