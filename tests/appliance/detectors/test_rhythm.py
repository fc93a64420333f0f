"""How regular a series is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.detectors.rhythm import (
    deviation,
    endurance,
    evenness,
    gaps,
    longest_run,
    steadiness,
)

VALUES = st.lists(st.floats(0, 1e9), min_size=2, max_size=64)
COUNTS = st.lists(st.integers(0, 10_000), max_size=24)


def test_a_clock_is_even_and_a_person_is_not():
    """Ten minutes each, against pauses as they come."""
    assert evenness([600.0] * 20) == 1.0
    assert evenness([3, 500, 12, 4000, 60, 90, 1500, 7, 30, 800]) < 0.5


def test_a_jitter_of_a_fifth_is_nearly_even():
    """As tools for remote control offer it."""
    assert evenness([50, 55, 48, 60, 52, 57, 45, 59, 51, 46, 58, 54]) > 0.85


def test_skewed_intervals_count_less_than_symmetrical_ones():
    """Bowley's skewness: the middle value is not in the middle."""
    assert evenness([10, 11, 12, 50, 90] * 4) < evenness([10, 30, 50, 70, 90] * 4)


def test_the_typical_deviation_is_a_share_of_the_median():
    """Half of the values are 2 or more from 10."""
    assert deviation([8, 10, 12, 10, 8, 12]) == pytest.approx(0.2)
    assert deviation([0, 0, 0]) == 0.0


def test_as_many_calls_in_each_hour_are_steady():
    """And one busy hour is not."""
    assert steadiness([6] * 12) == 1.0
    assert steadiness([60, 0, 0, 0, 1]) == 0.0
    assert steadiness([]) == 0.0


def test_two_levels_over_a_long_day_are_steady_too():
    """A rhythm that falls across the hours has seven calls in one and six in the next."""
    assert steadiness([6, 60] * 8) == 1.0


def test_half_a_day_without_a_gap_or_all_hours_of_a_day_are_full_endurance():
    """RITA's two ways to be long."""
    assert endurance([1] * 12) == 1.0
    assert endurance([1, 0] * 12) == 0.5
    assert longest_run([1, 1, 0, 1, 1, 1, 0]) == 3


def test_gaps_are_what_lies_between():
    assert gaps([1, 3, 7]) == [2, 4]


@given(values=VALUES, counts=COUNTS)
def test_every_measure_is_between_nothing_and_all(values, counts):
    """Whatever is measured."""
    for measure in (evenness(values), steadiness(counts), endurance(counts)):
        assert 0.0 <= measure <= 1.0
