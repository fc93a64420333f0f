"""Whether a system is still supported."""

from datetime import date

import pytest

from appliance.knowledge.support import Span, Verdict, day_of, span

HOME, ENTERPRISE, PAID = date(2025, 10, 14), date(2027, 1, 12), date(2028, 10, 10)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2025, 10, 14), Verdict.SUPPORTED),
        (date(2025, 10, 15), Verdict.DEPENDS),
        (date(2028, 10, 10), Verdict.DEPENDS),
        (date(2028, 10, 11), Verdict.ENDED),
    ],
)
def test_it_depends_from_the_first_end_to_the_last(day, verdict):
    """The last day of support is still one of support."""
    assert span([(HOME, PAID), (ENTERPRISE, None)]).on(day) is verdict


def test_extended_updates_do_not_make_anybody_sure():
    """Somebody has to enrol or to pay."""
    assert span([(HOME, PAID)]) == Span(HOME, PAID)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (0.0, date(1970, 1, 1)),
        (86_399.9, date(1970, 1, 1)),
        (1_795_600_000.0, date(2026, 11, 25)),
        (-1e15, date.min),
        (1e15, date.max),
    ],
)
def test_the_day_of_a_packet_is_that_in_utc(at, day):
    """A time that no calendar has becomes the nearest day that one has."""
    assert day_of(at) == day
