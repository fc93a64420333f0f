"""What a router passes on is not about it: tried with a fact of every family.

It puts its own hardware address on the frames of everybody behind it; taken for its own words, they
would make the gateway a printer.
"""

import pytest

from appliance.facts import (
    AddressClaim,
    BannerHeard,
    DicomAssociated,
    Fact,
    Hl7Heard,
    HttpAnswered,
    HttpAsked,
    ModbusHeard,
    NameAnswered,
    NameAsked,
    NetbiosTold,
    NtlmHeard,
    RdpAnswered,
    Record,
    SmbSpoken,
    SnmpHeard,
    SsdpHeard,
    TcpShape,
    TlsHello,
    WsdHeard,
)
from appliance.inventory.clues import families
from appliance.inventory.inventory import Inventory
from appliance.model import Ip, Mac
from tests.kit.check import flow, inventory
from tests.kit.made import ALICE, ALICE_IP, BOB, BOB_IP, OUTSIDE, ROUTER, ROUTER_IP, made

FAR = Ip("10.0.0.9")
"""An inside address behind a router."""


def claim(at: float, mac: Mac, ip: str) -> AddressClaim:
    return made(AddressClaim, at=at, mac=mac, sender=mac, ip=Ip(ip))


@pytest.fixture
def practice() -> Inventory:
    """Give a network whose gateway is known, with Alice and Bob."""
    network = inventory()
    for mac, ip in ((ROUTER, ROUTER_IP), (ALICE, ALICE_IP), (BOB, BOB_IP)):
        network.learn(claim(0, mac, ip))
    network.learn(flow(1, ALICE, ALICE_IP, OUTSIDE, 443, peer_mac=ROUTER))
    return network


def speaking(src: str) -> list[Fact]:
    """Give a fact of every family that says something of its sender, sent from *src*."""
    here = {"src": Ip(src), "mac": ROUTER, "dst": ALICE_IP}
    service = Record("_ipp._tcp.local", 12, "x._ipp._tcp.local", 60)
    return [
        made(HttpAnswered, server="debut/1.30", **here),
        made(HttpAsked, user_agent="Mozilla/4.0 (Windows NT 5.1)", **here),
        made(NtlmHeard, major=6, minor=1, build=7601, machine="srv-romexis", **here),
        made(SmbSpoken, version="2", dialect=0x0210, **here),
        made(BannerHeard, protocol="pjl", says="HP LaserJet", server=True, **here),
        made(RdpAnswered, protocol="credssp", **here),
        made(ModbusHeard, server=True, vendor="Dürr Dental", **here),
        made(SsdpHeard, method="notify", server="Synology/DSM", mac=ROUTER, src=Ip(src)),
        made(
            WsdHeard,
            message="hello",
            types=("wprt:PrintDeviceType",),
            mac=ROUTER,
            src=Ip(src),
        ),
        made(SnmpHeard, message="response", description="Brother NC-8300h", **here),
        made(NetbiosTold, roles=("domain_controller",), mac=ROUTER, src=Ip(src)),
        made(NameAsked, protocol="dns", name="scalews.withings.net", type=1, **here),
        made(NameAnswered, protocol="mdns", records=(service,), **here),
        made(
            NameAnswered,
            protocol="llmnr",
            records=(Record("srv-romexis", 1, src, 60),),
            **here,
        ),
        made(DicomAssociated, kind="requested", syntaxes=("1.2.840.10008.5.1.4.31",), **here),
        made(Hl7Heard, sender="ROMEXIS", message="ADT^A01", **here),
        made(TcpShape, ttl=128, away=0, **here),
        made(TlsHello, name="eu.update.synology.com", mac=ROUTER, src=Ip(src), dst=OUTSIDE),
    ]


def evidence(network: Inventory, mac: Mac) -> set[tuple[str, str]]:
    return {(it.source, it.says) for it in network.device(mac).evidence}


every_family = pytest.mark.parametrize("number", range(len(speaking(FAR))))


@every_family
@pytest.mark.parametrize("src", [OUTSIDE, FAR, ALICE_IP])
def test_what_the_gateway_only_passes_on_is_not_about_it(practice, number, src):
    """Neither the outside, nor a network behind it, nor an address that somebody else holds."""
    before = evidence(practice, ROUTER), practice.device(ROUTER).names
    practice.learn(speaking(src)[number])
    assert (evidence(practice, ROUTER), practice.device(ROUTER).names) == before
    assert practice.device(ROUTER).contacts == ()


@every_family
def test_what_the_gateway_says_from_its_own_address_is_about_it(practice, number):
    """The same facts, so that the test above does not pass for nothing."""
    before = evidence(practice, ROUTER)
    practice.learn(speaking(ROUTER_IP)[number])
    assert evidence(practice, ROUTER) > before


def test_what_a_router_between_inside_networks_passes_on_is_not_about_it(practice):
    """It has an address of its own, and is not the gateway."""
    before = evidence(practice, BOB)
    practice.learn(
        made(NtlmHeard, mac=BOB, src=FAR, dst=ALICE_IP, major=6, minor=1, build=7601, machine="x")
    )
    assert evidence(practice, BOB) == before


def test_every_family_was_tried():
    """But those that say whom they are about in themselves, or mean the receiver."""
    itself = {"DhcpAsked", "NeighbourTold", "ShareOpened"}
    tried = {type(fact).__name__ for fact in speaking(FAR)}
    assert {kind.__name__ for kind in families()} - itself <= tried
