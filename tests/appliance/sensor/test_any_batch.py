"""The same packets give the same facts, however they come; and no bytes make the meter raise."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.model import Frame, Link
from appliance.sensor.meter import Meter
from tests.kit import files
from tests.kit.capture import block, metered
from tests.kit.examples import usually
from tests.kit.talk import ACK, FIN, SYN, deltas, segment

OPENS = files.session(files.opens("a"))
WRITES = b"\0\0\0\x5c" + files.session(files.closes())[4:]
"""The message goes on for four bytes in the next segment."""
PACKETS = st.tuples(
    st.floats(0, 40, width=32),
    st.sampled_from(
        [
            b"",
            b"x",
            b"\x16\x03\x01\x00\x20hello",
            b"more of it",
            b"\x17\x03\x03\x00\x04data",
            b"GET / HTTP/1.1\r\n\r\n",
            OPENS,
            WRITES,
            b"wxyz" + OPENS,
        ]
    ),
    st.booleans(),
    st.sampled_from([50_000, 50_001, 50_002, 50_003, 445]),
    st.sampled_from([0, 0, 0, SYN, SYN | ACK, FIN]),
)


def made(packets):
    built = [
        segment(at, data, flags=flags or ACK, back=back, sport=sport)
        for at, data, back, sport, flags in packets
    ]
    return sorted(built, key=lambda frame: frame.at)


@given(st.lists(PACKETS, max_size=60), st.lists(st.integers(0, 60), max_size=6), st.integers(2, 8))
@settings(max_examples=usually(300))
def test_the_same_packets_give_the_same_facts_for_any_batch_size(packets, cuts, conversations):
    """Also with a flow table so small that conversations are let go all the time."""
    ordered = made(packets)
    whole = metered(ordered, conversations=conversations)
    assert metered(ordered, cuts, conversations=conversations) == whole
    singly = metered(ordered, range(len(ordered)), conversations=conversations)
    assert singly == whole


@given(st.lists(PACKETS, max_size=40), st.lists(st.integers(0, 40), max_size=4))
def test_the_same_holds_when_the_clock_jumps(packets, cuts):
    """Packets in any order at all."""
    shuffled = [
        segment(at, data, flags=flags or ACK, back=back, sport=sport)
        for at, data, back, sport, flags in packets
    ]
    assert metered(shuffled, cuts) == metered(shuffled)


@given(st.lists(st.binary(max_size=120), max_size=20), st.sampled_from(list(Link)))
@settings(max_examples=usually(300))
def test_no_bytes_make_it_raise(datas, link):
    """Whatever they claim to be; and every one is counted."""
    meter = Meter()
    packets = [Frame(1 + n / 10, data, link) for n, data in enumerate(datas)]
    meter.feed(block(packets))
    meter.finish()
    assert meter.counters.packets == len(datas)


@given(st.integers(0, 200))
def test_no_prefix_of_a_packet_makes_it_raise(size):
    """Captures cut packets short."""
    packet = segment(1.0, b"\x16\x03\x01" + b"x" * 100, vlans=(5, 6)).data[:size]
    meter = Meter()
    assert isinstance(meter.feed(block([Frame(1.0, packet)])), list)
    assert meter.counters.packets == 1


def test_the_sum_of_all_deltas_is_what_passed():
    """Nothing is lost between seconds."""
    rng = np.random.default_rng(1)
    packets = made(
        (float(at), b"x" * int(size), bool(back), 50_000 + int(port), 0)
        for at, size, back, port in zip(
            rng.uniform(0, 30, 500),
            rng.integers(0, 400, 500),
            rng.integers(0, 2, 500),
            rng.integers(0, 9, 500),
            strict=True,
        )
    )
    meter = Meter()
    found = deltas(meter.feed(block(packets)) + meter.finish())
    assert (
        sum(each.packets_out + each.packets_in for each in found) == 500 - meter.counters.duplicates
    )
    assert sum(each.opened for each in found) == 9
