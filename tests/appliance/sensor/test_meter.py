"""Blocks of packets in; frames worth reading, and what conversations did, out."""

import pytest

from appliance.facts import FlowDelta, Tick
from appliance.model import Frame
from appliance.sensor import picker
from appliance.sensor.meter import Meter
from tests.kit import procedures, wire
from tests.kit.capture import block, metered
from tests.kit.talk import ACK, ALICE, ALICE_IP, BOB, BOB_IP, SYN, datagram, deltas, frames, segment


def test_both_directions_are_one_conversation_of_who_began():
    """Counted apart, from the point of view of the side that began."""
    (delta,) = deltas(
        metered(
            [
                segment(1.0, flags=SYN),
                segment(1.1, flags=SYN | ACK, back=True),
                segment(1.2, b"question"),
                segment(1.3, b"a long answer", back=True),
            ]
        )
    )
    assert (delta.mac, delta.peer_mac, delta.src, delta.dst) == (ALICE, BOB, ALICE_IP, BOB_IP)
    assert (delta.sport, delta.dport, delta.proto) == (50_000, 445, 6)
    assert (delta.packets_out, delta.packets_in) == (2, 2)
    assert (delta.payload_out, delta.payload_in) == (8, 13)
    assert (delta.bytes_out, delta.bytes_in) == (40 + 48, 40 + 53)
    assert (delta.flags_out, delta.flags_in) == (SYN | ACK, SYN | ACK)
    assert (delta.first_at, delta.at, delta.opened) == (1.0, 1.3, True)


def test_every_second_is_told_once_and_ends_with_a_tick():
    """Frames of the second first, then its conversations, then the tick."""
    heard = metered([datagram(1.5), datagram(2.5), datagram(4.5)])
    assert [type(each) for each in heard] == [
        FlowDelta,
        Tick,
        FlowDelta,
        Tick,
        Tick,
        FlowDelta,
        Tick,
    ]
    assert [each.at for each in heard if isinstance(each, Tick)] == [2, 3, 4, 5]
    assert [each.opened for each in deltas(heard)] == [True, False, False]


@pytest.mark.parametrize(
    "first",
    [
        segment(1, flags=SYN | ACK, back=True),
        segment(1, b"x", back=True, dport=443),
    ],
    ids=["it accepts", "it comes from a well-known port"],
)
def test_a_conversation_first_seen_at_an_answer_still_began_at_the_other_side(first):
    """The box was started a moment too late."""
    (delta,) = deltas(metered([first]))
    assert (delta.src, delta.dst, delta.packets_out, delta.packets_in) == (ALICE_IP, BOB_IP, 0, 1)


def test_a_silence_is_filled_with_ticks_but_not_a_year_of_it():
    """A capture may be merged from several days."""
    heard = metered([datagram(0.5), datagram(100.5)])
    assert sum(isinstance(each, Tick) for each in heard) == 101
    heard = metered([datagram(0.5), datagram(3e7)])
    assert sum(isinstance(each, Tick) for each in heard) == 3


def test_a_late_packet_counts_in_the_running_second():
    """Time never runs backwards by a little."""
    heard = metered([datagram(10.5), datagram(9.9, b"late")])
    (delta,) = deltas(heard)
    assert (delta.packets_out, delta.at) == (2, 10.5)


def test_a_clock_set_back_begins_a_new_timeline():
    """And is counted."""
    meter = Meter()
    heard = meter.feed(block([datagram(1000.5), datagram(10.5)])) + meter.finish()
    assert [each.at for each in deltas(heard)] == [1000.5, 10.5]
    assert meter.counters.back_steps == 1
    assert all(each.at >= each.first_at for each in deltas(heard))


def test_a_packet_delivered_twice_counts_once():
    """As mirror ports of both directions do."""
    meter = Meter()
    packets = [segment(1.0, b"hello"), segment(1.0005, b"hello"), segment(1.1, b"other")]
    (delta,) = deltas(meter.feed(block(packets)) + meter.finish())
    assert (delta.packets_out, meter.counters.duplicates) == (2, 1)


def test_a_packet_repeated_later_is_no_twin():
    """It is sent again, and counts."""
    (delta,) = deltas(metered([segment(1.0, b"hello"), segment(1.01, b"hello")]))
    assert delta.packets_out == 2


def test_fragments_are_counted_and_never_joined():
    """Those after the first have no ports."""
    whole = wire.udp_bytes(b"x" * 64, ALICE_IP, BOB_IP, 5000, 6000)
    first = bytearray(whole)
    first[6:8] = b"\x20\x00"
    later = bytearray(wire.ip(b"y" * 32, ALICE_IP, BOB_IP, 17))
    later[6:8] = b"\x00\x09"
    meter = Meter()
    packets = [Frame(1.0, wire.ether(bytes(each), ALICE, BOB)) for each in (first, later)]
    found = deltas(meter.feed(block(packets)) + meter.finish())
    assert [(each.sport, each.dport) for each in found] == [(5000, 6000), (0, 0)]
    assert meter.counters.fragments == 2


