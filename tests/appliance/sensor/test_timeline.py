"""Packet time runs forward, and is cut into seconds."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.sensor.timeline import IDLE_TICKS, TOLERANCE, Timeline


def stretches(timeline: Timeline, *times: float) -> list[tuple[int, list[float], bool]]:
    found = timeline.stretches(np.array(times, float))
    return [(start, part.tolist(), anew) for start, part, anew in found]


def test_times_that_rise_are_one_stretch():
    assert stretches(Timeline(), 1.0, 2.5, 2.5, 9.0) == [(0, [1.0, 2.5, 2.5, 9.0], False)]


def test_a_packet_that_was_late_counts_at_the_newest_time():
    """Also one of the next block, up to the tolerance."""
    timeline = Timeline()
    assert stretches(timeline, 10.0, 9.0, 10.5) == [(0, [10.0, 10.0, 10.5], False)]
    assert stretches(timeline, 10.5 - TOLERANCE) == [(0, [10.5], False)]
    assert timeline.back_steps == 0


def test_a_clock_set_back_begins_a_new_timeline():
    """At the packet that shows it; what follows goes on from there."""
    timeline = Timeline()
    assert stretches(timeline, 10.0, 5.0, 5.5, 1.0, 1.5) == [
        (0, [10.0], False),
        (1, [5.0], True),
        (2, [5.5], False),
        (3, [1.0], True),
        (4, [1.5], False),
    ]
    assert (timeline.back_steps, timeline.newest) == (2, 1.5)


def test_a_clock_set_back_between_blocks_is_seen():
    timeline = Timeline()
    stretches(timeline, 10.0)
    assert stretches(timeline, 5.0) == [(0, [5.0], True)]


TIMES = st.lists(st.floats(0, 30), max_size=40)


@given(TIMES, st.lists(st.integers(0, 40), max_size=4))
def test_every_packet_has_its_time_for_any_batch_size(times: list[float], cuts: list[int]):
    """Once each; rising within a timeline; never earlier than it says, unless it began anew."""
    whole, cut = Timeline(), Timeline()
    at_once = list(stretches(whole, *times))
    ends = [0, *sorted(min(each, len(times)) for each in cuts), len(times)]
    in_parts = [part for low, high in pairwise(ends) for part in stretches(cut, *times[low:high])]
    flat = [time for _, part, _ in at_once for time in part]
    assert flat == [time for _, part, _ in in_parts for time in part]
    assert (whole.newest, whole.back_steps) == (cut.newest, cut.back_steps)
    assert [start for start, _, _ in at_once] == _starts(at_once)
    assert all(0 <= told - time <= TOLERANCE + 1e-9 for told, time in zip(flat, times, strict=True))
    fallen = sum(later < earlier for earlier, later in pairwise(flat))
    assert fallen == whole.back_steps


def _starts(parts: list[tuple[int, list[float], bool]]) -> list[int]:
    sizes = [len(part) for _, part, _ in parts]
    return [sum(sizes[:number]) for number in range(len(sizes))]


def test_every_second_on_the_way_has_its_tick():
    """None before the first one that is known, and none for staying in it."""
    timeline = Timeline()
    assert timeline.ticks(10) == []
    assert timeline.ticks(10) == []
    assert [tick.at for tick in timeline.ticks(13)] == [11.0, 12.0, 13.0]
    assert timeline.second == 13


@pytest.mark.parametrize(("silence", "ticks"), [(IDLE_TICKS, IDLE_TICKS), (IDLE_TICKS + 1, 2)])
def test_a_long_silence_is_one_jump(silence: int, ticks: int):
    """The running second still ends."""
    timeline = Timeline()
    timeline.ticks(10)
    found = timeline.ticks(10 + silence)
    assert len(found) == ticks
    assert (found[0].at, found[-1].at) == (11.0, 10.0 + silence)


def test_time_passes_without_packets_once_a_second_runs():
    """Never backwards, and nothing is over before the second is."""
    timeline = Timeline()
    assert not timeline.passes(5.0)
    timeline.ticks(10)
    timeline.newest = 10.2
    assert not timeline.passes(10.9)
    assert timeline.newest == 10.9
    assert not timeline.passes(10.5)
    assert timeline.newest == 10.9
    assert timeline.passes(11.0)
