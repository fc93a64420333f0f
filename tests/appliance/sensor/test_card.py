"""Which card to listen on, and how it is; on real cards, in a network namespace of their own."""

import select
from contextlib import closing

import pytest

from appliance.sensor.card import CardState, CardWatch, default_card, own_addresses
from appliance.sensor.source import CaptureError
from tests.appliance.sensor.cards import FAR, NEAR, addresses, fidget, join, pull_out, switch

PATIENCE = 5000
"""Milliseconds after which news that do not come are a failure."""
SETTLED = 100
"""Milliseconds within which all news of one change have come."""


@pytest.fixture
def watch(kernel):
    with closing(CardWatch(NEAR)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (CardState(), "health.card_gone"),
        (CardState(index=2), "health.card_down"),
        (CardState(index=2, up=True), "health.no_carrier"),
        (CardState(index=2, up=True, carrier=True), ""),
    ],
)
def test_the_worst_that_is_wrong_with_a_card_is_said(state: CardState, why: str):
    assert state.why == why


def told(watch: CardWatch) -> str:
    """Wait until the kernel has news, and give what is wrong then."""
    poll = select.poll()
    poll.register(watch.fileno(), select.POLLIN)
    assert poll.poll(PATIENCE)
    return watch.hear().why


def test_changes_are_told_when_they_happen(kernel, watch):
    """Down and up, the other end's plug, and the card itself; each time as it is then."""
    assert watch.state.why == ""
    switch(kernel, NEAR, "down")
    assert told(watch) == "health.card_down"
    switch(kernel, NEAR, "up")
    assert told(watch) == ""
    switch(kernel, FAR, "down")
    assert told(watch) == "health.no_carrier"
    pull_out(kernel)
    assert told(watch) == "health.card_gone"
    join(kernel)
    assert told(watch) == ""


def test_after_the_news_were_heard_there_are_none(kernel, watch):
    """Or it would look again and again."""
    switch(kernel, FAR, "down")
    assert told(watch) == "health.no_carrier"
    poll = select.poll()
    poll.register(watch.fileno(), select.POLLIN)
    for _ in range(5):  # one change may be several news, a moment apart
        if poll.poll(SETTLED):
            watch.hear()
    assert poll.poll(0) == []
    assert watch.hear().why == "health.no_carrier"


def test_more_news_than_can_be_kept_are_no_harm(kernel, watch):
    """The kernel drops some; how the card is now is asked anew."""
    fidget(kernel, 600)
    switch(kernel, NEAR, "down")
    assert told(watch) == "health.card_down"
    switch(kernel, NEAR, "up")
    assert told(watch) == ""


@pytest.mark.parametrize("name", ["none0", "a-name-longer-than-any-card-has", "../etc"])
def test_a_card_that_is_not_there_is_gone(kernel, name: str):
    with closing(CardWatch(name)) as watch:
        assert watch.state == CardState()


def test_the_default_card_is_the_one_with_the_default_route(kernel):
    with pytest.raises(CaptureError, match="no network card is named"):
        default_card()
    index = kernel.link_lookup(ifname=FAR)[0]
    kernel.addr("add", index=index, address="192.0.2.5", prefixlen=24)
    kernel.route("add", dst="default", gateway="192.0.2.1")
    assert default_card() == FAR


def test_the_addresses_of_the_machines_cards_are_its_own(kernel):
    assert own_addresses() == addresses(kernel, (FAR, NEAR, "lo"))