def test_the_flow_table_lets_the_oldest_idle_conversation_go():
    """At most as many as were asked for are kept, and the others counted."""
    meter = Meter(conversations=10)
    many = [datagram(1 + n / 100, sport=2000 + n) for n in range(15)]
    heard = meter.feed(block([*many, datagram(30.0, sport=9999)]))
    assert len(deltas(heard)) == 15
    assert meter.counters.conversations <= 11
    assert meter.counters.dropped["conversations"] == 5
    again = meter.feed(block([datagram(31.0, sport=2014), datagram(31.1, sport=2000)]))
    opened = {each.sport: each.opened for each in deltas(again + meter.finish())}
    assert (opened[2014], opened[2000]) == (False, True)


def test_a_flood_of_conversations_has_a_maximum_within_a_span_too():
    """What there is no room for is counted, and the others are still told."""
    meter = Meter(conversations=10)
    heard = meter.feed(block([datagram(1 + n / 1000, sport=1000 + n) for n in range(100)]))
    assert len(deltas(heard + meter.finish())) == 20
    assert meter.counters.dropped["conversations_at_once"] == 80


def test_vlans_keep_conversations_apart():
    """The same addresses in two of them are two conversations."""
    found = deltas(metered([segment(1.0, b"x", vlans=(7,)), segment(1.1, b"x", vlans=(8,))]))
    assert sorted(each.vlan for each in found) == [7, 8]


def test_version_6_is_metered_like_version_4():
    """With addresses in their shortest spelling."""
    (delta,) = deltas(metered([datagram(1, src="fe80::1", dst="2001:db8::2")]))
    assert (delta.src, delta.dst, delta.bytes_out) == ("fe80::1", "2001:db8::2", 49)


def test_what_devices_announce_is_read_whole():
    """ARP, neighbour discovery, DHCP, DNS and its family."""
    worth = [
        wire.arp(1.0, ALICE, ALICE_IP, wanted=BOB_IP),
        datagram(1.1, dport=53),
        datagram(1.2, dport=5353),
        datagram(1.3, dport=67),
    ]
    heard = metered([*worth, datagram(1.4, dport=9999)])
    assert [frame.data for frame in frames(heard)] == [frame.data for frame in worth]


def test_of_a_conversation_only_segments_that_begin_a_message_are_read():
    """And how it opens; a TLS hello goes on until another kind of record comes."""
    hello, more, data, http = b"\x16\x03\x01" + b"x" * 99, b"y" * 99, b"\x17\x03\x03zz", b"GET / "
    packets = [
        segment(1.0, flags=SYN),
        segment(1.1, hello),
        segment(1.2, more),
        segment(1.3, data),
        segment(1.4, more),
        segment(1.5, http, sport=50_001, dport=80),
        segment(1.6, more, sport=50_001, dport=80),
    ]
    read = [frame.at for frame in frames(metered(packets))]
    assert read == [1.0, 1.1, 1.2, 1.5]


def test_only_the_first_segments_of_a_conversation_are_looked_at():
    """Twelve in each direction."""
    packets = [segment(1 + n / 100, b"GET / %d" % n) for n in range(20)]
    assert len(frames(metered(packets))) == picker.SEGMENTS


def test_a_flood_of_odd_frames_is_counted_not_read():
    """Two thousand a second are enough to learn from."""
    meter = Meter()
    odd = wire.arp(1.0, ALICE, ALICE_IP, wanted=BOB_IP).data
    packets = [Frame(1 + n / 10_000, odd) for n in range(3000)]
    assert len(frames(meter.feed(block(packets)))) == 2000
    assert meter.counters.dropped["frames"] == 1000


def test_late_calls_of_remote_procedures_are_read_and_a_flood_of_them_is_counted():
    """Behind many other segments of their conversation."""
    said = [b"x"] * picker.SEGMENTS + [procedures.call(5, bytes(40))] * (picker.PER_SECOND + 50)
    talk = [
        segment(1 + n / 10_000, data, dport=49_670, seq=1000 + 100 * n)
        for n, data in enumerate(said)
    ]
    meter = Meter()
    assert len(frames(meter.feed(block(talk)))) == picker.PER_SECOND
    assert meter.counters.dropped == {"frames": 50}


def test_an_empty_block_only_moves_time():
    """The second ends although nothing passes."""
    meter = Meter()
    meter.feed(block([datagram(1.5)]))
    assert [type(each) for each in meter.feed(block([], now=3.2))] == [FlowDelta, Tick, Tick]
    assert meter.feed(block([], now=3.3)) == []
