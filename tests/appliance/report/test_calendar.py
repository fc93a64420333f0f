"""Months from midnight to midnight in the practice's own time zone."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.report.calendar import (
    MONTHS,
    Month,
    day_of,
    month_of,
    months,
    read,
    span_of,
)
from tests.appliance.report.samples import OCTOBER, PARIS

ZONES = st.sampled_from(
    ["Europe/Paris", "UTC", "America/Cayenne", "Pacific/Noumea", "Indian/Reunion", "Asia/Kolkata"]
).map(ZoneInfo)
TIMES = st.floats(0, 4e9)
EVERY = st.builds(Month, st.integers(1971, 2100), st.integers(1, 12))


@given(TIMES, ZONES)
def test_every_moment_is_in_one_month_and_in_no_other(at: float, zone: ZoneInfo) -> None:
    month = month_of(at, zone)
    assert span_of(month, zone).holds(at)
    assert not span_of(month.before, zone).holds(at)
    assert not span_of(month.after, zone).holds(at)


@given(EVERY, ZONES)
def test_months_follow_each_other_without_a_gap(month: Month, zone: ZoneInfo) -> None:
    assert month.end(zone) == month.after.begin(zone)
    assert month.after.before == month
    assert 27 < (month.end(zone) - month.begin(zone)) / 86_400 < 32


@given(EVERY)
def test_a_month_is_read_as_it_is_written(month: Month) -> None:
    assert read(month.name) == month


@given(st.text(max_size=9).filter(lambda text: not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text)))
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        read(text)


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-00", "2026-1", "0000-01", "9999-12", "1969-12", "\u0662026-10", "2026-10\n"],
)
def test_a_month_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        read(text)


def test_a_month_begins_at_midnight_in_the_practice() -> None:
    """The last hours of September in UTC are October in Paris already."""
    begin = datetime(2026, 9, 30, 22, tzinfo=UTC).timestamp()
    assert OCTOBER.begin(PARIS) == begin
    assert month_of(begin, PARIS) == OCTOBER
    assert month_of(begin - 1, PARIS) == OCTOBER.before
    assert day_of(begin, PARIS).day == 1


def test_the_month_in_which_clocks_change_is_an_hour_longer() -> None:
    assert OCTOBER.end(PARIS) - OCTOBER.begin(PARIS) == 31 * 86_400 + 3600


def test_the_year_ends_with_december() -> None:
    assert Month(2026, 12).after == Month(2027, 1)
    assert Month(2027, 1).before == Month(2026, 12)


@given(EVERY, EVERY, ZONES)
def test_months_are_listed_the_latest_first_and_not_too_many(
    one: Month, other: Month, zone: ZoneInfo
) -> None:
    began, now = sorted((one.begin(zone), other.begin(zone)))
    found = months(began, now, zone)
    assert found[0] == month_of(now, zone)
    assert len(found) <= MONTHS
    assert list(found) == sorted(set(found), reverse=True)
    assert min(found) >= month_of(began, zone)


def test_a_box_that_never_watched_has_no_month() -> None:
    assert months(None, 1e9, PARIS) == ()
