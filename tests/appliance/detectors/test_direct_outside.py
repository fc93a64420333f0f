"""A device talks to a bare outside address, on a port of no ordinary program."""

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.direct_outside import DirectOutside, Limits
from appliance.facts import HttpAsked, NameAnswered, Record, Tick, TlsHello
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow, inventory

PC, OTHER, ROUTER = (Mac(f"02:00:00:00:00:{end}") for end in ("0a", "0b", "01"))
OUTSIDE = Ip("93.184.216.34")
START = 1_800_000_000.0
LATER = 4000.0
DAY = 86_400.0


def call(at: float, dst: str = OUTSIDE, port: int = 4444, *, mac: Mac = PC, **how):
    return flow(START + at, mac, "192.168.1.10", dst, port, **how)


def named(at: float, ip: str = OUTSIDE, name: str = "tool.example"):
    return NameAnswered(
        at=START + at,
        mac=ROUTER,
        src=Ip("192.168.1.1"),
        dst=Ip("192.168.1.10"),
        protocol="dns",
        name=name,
        type=1,
        code=0,
        records=(Record(name, 1, ip, 60),),
    )


def found(*told, days: float = 0.1, **known):
    standing = Standing(known={PC: Known(approved=True, **known)} if known else {})
    ticks = [Tick(START + n * 60) for n in range(int(days * DAY / 60))]
    facts = sorted((*ticks, *told), key=lambda fact: fact.at)
    said = alerts(DirectOutside(Limits()), *facts, network=inventory(standing=standing))
    return [
        (alert.about, alert.words["host"], alert.words["port"], alert.words["count"], alert.count)
        for alert in said
    ]


def test_an_answered_call_to_a_bare_address_is_found():
    assert found(call(LATER)) == [(PC, OUTSIDE, "4444", "1", 1)]


def test_several_addresses_are_one_finding_with_an_example():
    told = [call(LATER + n, f"93.184.217.{n}", 4444) for n in range(20)]
    assert found(*told) == [(PC, "93.184.217.0", "4444", "20", 1)]


def test_nothing_is_noted_while_names_of_before_may_be_in_use():
    """An hour after the box began."""
    assert found(call(1000)) == []


def test_an_address_with_a_name_is_left_alone():
    """Asked for before, or heard soon after."""
    assert found(named(10), call(LATER)) == []
    assert found(call(LATER), named(LATER + 100)) == []


@pytest.mark.parametrize(
    "how",
    [
        {"port": 443},
        {"port": 8883},
        {"port": 22},
        {"proto": 17, "port": 3478},
        {"proto": 17, "port": 19302},
        {"proto": 17, "port": 51_820},
        {"proto": 17, "port": 40_000},
        {"back": False},
        {"payload": False},
        {"dst": "192.168.1.5"},
    ],
)
def test_ordinary_ports_udp_silence_and_neighbours_are_left_alone(how):
    assert found(call(LATER, **how)) == []


def test_a_program_that_shares_files_is_left_alone():
    """Many addresses, and as many ports."""
    told = [call(LATER + n, f"93.184.217.{n}", 20_000 + n) for n in range(30)]
    assert found(*told) == []


def test_it_is_told_once_a_day():
    told = [call(LATER + n * 600) for n in range(250)]
    assert found(*told, days=1.9) == [(PC, OUTSIDE, "4444", "1", 2)]


def test_each_device_has_a_finding_of_its_own():
    told = [call(LATER), call(LATER + 1, mac=OTHER)]
    assert [mac for mac, *_ in found(*told)] == [PC, OTHER]


def test_telephones_and_declared_addresses_are_left_alone():
    assert found(call(LATER), role="phone") == []
    assert found(call(LATER), role="workstation", hosts=(OUTSIDE,)) == []
    assert found(call(LATER), role="workstation") != []


def test_the_gateway_calls_whom_it_likes():
    through = flow(START + 1, PC, "192.168.1.10", OUTSIDE, 80, peer_mac=ROUTER)
    assert found(through, call(LATER, mac=ROUTER)) == []


def asks(at: float = 1.0, *, host: str = OUTSIDE, port: int = 7080):
    return HttpAsked(
        at=START + at,
        mac=PC,
        src=Ip("192.168.1.10"),
        dst=OUTSIDE,
        dport=port,
        method="POST",
        host=host,
        user_agent="",
        content_type="",
    )


def hello(at: float = 1.0, *, name: str = "", port: int = 7084):
    return TlsHello(
        at=START + at,
        mac=PC,
        src=Ip("192.168.1.10"),
        dst=OUTSIDE,
        dport=port,
        name=name,
        alpn=(),
        version=0x0303,
        ja4="",
    )


@pytest.mark.parametrize("told", [asks(), asks(port=443), hello()])
def test_who_says_itself_that_it_has_no_name_is_found_at_once(told):
    """No name can be heard later; the hour of the beginning is not waited for."""
    assert found(told) == [(PC, OUTSIDE, str(told.dport), "1", 1)]


@pytest.mark.parametrize(
    "told",
    [
        asks(port=80),
        asks(host="tool.example"),
        hello(name="tool.example"),
        hello(port=443),
        hello(port=2762),
    ],
)
def test_ordinary_ports_and_hosts_with_a_name_are_left_alone(told):
    assert found(told) == []


def test_tls_without_a_name_to_a_host_that_has_one_is_left_alone():
    """Small devices ask for a name and do not say it again."""
    assert found(named(0.5), hello()) == []


def test_who_meets_many_bare_addresses_on_one_udp_port_is_found():
    """So do machines that nobody in particular commands; a game or two asks fewer."""
    peers = [call(n, f"93.184.217.{n}", 16_464, proto=17) for n in range(1, 41)]
    assert found(*peers) == [(PC, "93.184.217.30", "16464", "30", 1)]
    assert found(*peers[:29]) == []


def test_many_addresses_on_many_udp_ports_share_files():
    """Each peer of a file sharing program listens on a port of its own."""
    peers = [call(n, f"93.184.217.{n}", 20_000 + n, proto=17) for n in range(1, 61)]
    assert found(*peers) == []


def test_a_name_that_anybody_can_have_for_a_day_counts_as_none():
    """It is sure at once: no other name will come."""
    for told in (hello(), call(2)):
        asked = named(0.5, name="whoever.duckdns.org")
        assert found(asked, told) == [(PC, OUTSIDE, str(told.dport), "1", 1)]


def test_a_request_that_calls_its_host_by_the_address_is_found_whatever_its_name():
    """It was told the address by somebody, in clear, on the port of encrypted pages."""
    assert found(named(0.5), asks(port=443)) == [(PC, OUTSIDE, "443", "1", 1)]
