"""What is remembered of conversations, and what is let go."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.sensor.flow_table import IDLE, IDLE_CLOSED, IDLE_TCP, FlowTable

ACK, FIN, RST = 16, 1, 4
TCP, UDP = 6, 17


def opened(table: FlowTable, key: int, at: float = 0.0, proto: int = UDP, beginner: int = 0) -> int:
    """Begin a conversation whose source port is its key; give its slot."""
    assert table.admit(1) == 1
    constants = ("mac", "peer", "src", "dst", key, 9, proto, 0)
    column = np.array([key], np.uint64)
    return int(table.open(column, [constants], np.array([beginner]), np.array([at]))[0])


def add(table: FlowTable, slot: int, at: float, side: int = 0, order: int = 0, **more: int) -> None:
    """Add a packet that one side sent."""
    sent = {"packets": 1, "size": 0, "payload": 0, "flags": 0} | more
    column = {name: np.array([value]) for name, value in sent.items()}
    table.add(np.array([slot]), np.array([side]), np.array([order]), np.array([at]), **column)


def find(table: FlowTable, *keys: int) -> list[int]:
    return table.find(np.array(keys, np.uint64)).tolist()


def test_a_conversation_is_found_by_its_key():
    table = FlowTable(10)
    first, second = opened(table, 5), opened(table, 2**63 - 1)
    assert find(table, 5, 6, 2**63 - 1) == [first, -1, second]
    assert (len(table), table.opened) == (2, 2)


def test_what_both_sides_sent_is_told_from_the_side_that_began():
    """Whichever side of the columns that is."""
    table = FlowTable(10)
    slot = opened(table, 5, 1.0, TCP, beginner=1)
    add(table, slot, 1.0, 1, size=60, payload=20, flags=2)
    add(table, slot, 1.5, 0, size=40, payload=0, flags=18)
    add(table, slot, 1.2, 1, size=90, payload=50, flags=ACK)
    (delta,) = table.tell()
    assert (delta.packets_out, delta.bytes_out, delta.payload_out, delta.flags_out) == (
        2,
        150,
        70,
        18,
    )
    assert (delta.packets_in, delta.bytes_in, delta.payload_in, delta.flags_in) == (1, 40, 0, 18)
    assert (delta.first_at, delta.at, delta.opened) == (1.0, 1.5, True)
    assert (delta.mac, delta.src, delta.sport, delta.proto) == ("mac", "src", 5, TCP)


def test_only_what_happened_since_it_was_last_told_is_told():
    """And a conversation is opened once."""
    table = FlowTable(10)
    slot = opened(table, 5)
    add(table, slot, 1.0, size=7)
    table.tell()
    assert table.tell() == []
    add(table, slot, 2.0, size=9)
    (delta,) = table.tell()
    assert (delta.bytes_out, delta.opened, delta.first_at) == (9, False, 0.0)


def test_conversations_are_told_in_the_order_of_their_first_packet():
    """Of this second."""
    table = FlowTable(10)
    slots = [opened(table, key) for key in (1, 2, 3)]
    for order, slot in ((30, slots[0]), (10, slots[1]), (20, slots[2]), (5, slots[0])):
        add(table, slot, 1.0, order=order)
    assert [delta.sport for delta in table.tell()] == [1, 2, 3]
    for order, slot in ((70, slots[0]), (60, slots[2])):
        add(table, slot, 2.0, order=order)
    assert [delta.sport for delta in table.tell()] == [3, 1]


@pytest.mark.parametrize(
    ("proto", "flags", "idle"),
    [
        (UDP, 0, IDLE),
        (TCP, ACK, IDLE_TCP),
        (TCP, FIN | ACK, IDLE_CLOSED),
        (TCP, RST, IDLE_CLOSED),
        (1, 0, IDLE),
    ],
    ids=["datagrams", "open", "closed", "reset", "pings"],
)
def test_a_conversation_is_over_after_its_time_of_silence(proto: int, flags: int, idle: float):
    table = FlowTable(10)
    add(table, opened(table, 5, 100.0, proto), 100.0, flags=flags)
    table.tell()
    table.tidy(100.0 + idle)
    assert len(table) == 1
    table.tidy(100.1 + idle)
    assert (len(table), find(table, 5), table.evicted) == (0, [-1], 0)


def test_after_the_clock_was_set_back_nothing_waits_for_times_to_come():
    """What was seen later than now is over."""
    table = FlowTable(10)
    add(table, opened(table, 5, 1000.0), 1000.0)
    table.tidy(10.0)
    assert len(table) == 0


def test_beyond_the_limit_the_oldest_idle_conversation_leaves_first():
    """And is counted."""
    table = FlowTable(3)
    for key, at in ((1, 5.0), (2, 1.0), (3, 9.0), (4, 2.0), (5, 7.0)):
        add(table, opened(table, key, at), at)
    table.tell()
    table.tidy(10.0)
    assert (len(table), table.evicted) == (3, 2)
    assert [slot < 0 for slot in find(table, 1, 2, 3, 4, 5)] == [False, True, False, True, False]


def test_within_a_span_there_is_room_for_twice_the_limit():
    """What comes beyond that is refused, and counted."""
    table = FlowTable(3)
    assert table.admit(4) == 4
    for key in range(4):
        opened(table, key)
    assert (table.admit(5), table.refused) == (2, 3)


def test_a_slot_that_was_let_go_remembers_nothing():
    """The next conversation in it begins from zero."""
    table = FlowTable(1)
    slot = opened(table, 5, 1.0, TCP)
    add(table, slot, 1.0, flags=FIN, size=100)
    table.segments[slot], table.reading[slot] = 8, True
    table.tell()
    table.tidy(1000.0)
    again = opened(table, 6, 1000.0, TCP)
    assert again == slot
    assert (table.segments[again].tolist(), table.reading[again].tolist()) == ([0, 0], [False] * 2)
    add(table, again, 1000.0, size=1)
    (delta,) = table.tell()
    assert (delta.sport, delta.bytes_out, delta.opened, delta.first_at) == (6, 1, True, 1000.0)
    table.tidy(1000.0 + IDLE_CLOSED + 1)
    assert len(table) == 1


ADDED = st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(0, 1500), st.integers(0, 255))


@given(st.lists(st.lists(ADDED, max_size=12), max_size=6))
def test_what_is_told_adds_up_to_what_was_added(seconds):
    """Over any seconds, for each conversation and side."""
    table = FlowTable(10)
    slots = [opened(table, key) for key in range(6)]
    sent, told = defaultdict(int), defaultdict(int)
    for second, packets in enumerate(seconds):
        for order, (key, side, size, flags) in enumerate(packets):
            add(table, slots[key], float(second), side, order, size=size, flags=flags)
            sent[key, side, "bytes"] += size
            sent[key, side, "packets"] += 1
        for delta in table.tell():
            told[delta.sport, 0, "bytes"] += delta.bytes_out
            told[delta.sport, 1, "bytes"] += delta.bytes_in
            told[delta.sport, 0, "packets"] += delta.packets_out
            told[delta.sport, 1, "packets"] += delta.packets_in
    assert {name: count for name, count in told.items() if count} == {
        name: count for name, count in sent.items() if count
    }


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0, 4000)), max_size=60))
def test_there_is_never_more_than_the_limit_after_tidying(steps):
    """And a key is found exactly as long as its conversation is held."""
    table, now, held = FlowTable(4), 0.0, set()
    for key, later in steps:
        now += later / 10
        (slot,) = find(table, key)
        assert (slot >= 0) == (key in held)
        if slot < 0 and table.admit(1):
            slot = opened(table, key, now)
        if slot >= 0:
            add(table, slot, now)
        table.tell()
        table.tidy(now)
        held = {each for each in range(31) if find(table, each) != [-1]}
        assert len(held) == len(table) <= 4
