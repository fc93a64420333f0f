"""When people are in the practice."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance import hours
from appliance.hours import DAYS, Hours, read, spans_of, zone_of

PARIS = ZoneInfo("Europe/Paris")
USUAL = ("mon-fri 08:00-12:00", "mon-fri 14:00-19:00", "sat 09:00-12:00")


def at(text: str) -> float:
    """Give the time at which the clock in Paris shows *text*; 2026-11-23 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).timestamp()


def made(*entries: str, zone: str = "Europe/Paris") -> Hours:
    found = read(entries, zone)
    assert found is not None
    return found


def test_it_is_open_from_the_first_minute_to_before_the_last() -> None:
    usual = made(*USUAL)
    assert usual.open_at(at("2026-11-23 08:00"))
    assert usual.open_at(at("2026-11-23 18:59:59"))
    assert not usual.open_at(at("2026-11-23 07:59:59"))
    assert not usual.open_at(at("2026-11-23 19:00"))
    assert not usual.open_at(at("2026-11-23 13:00"))


def test_the_week_has_days_of_its_own() -> None:
    usual = made(*USUAL)
    assert usual.open_at(at("2026-11-28 10:00"))
    assert not usual.open_at(at("2026-11-28 15:00"))
    assert not usual.open_at(at("2026-11-29 10:00"))


def test_a_span_may_go_past_midnight_and_past_the_week() -> None:
    late = made("sun 22:00-02:00")
    assert late.open_at(at("2026-11-29 23:59"))
    assert late.open_at(at("2026-11-30 01:59"))
    assert not late.open_at(at("2026-11-30 02:00"))
    assert not late.open_at(at("2026-11-29 01:00"))


def test_days_may_go_past_the_week() -> None:
    odd = made("sat-mon 09:00-10:00")
    assert [odd.open_at(at(f"2026-11-{day} 09:30")) for day in (27, 28, 29, 30)] == [
        False, True, True, True,
    ]  # fmt: skip


def test_a_whole_day_is_open_all_day() -> None:
    assert all(
        made("mon 00:00-24:00").open_at(at(f"2026-11-23 {hour:02}:00")) for hour in range(24)
    )
    assert not made("mon 00:00-24:00").open_at(at("2026-11-24 00:00"))


def test_hours_are_those_of_the_wall_also_when_clocks_change() -> None:
    """From 29 March 2026 on, 8 o'clock in Paris is an hour earlier by UTC."""
    early = made("sun-mon 08:00-09:00")
    friday = made("fri 08:00-09:00")
    assert friday.open_at(1_774_594_800 + 3600 * 0)  # 27 March, 07:00 UTC
    assert not friday.open_at(1_774_594_800 - 3600)
    assert early.open_at(1_774_764_000)  # 29 March, 06:00 UTC
    assert not early.open_at(1_774_764_000 + 3600)


def test_the_hour_that_comes_twice_is_open_twice() -> None:
    """On 25 October 2026 it is half past two at 00:30 and at 01:30 UTC."""
    night = made("sun 02:00-03:00")
    assert night.open_at(1_792_888_200)
    assert night.open_at(1_792_888_200 + 3600)
    assert not night.open_at(1_792_888_200 + 7200)


def test_the_zone_is_the_practices() -> None:
    assert made("mon 08:00-09:00", zone="America/Martinique").open_at(
        datetime.fromisoformat("2026-11-23T12:30:00+00:00").timestamp()
    )


def test_nobody_is_there_only_an_hour_from_all_hours() -> None:
    """Who comes early, tidies up late or stays over noon is no intruder."""
    usual = made(*USUAL)
    for time in ("07:01", "08:00", "12:30", "13:00", "19:59"):
        assert not usual.empty_at(at(f"2026-11-23 {time}")), time
    for time in ("06:59", "20:00", "03:00"):
        assert usual.empty_at(at(f"2026-11-23 {time}")), time
    assert usual.empty_at(at("2026-11-29 11:00"))


def test_public_holidays_are_days_like_others() -> None:
    """They are not modelled: on the first of May, a Friday, nothing is made graver."""
    assert made(*USUAL).open_at(at("2026-05-01 10:00"))


def test_without_entries_there_are_no_hours() -> None:
    assert read((), "Europe/Paris") is None
    assert read((), "Nowhere/Else") is None


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "mon",
        "08:00-19:00",
        "mon 8:00-19:00",
        "Mon 08:00-19:00",
        "lun 08:00-19:00",
        "mon-xyz 08:00-19:00",
        "mon,tue 08:00-19:00",
        "mon 08:00-08:00",
        "mon 08:60-09:00",
        "mon 08:00-24:01",
        "mon 25:00-26:00",
        "mon 24:00-08:00",
        "mon 08:00-19:00 ",
        "mon 08:00 - 19:00",
        "mon 0८:00-19:00",
    ],
)
def test_what_makes_no_sense_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=r"no hours|no clock"):
        spans_of(entry)


@pytest.mark.parametrize("zone", ["", "Paris", "../../etc/passwd", "/etc/localtime", "Europe"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone_of(zone)


@given(st.floats(allow_nan=False), st.sampled_from(DAYS))
def test_every_time_that_a_packet_may_claim_is_judged(claimed: float, day: str) -> None:
    made(f"{day} 08:00-19:00").empty_at(claimed)


@given(st.integers(0, 2_000_000_000), st.sampled_from(DAYS), st.integers(0, 23), st.integers(0, 24))
def test_a_day_is_open_as_long_as_it_says(start: int, day: str, begins: int, ends: int) -> None:
    """Counted by the quarter of an hour over a week in a zone whose clocks never change."""
    if begins == ends:
        return
    one = made(f"{day} {begins:02}:00-{ends:02}:00", zone="UTC")
    quarters = sum(one.open_at(start + 900 * step) for step in range(7 * 96))
    assert quarters == ((ends - begins) % 24 or 24) * 4


def test_no_clock_is_asked() -> None:
    text = Path(hours.__file__).read_text("utf-8")
    assert not re.search(r"\b(today|now|utcnow|time)\(|import time\b", text)
