"""Whether a system is still supported."""

from datetime import date

import pytest

from appliance.knowledge.support import Span, Verdict, span

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
