"""For how long the box saw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.report.calendar import span_of
from appliance.report.watching import days, midnight, watch
from appliance.store.months import Sums
from appliance.store.watched import Hour
from tests.appliance.report.samples import HOUR, OCTOBER, PARIS

SPAN = span_of(OCTOBER, PARIS)
LENGTH = SPAN.until - SPAN.since
LATER = SPAN.until + 9 * HOUR


def hours(since: float, until: float, saw: float = HOUR) -> tuple[Hour, ...]:
    begins = range(int(since), int(until), int(HOUR))
    return tuple(Hour(at=at, ran=HOUR, saw=saw) for at in begins)


def sums(*kept: Hour, since: float = SPAN.since - 99 * HOUR, began: float = 0.0) -> Sums:
    return Sums(hours=kept, hours_since=int(since), began=began)


def test_a_month_seen_from_end_to_end_is_seen_whole() -> None:
    found = watch(sums(*hours(SPAN.since, SPAN.until)), SPAN.since, SPAN.until, LATER)
    assert found.share == 1.0
    assert found.elapsed == found.wanted == LENGTH


def test_an_hour_without_a_row_is_an_hour_without_sight() -> None:
    """The box had no power: nobody wrote that it saw nothing."""
    kept = hours(SPAN.since, SPAN.until)[:-5]
    assert watch(sums(*kept), SPAN.since, SPAN.until, LATER).unseen == 5 * HOUR


def test_a_month_that_runs_is_counted_up_to_the_hour_that_is_over() -> None:
    now = SPAN.since + 10 * HOUR + 1234
    found = watch(sums(*hours(SPAN.since, now)), SPAN.since, SPAN.until, now)
    assert (found.elapsed, found.share) == (10 * HOUR, 1.0)


def test_what_was_not_kept_is_not_called_blind() -> None:
    """Hours began to be counted in the month; the first of them is not whole."""
    since = SPAN.since + 100 * HOUR
    kept = (Hour(at=int(since), ran=9.0, saw=9.0), *hours(since + HOUR, SPAN.until))
    found = watch(sums(*kept, since=since), SPAN.since, SPAN.until, LATER)
    assert found.elapsed == LENGTH - 101 * HOUR
    assert found.share == 1.0
    assert found.wanted == LENGTH


def test_without_a_measure_nothing_is_claimed() -> None:
    found = watch(Sums(began=SPAN.since), SPAN.since, SPAN.until, LATER)
    assert (found.wanted, found.elapsed, found.share) == (LENGTH, 0.0, None)


def test_the_time_before_the_box_is_not_wanted_of_it() -> None:
    began = SPAN.until - 5 * HOUR
    assert watch(Sums(began=began), SPAN.since, SPAN.until, LATER).wanted == 5 * HOUR
    assert watch(Sums(began=LATER), SPAN.since, SPAN.until, LATER).wanted == 0.0


@given(st.lists(st.floats(0, HOUR), min_size=1, max_size=800), st.floats(0, LENGTH + 100 * HOUR))
def test_the_days_add_up_to_the_month(saw: list[float], passed: float) -> None:
    """Also when clocks change, and wherever the month stands."""
    now = SPAN.since + passed
    begins = range(int(SPAN.since), int(min(SPAN.until, now)), int(HOUR))
    kept = tuple(Hour(at=at, ran=HOUR, saw=seen) for at, seen in zip(begins, saw, strict=False))
    whole = watch(sums(*kept), SPAN.since, SPAN.until, now)
    every = list(days(SPAN, sums(*kept), now))
    assert sum(each.watch.elapsed for each in every) == whole.elapsed
    assert sum(each.watch.saw for each in every) == pytest.approx(whole.saw)
    assert [each.day.day for each in every] == list(range(1, len(every) + 1))


def test_the_day_on_which_clocks_change_has_25_hours() -> None:
    begin = SPAN.since
    lengths = []
    while begin < SPAN.until:
        end = midnight(begin, SPAN)
        lengths.append((end - begin) / HOUR)
        begin = end
    assert (len(lengths), lengths[24], sum(lengths)) == (31, 25, 31 * 24 + 1)
