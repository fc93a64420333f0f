"""Who holds which address, and who speaks for it."""

import pytest

from appliance.addresses import Home
from appliance.inventory.holders import LEFT_AFTER, Holders
from appliance.inventory.roster import Roster
from appliance.model import Ip
from tests.kit.made import ALICE, ALICE_IP, BOB, BOB_IP, OUTSIDE, ROUTER, ROUTER_IP


@pytest.fixture
def held():
    roster = Roster(64, frozenset(), lambda mac: None)
    for mac in (ALICE, BOB, ROUTER):
        roster.hear(mac, 0.0, learning=False)
    holders = Holders(64, roster, Home().place)
    holders.leased(ROUTER_IP, roster.find(ROUTER), 0)
    roster.find(ROUTER).gateway = True
    return holders, roster


def test_a_claim_waits_until_the_holder_was_silent(held):
    """Then the address moves."""
    holders, roster = held
    assert holders.claimed(ALICE_IP, roster.find(ALICE), 0) == []
    assert holders.claimed(ALICE_IP, roster.find(BOB), 1) is None
    (moved,) = holders.claimed(ALICE_IP, roster.find(BOB), LEFT_AFTER + 1)
    assert (moved.mac, moved.before) == (BOB, ALICE)
    assert roster.find(ALICE).addresses == []


def test_who_holds_an_address_speaks_for_it_and_nobody_else(held):
    """Whatever it is."""
    holders, roster = held
    holders.claimed(ALICE_IP, roster.find(ALICE), 0)
    assert holders.speaks(ALICE, ALICE_IP)
    assert not holders.speaks(BOB, ALICE_IP)
    assert not holders.speaks(ROUTER, ALICE_IP)
    assert holders.speaks(ROUTER, ROUTER_IP)


def test_nobody_speaks_for_the_outside(held):
    """Not even who is not known to be a router yet."""
    holders, _ = held
    assert not holders.speaks(ROUTER, OUTSIDE)
    assert not holders.speaks(ALICE, OUTSIDE)
    assert not holders.speaks(ALICE, Ip("224.0.0.251"))


def test_a_public_address_that_was_claimed_here_is_its_holders(held):
    """Some practices were given such addresses; IPv6 has no others."""
    holders, roster = held
    holders.claimed(Ip("2001:db8::7"), roster.find(ALICE), 0)
    assert holders.speaks(ALICE, Ip("2001:db8::7"))


def test_an_address_nobody_holds_is_who_uses_it_unless_that_is_a_router(held):
    """The gateway, or somebody with an address of its own."""
    holders, roster = held
    far = Ip("10.0.0.9")
    assert holders.speaks(ALICE, far)
    assert not holders.speaks(ROUTER, far)
    holders.claimed(ALICE_IP, roster.find(ALICE), 0)
    assert not holders.speaks(ALICE, far)


def test_two_addresses_that_are_only_used_betray_a_router(held):
    """Between two inside networks: neither is believed of it."""
    holders, _ = held
    near, far = Ip("10.0.0.9"), Ip("10.0.0.10")
    holders.used(near, BOB)
    assert holders.speaks(BOB, near)
    holders.used(far, BOB)
    assert not holders.speaks(BOB, near)
    assert not holders.speaks(BOB, far)


def test_a_claim_makes_a_used_address_ones_own(held):
    """Whatever else it uses."""
    holders, roster = held
    holders.used(BOB_IP, BOB)
    holders.claimed(BOB_IP, roster.find(BOB), 1)
    holders.used(Ip("10.0.0.10"), BOB)
    assert holders.speaks(BOB, BOB_IP)


def test_after_a_restart_addresses_are_as_if_only_used(held):
    """Until they are claimed again: a router had many."""
    holders, roster = held
    roster.find(ALICE).addresses = [ALICE_IP, BOB_IP]
    for ip in (ALICE_IP, BOB_IP):
        holders.restore(ip, ALICE)
    assert not holders.speaks(ALICE, ALICE_IP)
    holders.claimed(ALICE_IP, roster.find(ALICE), 9)
    assert holders.speaks(ALICE, ALICE_IP)
    assert not holders.speaks(ALICE, BOB_IP)


def test_link_local_addresses_are_never_passed_on(held):
    """Who sends from one is it, also beside others."""
    holders, roster = held
    holders.claimed(ALICE_IP, roster.find(ALICE), 0)
    assert holders.speaks(ALICE, Ip("fe80::a"))
    assert holders.speaks(ROUTER, Ip("fe80::1"))
