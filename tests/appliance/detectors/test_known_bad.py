"""A machine asks for, or talks to, a name or an address on the lists."""

import pytest

from appliance.detectors.known_bad import KnownBad, Limits
from appliance.facts import HttpAsked, NameAsked, TlsHello, TlsServed
from appliance.model import Ip, Mac, Severity
from tests.kit.check import alerts, flow, inventory, listed

ALICE, GATEWAY = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:01")
JA4 = "t13d1516h2_8daaf6152771_b186095e22b6"
LISTS = listed(
    "bad.example,made up",
    "203.0.113.66",
    "198.51.100.0/24,a bad network",
    "brief.example,,1970-01-01",
    f"{JA4},a tool",
    "ab" * 20,
    "cd" * 32,
)


def found(*told):
    network = inventory(lists=LISTS)
    return [
        (alert.about, alert.words["host"])
        for alert in alerts(KnownBad(Limits()), *told, network=network)
    ]


def asked(name: str, protocol: str = "dns", at: float = 0.0):
    return NameAsked(
        at=at,
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


def test_an_entry_counts_until_its_day_is_over_by_the_time_of_the_packets():
    """So a replay of an old capture says what the box said then."""
    assert found(asked("brief.example", at=86_399.0)) == [(ALICE, "brief.example")]
    assert found(asked("brief.example", at=86_400.0)) == []


def hello(dst: str, ja4: str = JA4, name: str = "") -> TlsHello:
    return TlsHello(
        at=0,
        mac=ALICE,
        src=Ip("192.168.1.10"),
        dst=Ip(dst),
        dport=443,
        name=name,
        alpn=(),
        version=772,
        ja4=ja4,
    )


def test_a_listed_way_to_open_tls_is_a_warning_for_others_may_open_it_alike():
    (alert,) = alerts(KnownBad(Limits()), hello("93.184.216.34"), network=inventory(lists=LISTS))
    assert (alert.about, alert.severity) == (ALICE, Severity.WARNING)
    assert alert.words == {"host": "93.184.216.34", "list": "test", "why": "a tool"}


@pytest.mark.parametrize(("dst", "ja4"), [("192.168.1.9", JA4), ("93.184.216.34", "")])
def test_a_listed_way_within_the_practice_or_half_heard_is_left_alone(dst, ja4):
    assert found(hello(dst, ja4)) == []


def served(**hashes: str) -> TlsServed:
    return TlsServed(
        at=1,
        mac=GATEWAY,
        src=Ip("93.184.216.34"),
        dst=Ip("192.168.1.10"),
        sport=443,
        version=771,
        cipher=1,
        **hashes,
    )


@pytest.mark.parametrize("hashes", [{"sha1": "ab" * 20}, {"sha256": "cd" * 32, "sha1": "0" * 40}])
def test_a_listed_certificate_accuses_the_machine_that_called(hashes):
    """It is named by either of its hashes."""
    talk = flow(0, ALICE, "192.168.1.10", "93.184.216.34", 443)
    assert found(talk, served(**hashes)) == [(ALICE, "93.184.216.34")]


def test_another_certificate_or_none_in_clear_is_left_alone():
    talk = flow(0, ALICE, "192.168.1.10", "93.184.216.34", 443)
    assert found(talk, served(sha1="0" * 40, sha256="0" * 64), served()) == []
