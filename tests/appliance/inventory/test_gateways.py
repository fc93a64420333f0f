"""Which device is the gateway."""

from appliance.inventory.gateways import ROUTERS, Gateways
from appliance.model import Ip, Mac

A, B = Mac("02:00:00:00:00:01"), Mac("02:00:00:00:00:02")
IP_A, IP_B = Ip("192.168.1.1"), Ip("192.168.1.2")


def test_a_router_named_by_dhcp_before_it_was_heard_is_the_one_that_claims_the_address():
    """The lease often comes first."""
    found = Gateways()
    assert found.leased(IP_A, None) is None
    assert found.claimed(IP_B, B) is None
    assert found.claimed(IP_A, A) == A
    assert found.claimed(IP_A, B) is None
    assert found.all() == {A: IP_A}


def test_a_named_router_outranks_one_that_only_passes_traffic():
    """A machine in the middle passes traffic, too."""
    found = Gateways()
    assert found.passed(B) == B
    found.leased(IP_A, A)
    assert A in found
    assert B not in found
    assert found.passed(B) is None


def test_an_advertisement_can_be_taken_back():
    """With a lifetime of zero."""
    found = Gateways()
    assert found.advertised(A, Ip("fe80::1"), 1800) == A
    assert found.advertised(A, Ip("fe80::1"), 0) is None
    assert A not in found


def test_routers_have_a_maximum():
    """An attacker may pass traffic with many addresses."""
    found = Gateways()
    for number in range(100):
        found.passed(Mac(f"02:00:00:00:00:{number:02x}"))
    assert len(found.all()) == ROUTERS


def test_who_offers_a_router_is_remembered_believed_or_not():
    """The panel weighs that after a cut."""
    gateways = Gateways()
    gateways.offered(Mac("02:00:00:00:00:99"), Ip("192.168.1.99"), 5.0)
    gateways.offered(Mac("02:00:00:00:00:99"), Ip("192.168.1.99"), 9.0)
    assert gateways.offers.get((Mac("02:00:00:00:00:99"), Ip("192.168.1.99"))) == 9.0
    assert gateways.all() == {}
    for n in range(99):
        gateways.offered(Mac(f"02:00:00:00:01:{n:02x}"), Ip("192.168.1.98"), 9.0)
    assert len(gateways.offers) == ROUTERS
