"""What the address of the list of alerts asks for."""

import pytest

from tests.kit.people import PHONE
from tests.kit.site import Site
from web.sifting import Asked, asked

FULL = {
    "state": "closed",
    "q": "nas",
    "severity": "danger",
    "detector": "beacon",
    "device": PHONE,
    "days": "7",
    "sort": "newest",
}


def read(opened: Site, query: dict[str, str]) -> Asked:
    with opened.app.test_request_context("/alerts", query_string=query):
        return asked()


def test_an_address_says_all_that_is_asked_for(opened: Site) -> None:
    """So that it can be sent to somebody, or kept."""
    assert read(opened, FULL).query == FULL
    assert read(opened, {}).query == {}


def test_what_makes_no_sense_is_not_asked_for(opened: Site) -> None:
    odd = {"severity": "terrible", "days": "-3", "sort": "sideways", "q": "  ", "device": ""}
    assert read(opened, odd) == Asked()
    assert read(opened, {"days": "many"}) == Asked()


def test_each_filter_can_be_left_out_by_itself(opened: Site) -> None:
    wanted = read(opened, FULL)
    for key in ("q", "severity", "detector", "device", "days"):
        assert wanted.without(key) == {each: FULL[each] for each in FULL if each != key}
    assert wanted.bare() == {"state": "closed", "sort": "newest"}
    assert wanted.on("open") == {each: FULL[each] for each in FULL if each != "state"}


@pytest.mark.parametrize("query", [{}, {"state": "all"}, {"sort": "newest"}])
def test_a_state_and_an_order_hide_nothing_that_is_not_said(
    opened: Site, query: dict[str, str]
) -> None:
    assert not read(opened, query).any
    assert read(opened, query | {"days": "7"}).any
