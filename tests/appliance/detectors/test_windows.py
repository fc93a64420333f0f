"""Counting over a sliding stretch of packet time."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.detectors.windows import Distinct


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 5)), max_size=60),
    st.integers(1, 20),
)
def test_it_counts_what_a_plain_list_counts(steps, seconds):
    """The different values of a key within the last seconds, and nothing older."""
    window: Distinct[int, int] = Distinct(seconds=seconds, keys=10, values=100)
    at, met = 0, []
    for key, value, pause in steps:
        at += pause
        met.append((key, value, at))
        count, _ = window.add(key, value, at)
        last = {v: t for k, v, t in met if k == key}
        assert count == sum(1 for t in last.values() if at - t <= seconds)


def test_a_key_too_many_drops_the_one_unused_for_longest():
    """And counts it."""
    window: Distinct[int, int] = Distinct(seconds=10, keys=2, values=10)
    for key in (1, 2, 1, 3):
        window.add(key, 0, 0.0)
    assert window.dropped == 1
    assert window.count(1, 0.0) == 1
    assert window.count(2, 0.0) == 0


def test_values_have_a_maximum():
    """The oldest leaves."""
    window: Distinct[str, int] = Distinct(seconds=1e9, keys=2, values=5)
    assert max(window.add("a", value, value)[0] for value in range(50)) == 5


def test_a_clock_set_back_empties_the_window():
    """Values from the future are no longer believed."""
    window: Distinct[str, int] = Distinct(seconds=10, keys=2, values=5)
    window.add("a", 1, 1000.0)
    assert window.add("a", 2, 5.0) == (1, True)
