"""A second machine hands out addresses, or offers itself as the router."""

from appliance.detectors.rogue_dhcp import Limits, RogueDhcp
from appliance.facts import AddressClaim, DhcpOffered, RouterAdvertised
from appliance.model import Ip, Mac
from tests.kit.check import alerts

GATEWAY, SERVER, MALLORY, PC = (Mac(f"02:00:00:00:00:{end}") for end in ("01", "05", "66", "0a"))
DAY = 86_400.0


def offer(at: float, mac: Mac, message: str = "offer", version: int = 4, router: str = ""):
    return DhcpOffered(
        at=at,
        mac=mac,
        version=version,
        message=message,
        server=Ip("192.168.1.1"),
        client=PC,
        address=Ip("192.168.1.10"),
        routers=(Ip(router),) if router else (),
    )


def leads(at: float, mac: Mac, router: str, dns: str):
    return DhcpOffered(
        at=at,
        mac=mac,
        version=4,
        message="ack",
        server=Ip("192.168.1.1"),
        client=PC,
        address=None,
        routers=(Ip(router),),
        dns=(Ip(dns),),
    )


def severities(*told):
    return [alert.severity.name for alert in alerts(RogueDhcp(Limits()), *told)]


def advert(at: float, mac: Mac, lifetime: int = 1800):
    return RouterAdvertised(
        at=at, mac=mac, ip=Ip("fe80::1"), lifetime=lifetime, prefixes=(), dns=()
    )


def found(*told):
    return [alert.about for alert in alerts(RogueDhcp(Limits()), *told)]


def test_a_second_server_is_found():
    """The first one heard is the practice's own."""
    assert found(offer(0, GATEWAY), offer(5, MALLORY)) == [MALLORY]


def test_one_server_that_serves_all_day_is_not():
    """Offers, acknowledgements, refusals."""
    told = (offer(n, GATEWAY, m) for n, m in enumerate(("offer", "ack", "nak") * 9))
    assert found(*told) == []


def test_a_second_server_that_only_refuses_is_found():
    """Clients that ask for their old address are told to start anew, and then by whom."""
    assert found(offer(0, GATEWAY), offer(5, MALLORY, "nak")) == [MALLORY]


def test_a_refusal_alone_makes_nobody_the_practices_own_server():
    """It may be the rogue's."""
    assert found(offer(0, MALLORY, "nak"), offer(5, GATEWAY)) == []


def test_the_gateway_is_believed_when_the_rogue_was_heard_first():
    """Who leads to the internet also hands out addresses, in a practice."""
    here = AddressClaim(
        at=0.2, mac=GATEWAY, sender=GATEWAY, ip=Ip("192.168.1.1"), to=PC, answer=True
    )
    told = (offer(0, MALLORY, router="192.168.1.1"), here, offer(1, GATEWAY))
    assert found(*told) == [MALLORY]


def test_a_server_that_names_itself_router_is_still_the_rogue():
    """That is what it is there for."""
    gateway = AddressClaim(
        at=0.1, mac=GATEWAY, sender=GATEWAY, ip=Ip("192.168.1.1"), to=PC, answer=True
    )
    rogue = AddressClaim(
        at=2, mac=MALLORY, sender=MALLORY, ip=Ip("192.168.1.66"), to=PC, answer=True
    )
    told = (offer(0, SERVER, router="192.168.1.1"), gateway, rogue)
    assert found(*told, offer(5, MALLORY, router="192.168.1.66")) == [MALLORY]


def test_a_server_that_took_over_after_a_month_of_silence_is_not_found():
    """The old internet box is gone."""
    assert found(offer(0, GATEWAY), offer(31 * DAY, MALLORY)) == []


def test_a_second_server_of_version_6_is_found():
    """Each version is judged apart."""
    assert found(offer(0, GATEWAY), offer(1, SERVER, version=6), offer(2, MALLORY, version=6)) == [
        MALLORY
    ]


def test_a_second_router_that_advertises_itself_is_found():
    """Every machine on the network listens to it."""
    assert found(advert(0, GATEWAY), advert(5, MALLORY)) == [MALLORY]


def test_an_advertisement_that_takes_no_traffic_is_left_alone():
    """A lifetime of zero says "not through me"; home automation hubs send these."""
    assert found(advert(0, GATEWAY), advert(5, SERVER, lifetime=0)) == []


def test_a_second_server_that_leads_the_same_way_is_a_warning():
    """Two that stand in for each other send everybody to one router and one name server."""
    first = leads(0, GATEWAY, "192.168.1.1", "192.168.1.4")
    assert severities(first, leads(1, SERVER, "192.168.1.1", "192.168.1.4")) == ["WARNING"]


def test_a_second_server_that_leads_another_way_is_a_danger():
    """Another name server is enough to send everybody astray."""
    first = leads(0, GATEWAY, "192.168.1.1", "192.168.1.1")
    assert severities(first, leads(1, MALLORY, "192.168.1.66", "192.168.1.1")) == ["DANGER"]
    assert severities(first, leads(1, MALLORY, "192.168.1.1", "192.168.1.66")) == ["DANGER"]
    assert severities(first, offer(1, MALLORY)) == ["DANGER"]


def test_two_servers_that_do_not_say_where_they_lead_are_a_danger():
    """Nothing said is nothing in common."""
    assert severities(offer(0, GATEWAY), offer(1, MALLORY)) == ["DANGER"]
