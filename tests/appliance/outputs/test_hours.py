"""Hours of the day."""

from zoneinfo import ZoneInfo

import pytest

from appliance.outputs.hours import is_quiet, latest
from tests.appliance.outputs.telling import NOON

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3600


@pytest.mark.parametrize(
    ("hours", "hour", "quiet"),
    [
        ("", 12, False),
        ("12:00-14:00", 12, True),
        ("12:00-14:00", 14, False),
        ("19:00-07:30", 23, True),
        ("19:00-07:30", 31, True),
        ("19:00-07:30", 31.5, False),
        ("19:00-07:30", 18.9, False),
    ],
)
def test_quiet_hours_may_go_past_midnight(hours: str, hour: float, quiet: bool) -> None:
    assert is_quiet(hours, NOON + (hour - 12) * HOUR, PARIS) is quiet


def test_the_latest_moment_is_today_or_yesterday() -> None:
    assert latest("12:00", NOON, PARIS).timestamp() == NOON
    assert latest("12:01", NOON, PARIS).timestamp() == NOON - 24 * HOUR + 60


def test_when_the_clock_is_put_back_it_is_still_the_same_hour() -> None:
    """25 October 2026, 3:00 becomes 2:00 in Paris."""
    moment = latest("18:00", 1_792_951_200.0, PARIS)
    assert (moment.hour, moment.minute) == (18, 0)


def test_without_a_zone_it_is_that_of_the_machine() -> None:
    assert latest("00:00", NOON, None).tzinfo is not None
