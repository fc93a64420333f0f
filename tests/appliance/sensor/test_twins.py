"""Packets that a mirror port delivered twice."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.sensor import twins
from appliance.sensor.twins import APART, REACH, Twins

Packet = tuple[float, int, int]
"""When, the side of its conversation, what tells it from others."""


def find(seeker: Twins, packets: list[Packet]) -> list[bool]:
    """Tell of each packet whether it is a twin, as the meter asks for it: sorted by side."""
    times, sides, checks = (
        np.array([packet[field] for packet in packets], kind)
        for field, kind in enumerate((float, np.uint64, np.uint64))
    )
    order = np.argsort(sides, kind="stable")
    found = np.empty(len(packets), bool)
    found[order] = seeker.find(order, sides, checks, times)
    return found.tolist()


def by_definition(packets: list[Packet]) -> list[bool]:
    """Compare each packet with those before it, one by one."""
    found = []
    for place, (at, side, check) in enumerate(packets):
        others = [other for other in packets[:place] if other[1] == side][-REACH:]
        found.append(any(what == check and at - then <= APART for then, _, what in others))
    return found


PACKETS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.0, 0.0005, 0.001, APART, 0.003]),
        st.integers(1, 3),
        st.integers(1, 4),
    ),
    max_size=60,
)


@given(PACKETS, st.lists(st.integers(0, 60), max_size=5))
def test_twins_are_those_of_the_definition_for_any_batch_size(steps, cuts):
    """Also across the borders of blocks."""
    ticks = np.cumsum([step for step, _, _ in steps]).tolist()
    packets = [(at, side, check) for at, (_, side, check) in zip(ticks, steps, strict=True)]
    ends = [0, *sorted(min(cut, len(packets)) for cut in cuts), len(packets)]
    seeker = Twins()
    found = [twin for low, high in pairwise(ends) for twin in find(seeker, packets[low:high])]
    assert found == by_definition(packets)
    assert seeker.count == sum(found)


def test_a_twin_of_a_twin_is_one_as_well():
    """Three ports mirrored into one deliver three."""
    assert find(Twins(), [(1.0, 1, 7)] * 3) == [False, True, True]


@pytest.mark.parametrize(("apart", "is_twin"), [(APART / 2, True), (APART * 1.1, False)])
def test_a_packet_repeated_later_is_none(apart: float, is_twin: bool):
    """It was sent again."""
    seeker = Twins()
    find(seeker, [(0.0, 1, 7)])
    assert find(seeker, [(apart, 1, 7)]) == [is_twin]


def test_only_so_many_packets_back_are_looked_at():
    """Of the same side; those of others do not count."""
    others = [(0.0, 2, number) for number in range(50)]
    between = [(0.0, 1, number) for number in range(100, 100 + REACH - 1)]
    assert find(Twins(), [(0.0, 1, 7), *others, *between, (0.0, 1, 7)])[-1]
    assert not find(Twins(), [(0.0, 1, 7), *between, (0.0, 1, 8), (0.0, 1, 7)])[-1]


def test_nothing_before_a_new_beginning_is_a_twin():
    """The clock was set back: what is equal by chance lies far apart."""
    seeker = Twins()
    find(seeker, [(5.0, 1, 7)])
    seeker.forget()
    assert find(seeker, [(5.0, 1, 7)]) == [False]


def test_packets_that_are_not_of_ip_are_none():
    """They are in none of the rows asked about."""
    none = np.empty(0, np.int64)
    sides = np.ones(3, np.uint64)
    assert Twins().find(none, sides, sides, np.zeros(3)).tolist() == []


@pytest.mark.parametrize("blocks", [1, 3, 20])
def test_what_is_remembered_has_a_maximum(monkeypatch, blocks: int):
    """Also in a capture where all packets have one time; and it is the same for any batch size."""
    monkeypatch.setattr(twins, "FAR", 100)
    seeker = Twins()
    packets = [(1.0, number % 70, 7) for number in range(140)]
    packets += [(1.0, 1000 + number, 7) for number in range(160)]
    packets += [(1.0, 1000 + number, 7) for number in range(0, 160, 2)]
    found = []
    size = len(packets) // blocks
    for start in range(0, len(packets), size):
        found += find(seeker, packets[start : start + size])
        assert len(seeker._times) < 100
    assert found[:140] == [False] * 70 + [True] * 70
    places = [140 + number for number in range(0, 160, 2)]
    near = [300 + place - first < 100 for place, first in enumerate(places)]
    assert found[300:] == near
    assert 0 < sum(near) < len(near)
