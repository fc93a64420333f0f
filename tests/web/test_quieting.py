"""Noting that what an alert says is normal here."""

from typing import get_args, get_type_hints

import pytest

from appliance.decisions import Verdict
from tests.kit.people import DAY, NOW, SENSOR, alert
from tests.kit.site import Site
from web.api.shapes import Normal
from web.quieting import SPANS, call_normal, sides

MANY = alert(detector="off_limits", about=SENSOR, peers=("", "a.example", "b.example"))


def test_the_other_sides_are_offered_the_latest_first() -> None:
    assert sides(MANY) == ("b.example", "a.example")
    assert sides(alert()) == ()


def test_a_decision_says_who_what_with_whom_and_until_when(opened: Site) -> None:
    with opened.app.test_request_context():
        made = call_normal(MANY, author="camille", reason="Mises à jour", days=7, peer="a.example")
    assert opened.reader.decisions(mac=SENSOR)[-1] == made
    assert (made.verdict, made.detector, made.peer) == (Verdict.NORMAL, "off_limits", "a.example")
    assert made.until == pytest.approx(NOW + 7 * DAY)
    (entry,) = opened.reader.audit_entries(limit=1)
    assert entry.detail == f"normal off_limits {SENSOR} a.example"


@pytest.mark.parametrize(("days", "peer"), [(8, ""), (-1, ""), (7, "other.example"), (7, "?")])
def test_what_is_not_offered_is_refused(opened: Site, days: int, peer: str) -> None:
    before = opened.reader.decisions()
    with opened.app.test_request_context(), pytest.raises(ValueError, match="not offered"):
        call_normal(MANY, author="camille", reason="x", days=days, peer=peer)
    assert opened.reader.decisions() == before


def test_programs_are_offered_the_same_lengths() -> None:
    assert get_args(get_type_hints(Normal)["days"]) == SPANS
