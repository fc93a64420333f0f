"""Opening hours as a week of rows."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appliance.hours import DAYS, spans_of
from web.opening import TIMES, Row, entries_of, typed, week

KEY = "practice.hours"

minutes = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@st.composite
def entries(draw: st.DrawFn) -> str:
    first, last = draw(st.sampled_from(DAYS)), draw(st.sampled_from(("", *DAYS)))
    begins, ends = draw(minutes), draw(minutes | st.just("24:00"))
    assume(begins != ends)
    return f"{first}{'-' + last if last else ''} {begins}-{ends}"


def open_minutes(given: tuple[str, ...]) -> frozenset[int]:
    """Give every minute of the week in which it is open."""
    spans = [span for entry in given for span in spans_of(entry)]
    return frozenset(minute % 10_080 for span in spans for minute in range(span.begins, span.ends))


def sent(rows: tuple[Row, ...]) -> dict[str, str]:
    """Give what a browser sends of *rows*."""
    form = {f"{KEY}.{row.day}": row.choice for row in rows}
    for row in rows:
        form |= {f"{KEY}.{row.day}.{n}": t for n, t in zip(TIMES, row.times, strict=True)}
    return form


@given(st.lists(entries(), max_size=5).map(tuple))
def test_hours_that_fit_into_the_week_come_back_as_the_same_times(hours: tuple[str, ...]) -> None:
    rows = week(hours)
    assume(rows is not None)
    assert open_minutes(entries_of(typed(KEY, sent(rows)))) == open_minutes(hours)


def test_days_that_are_alike_are_written_together() -> None:
    hours = ("mon-fri 08:00-12:00", "mon-fri 14:00-19:00", "sat 09:00-12:00")
    rows = week(hours)
    assert [row.choice for row in rows] == ["open", *["same"] * 4, "open", "closed"]
    assert rows[0].times == ("08:00", "12:00", "14:00", "19:00")
    assert entries_of(rows) == hours


def test_of_a_practice_that_said_nothing_the_weekdays_follow_monday() -> None:
    rows = week(())
    assert [row.choice for row in rows] == ["closed", *["same"] * 4, "closed", "closed"]
    assert entries_of(rows) == ()


@pytest.mark.parametrize(
    ("hours", "text"),
    [("mon 00:00-24:00", "00:00"), ("mon 22:00-06:00", "06:00"), ("mon 18:00-24:00", "00:00")],
)
def test_nights_and_whole_days_fit(hours: str, text: str) -> None:
    rows = week((hours,))
    assert rows[0].times[1] == text
    assert open_minutes(entries_of(rows)) == open_minutes((hours,))


@pytest.mark.parametrize(
    "hours",
    [("mon 08:00-09:00", "mon 10:00-11:00", "mon 12:00-13:00"), ("monday 8-9",)],
)
def test_what_does_not_fit_is_no_week(hours: tuple[str, ...]) -> None:
    assert week(hours) is None


@pytest.mark.parametrize(
    "times",
    [("8h", "18h30", "", ""), ("8:00", "18.30", "", ""), ("08:00", "18:30", "", "")],
)
def test_times_may_be_typed_as_people_write_them(times: tuple[str, str, str, str]) -> None:
    assert entries_of([Row(day="mon", choice="open", times=times)]) == ("mon 08:00-18:30",)


@pytest.mark.parametrize(
    "times",
    [
        ("", "", "", ""),
        ("08:00", "", "", ""),
        ("08:00", "08:00", "", ""),
        ("08:00", "12:00", "14:00", ""),
        ("soon", "later", "", ""),
        ("24:30", "25:00", "", ""),
    ],
)
def test_the_day_that_is_wrong_is_named(times: tuple[str, str, str, str]) -> None:
    rows = (Row(day="mon"), Row(day="tue", choice="open", times=times))
    with pytest.raises(ValueError, match="tue"):
        entries_of(rows)


def test_a_form_without_a_week_is_none() -> None:
    assert typed(KEY, {KEY: "mon 08:00-12:00"}) is None
