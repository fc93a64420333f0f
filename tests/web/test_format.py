"""How numbers, sizes and times are written."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance import time_of_day
from appliance.texts import LANGUAGES
from web import format as form
from web.format import THIN

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC).timestamp()
DAY = 86_400.0


@pytest.fixture(autouse=True)
def _universal_time() -> None:
    time_of_day.tell("UTC")


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [
        (0, f"0{THIN}o", "0 B"),
        (999, f"999{THIN}o", "999 B"),
        (1000, f"1,0{THIN}ko", "1.0 kB"),
        (2_400_000, f"2,4{THIN}Mo", "2.4 MB"),
        (45_000_000_000, f"45{THIN}Go", "45 GB"),
        (10**16, f"10{THIN}000{THIN}To", "10,000 TB"),
    ],
)
def test_sizes_take_the_unit_that_suits_them(size: int, french: str, english: str) -> None:
    assert form.octets("fr", size) == french
    assert form.octets("en", size) == english


def test_times_are_said_as_one_says_them() -> None:
    assert form.moment("fr", NOON, NOON) == f"aujourd'hui à 12{THIN}h{THIN}00"
    assert form.moment("en", NOON - DAY, NOON) == "yesterday at 12:00"
    assert form.moment("fr", NOON - 2 * DAY, NOON) == f"le 1er novembre à 12{THIN}h{THIN}00"
    assert form.moment("en", NOON - 400 * DAY, NOON) == "29 September 2025 at 12:00"


def test_a_time_in_the_future_has_its_date() -> None:
    assert form.moment("en", NOON + DAY, NOON) == "4 November at 12:00"


def test_logs_have_the_second_and_programs_the_standard() -> None:
    assert form.full("en", NOON) == "3 November 2026 at 12:00:00"
    assert form.machine(NOON) == "2026-11-03T12:00:00+00:00"


def test_what_is_long_ago_is_said_in_its_largest_unit() -> None:
    assert form.ago("fr", NOON - 30, NOON) == "à l'instant"
    assert form.ago("fr", NOON - 60, NOON) == "il y a 1 minute"
    assert form.ago("en", NOON - 2 * 3600, NOON) == "2 hours ago"
    assert form.span("fr", 3 * DAY) == "3 jours"
    assert form.span("en", 0.4) == "0 seconds"


def test_a_clock_that_stepped_back_does_no_harm() -> None:
    assert form.ago("fr", NOON + 500, NOON) == "à l'instant"
    assert form.span("fr", -5) == "0 seconde"


@given(st.floats(0, 4_000_000_000), st.sampled_from(LANGUAGES))
def test_every_time_can_be_written(at: float, language: str) -> None:
    assert form.moment(language, at, NOON)
    assert form.full(language, at)


def test_the_zone_is_the_boxs_own() -> None:
    time_of_day.tell("Europe/Paris")
    assert form.clock("fr", NOON) == f"13{THIN}h{THIN}00"
