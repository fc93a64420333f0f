"""The last 24 hours as bars."""

from hypothesis import given
from hypothesis import strategies as st

from appliance.durations import DAY, HOUR
from tests.kit.people import NOW
from web.day import HEIGHT, HOURS, begin, drawn

FIRST = int(begin(NOW))


def test_the_day_ends_with_the_hour_that_it_is() -> None:
    assert FIRST % HOUR == 0
    assert 0 <= NOW - (FIRST + (HOURS - 1) * HOUR) < HOUR
    assert NOW - FIRST < DAY


def test_hours_without_traffic_have_no_bar_and_little_traffic_has_one() -> None:
    day = drawn("en", [(FIRST, 1_000_000, 1), (FIRST + 3600, 500_000, 0)], NOW)
    assert [(hour.up, hour.down) for hour in day.hours[:3]] == [
        (HEIGHT, 1),
        (HEIGHT // 2, 0),
        (0, 0),
    ]
    assert (day.received, day.sent) == ("1.5 MB", "1 B")
    assert day.hours[0].received == "1.0 MB"


def test_a_day_without_anything_is_empty() -> None:
    assert drawn("fr", [], NOW).empty
    assert not drawn("fr", [(FIRST, 0, 1)], NOW).empty


@given(
    st.lists(st.tuples(st.integers(-3, 30), st.integers(0, 2**60), st.integers(0, 2**60))),
)
def test_no_bar_leaves_the_drawing(steps):
    """Whatever the database holds, and hours that are not of this day are not drawn."""
    day = drawn("fr", [(FIRST + place * 3600, up, down) for place, up, down in steps], NOW)
    assert len(day.hours) == HOURS
    assert all(0 <= size <= HEIGHT for hour in day.hours for size in (hour.up, hour.down))
