"""Packets sorted by conversation and side, and added up."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Frame
from appliance.sensor import headers
from appliance.sensor.conversations import add_up, begin, runs_of, sides_of
from appliance.sensor.flow_table import FlowTable
from tests.kit import wire
from tests.kit.capture import block
from tests.kit.talk import ACK, ALICE, ALICE_IP, BOB, BOB_IP, SYN, datagram, segment


def sides(*frames: Frame) -> list[int]:
    return sides_of(headers.read(block(frames))).tolist()


def ping(kind: int, back: bool = False) -> Frame:
    ends = (BOB_IP, ALICE_IP) if back else (ALICE_IP, BOB_IP)
    return Frame(1.0, wire.ether(wire.ip(bytes([kind, 0]) + bytes(6), *ends, 1), ALICE, BOB))


def test_the_sides_of_a_conversation_differ_in_their_lowest_bit():
    """And in nothing else: sorted, they lie side by side."""
    pairs = [
        (segment(1.0), segment(1.0, back=True)),
        (datagram(1.0), datagram(1.0, src=BOB_IP, dst=ALICE_IP, sport=6000, dport=5000)),
        (datagram(1, src="fe80::1", dst="fe80::2"),
         datagram(1, src="fe80::2", dst="fe80::1", sport=6000, dport=5000)),
        (ping(8), ping(0, back=True)),
    ]  # fmt: skip
    for there, back in pairs:
        one, other = sides(there), sides(back)
        assert one[0] ^ other[0] == 1


def test_packets_of_one_side_are_of_one_side():
    """Whatever they carry."""
    assert len(set(sides(segment(1.0, flags=SYN), segment(2.0, b"x"), segment(3.0, seq=9)))) == 1


def test_conversations_differ_in_every_part_of_their_names():
    """Addresses, ports, protocol, VLAN."""
    different = [
        datagram(1.0),
        datagram(1.0, sport=5001),
        datagram(1.0, dport=6001),
        datagram(1.0, src="192.168.1.12"),
        datagram(1.0, dst="192.168.1.12"),
        datagram(1.0, src="fe80::1", dst="fe80::2"),
        datagram(1.0, vlans=(7,)),
        datagram(1.0, vlans=(8,)),
        segment(1.0, sport=5000, dport=6000),
        ping(8),
    ]
    assert len({side >> 1 for side in sides(*different)}) == len(different)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=30))
def test_runs_begin_where_a_row_differs_from_the_one_before(rows: list[tuple[int, int]]):
    columns = [np.array([row[n] for row in rows], np.int64) for n in (0, 1)]
    expected = [n for n, row in enumerate(rows) if n == 0 or row != rows[n - 1]]
    assert runs_of(*columns).tolist() == expected


def started(table: FlowTable, *frames: Frame):
    """Begin the conversations of *frames* in *table*, as the meter does."""
    many = block(frames)
    columns = headers.read(many)
    names = sides_of(columns)
    rows = np.flatnonzero(columns.is_ip & ~columns.malformed)
    rows = rows[np.argsort(names[rows], kind="stable")]
    return columns, many.times, begin(table, many, columns, 0, many.times, rows, names)


BEGINNINGS = {
    "it asks": (segment(1.0, flags=SYN), False),
    "it accepts": (segment(1.0, flags=SYN | ACK, back=True), True),
    "it asks from a well-known port": (segment(1.0, flags=SYN, sport=80, dport=5000), False),
    "it goes on": (segment(1.0, b"x", sport=5000, dport=6000), False),
    "it comes from a well-known port": (segment(1.0, b"x", back=True), True),
    "both ports are well-known": (datagram(1.0, sport=123, dport=123), False),
    "a datagram from a well-known port": (datagram(1.0, sport=53, dport=5000), True),
    "a ping": (ping(8), False),
}


@pytest.mark.parametrize(("first", "answers"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_who_began_is_told_by_the_first_packet(first: Frame, answers: bool):
    """An answer that is seen first was sent by the other side."""
    table = FlowTable(10)
    columns, times, known = started(table, first)
    table.add(*add_up(columns, known, times.astype(np.int64), times, 0).of(1))
    (delta,) = table.tell()
    assert (delta.packets_out, delta.packets_in) == ((0, 1) if answers else (1, 0))
    source, other = wire.mac_bytes(delta.mac), wire.mac_bytes(delta.peer_mac)
    assert first.data[:12] == (source + other if answers else other + source)


def test_a_conversation_that_is_known_is_not_begun_again():
    table = FlowTable(10)
    started(table, datagram(1.0), datagram(1.1))
    started(table, datagram(2.0), datagram(2.1, sport=5001))
    assert (len(table), table.opened) == (2, 2)


def test_packets_without_room_for_their_conversation_are_left_out():
    """Those that came first have it."""
    table = FlowTable(1)
    frames = [datagram(1.0 + n / 10, sport=5000 + n % 3) for n in range(6)]
    columns, _, known = started(table, *frames)
    assert sorted(columns.sport[known.rows].tolist()) == [5000, 5000, 5001, 5001]
    assert (known.slots >= 0).all()
    assert (len(table), table.refused) == (2, 1)


SENT = st.tuples(
    st.floats(1, 9.99), st.integers(0, 3), st.booleans(), st.integers(0, 90), st.integers(0, 63)
)


@given(st.lists(SENT, max_size=40))
def test_sums_are_those_of_adding_up_one_by_one(packets):
    """Of every second, conversation and side: how much, which flags, when last, which first."""
    packets = sorted(packets)
    frames = [
        segment(at, bytes(size), back=back, sport=5000 + number, dport=6000, flags=flags)
        for at, number, back, size, flags in packets
    ]
    table = FlowTable(10)
    columns, times, known = started(table, *frames)
    sums = add_up(columns, known, times.astype(np.int64), times, 1000)
    expected = defaultdict(lambda: [0, 0, 0, 0.0, 10**9])
    slot_of = dict(zip(known.rows.tolist(), known.slots.tolist(), strict=True))
    side_of = dict(zip(known.rows.tolist(), known.sides.tolist(), strict=True))
    for row, (at, _, _, size, flags) in enumerate(packets):
        count, octets, seen, last, first = expected[int(at), slot_of[row], side_of[row]]
        expected[int(at), slot_of[row], side_of[row]] = [
            count + 1, octets + size, seen | flags, max(last, at), min(first, 1000 + row),
        ]  # fmt: skip
    found = {}
    for second in range(10):
        slots, sides, order, last_at, count, _, payload, flags = (
            column.tolist() for column in sums.of(second)
        )
        rows = zip(count, payload, flags, last_at, order, strict=True)
        for slot, side, row in zip(slots, sides, rows, strict=True):
            found[second, slot, side] = list(row)
    assert found == expected
