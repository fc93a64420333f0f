"""A machine asks for, or talks to, a name or an address on the lists."""

import pytest

from appliance.detectors.known_bad import KnownBad, Limits
from appliance.facts import HttpAsked, NameAsked, TlsHello
from appliance.lists import collect, parse
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow, inventory

ALICE, GATEWAY = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01")
LISTS = collect(parse("bad.example,made up\n203.0.113.66\n198.51.100.0/24,a bad network\n", "test"))


def found(*told):
    network = inventory(lists=LISTS)
    return [
        (alert.about, alert.words["host"])
        for alert in alerts(KnownBad(Limits()), *told, network=network)
    ]


def asked(name: str, protocol: str = "dns"):
    return NameAsked(
        at=0,
        mac=ALICE,
        src=Ip("192.168.1.10"),
        dst=Ip("192.168.1.1"),
        protocol=protocol,
        name=name,
        type=1,
    )


@pytest.mark.parametrize("name", ["bad.example", "c2.bad.example", "a.b.bad.example"])
def test_a_listed_name_and_all_below_it_are_found(name):
    """Asking is enough."""
    assert found(asked(name)) == [(ALICE, name)]


@pytest.mark.parametrize(
    "name", ["notbad.example", "bad.example.org", "example", "good.example", ""]
)
def test_names_that_only_look_like_a_listed_one_are_left_alone(name):
    """Whole labels are compared."""
    assert found(asked(name)) == []


def test_a_name_called_by_tls_or_http_is_found():
    """The name was asked for elsewhere, or over encrypted DNS."""
    ends = {"mac": ALICE, "src": Ip("192.168.1.10"), "dst": Ip("93.184.216.34")}
    hello = TlsHello(at=0, dport=443, name="x.bad.example", alpn=(), version=772, ja4="", **ends)
    head = HttpAsked(
        at=0, dport=80, method="GET", host="y.bad.example", user_agent="", content_type="", **ends
    )
    assert found(hello) == [(ALICE, "x.bad.example")]
    assert found(head) == [(ALICE, "y.bad.example")]


@pytest.mark.parametrize("ip", ["203.0.113.66", "198.51.100.7"])
def test_a_listed_address_is_found(ip):
    """Whether it is listed alone or within a network."""
    assert found(flow(0, ALICE, "192.168.1.10", ip, 443)) == [(ALICE, ip)]


def test_a_listed_address_that_reaches_in_accuses_the_inside_machine():
    """The gateway only passes it on."""
    inward = flow(0, GATEWAY, "203.0.113.66", "192.168.1.10", 3389, peer_mac=ALICE)
    assert found(inward) == [(ALICE, "203.0.113.66")]


def test_the_neighbouring_address_is_left_alone():
    """Only the address itself is listed."""
    assert found(flow(0, ALICE, "192.168.1.10", "203.0.113.67", 443)) == []


def test_names_called_on_the_local_network_are_not_judged():
    """A neighbour that is called like a bad site is no call to it."""
    assert found(asked("bad.example", "mdns")) == []
