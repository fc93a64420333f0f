"""A tool for remote control, a tunnel, a VPN or Tor is in use."""

import pytest

from appliance.decisions import Known, Standing
from appliance.detectors.remote_access import Limits, RemoteAccess
from appliance.facts import AddressClaim, BannerHeard, HttpAsked, NameAsked, RdpAnswered, TlsHello
from appliance.model import Ip, Mac, Severity
from tests.kit.check import alerts, flow, inventory

PC, OTHER = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:0b")
PC_IP, OTHER_IP, OUTSIDE = Ip("192.168.1.10"), Ip("192.168.1.11"), Ip("93.184.216.34")
DAY = 86_400.0
RELAY = "relay-1a2b3c4d.net.anydesk.com"


def claims(mac, ip):
    return AddressClaim(at=0, mac=mac, sender=mac, ip=ip, to=Mac("ff:ff:ff:ff:ff:ff"), answer=False)


HERE = (claims(PC, PC_IP), claims(OTHER, OTHER_IP))


def hello(at, name, *, mac=PC, src=PC_IP, dst=OUTSIDE, alpn=("h2",)):
    return TlsHello(
        at=at, mac=mac, src=src, dst=dst, dport=443, name=name, alpn=alpn, version=0x0304, ja4=""
    )


def talks(at, dport=443, *, mac=PC, src=PC_IP, dst=OUTSIDE, times=12, **how):
    return [flow(at + n, mac, src, dst, dport, opened=n == 0, **how) for n in range(times)]


def uses(at, name=RELAY, **how):
    """Give a call with data to a host of a tool."""
    own = {key: value for key, value in how.items() if key in ("mac", "src", "dst")}
    return [hello(at, name, **how), *talks(at, **own)]


def banner(src, dst, *, mac=PC, server=True):
    return BannerHeard(
        at=1,
        mac=mac,
        src=src,
        dst=dst,
        sport=5900,
        dport=50_000,
        protocol="vnc",
        server=server,
        says="3.8",
    )


def screen(src, dst, *, mac=PC, protocol="tls"):
    return RdpAnswered(at=1, mac=mac, src=src, dst=dst, sport=3389, protocol=protocol, failure=0)


def found(*told, allowed=(), learn=0.0, role="", **limits):
    standing = Standing(known={PC: Known(approved=True, role=role)} if role else {})
    network = inventory(standing=standing, learn_until=learn, remote_tools=allowed)
    facts = [
        fact for each in (*HERE, *told) for fact in (each if isinstance(each, list) else [each])
    ]
    said = alerts(RemoteAccess(Limits(**limits)), *facts, network=network)
    return [(alert.about, alert.words["tool"], alert.severity) for alert in said]


def test_a_station_that_talks_with_a_relay_is_found():
    assert found(uses(1)) == [(PC, "AnyDesk", Severity.WARNING)]
    asked = HttpAsked(
        at=1,
        mac=PC,
        src=PC_IP,
        dst=OUTSIDE,
        dport=80,
        method="GET",
        host="ping3.teamviewer.com",
        user_agent="",
        content_type="",
    )
    assert found(asked, talks(1, 80)) == [(PC, "TeamViewer", Severity.WARNING)]


def test_a_name_called_without_data_is_no_use():
    """A browser calls in advance; the opening alone is not enough, nor is what nobody answers."""
    assert found(hello(1, RELAY), talks(1, times=2)) == []
    assert found(hello(1, RELAY), talks(1, times=60, back=False)) == []


def test_data_of_another_hour_does_not_add_up():
    calls = [
        each for n in range(10) for each in (hello(n * 4000, RELAY), *talks(n * 4000, times=2))
    ]
    assert found(calls) == []


def test_the_site_of_a_maker_is_left_alone():
    assert found(uses(1, "www.teamviewer.com"), uses(2, "anydesk.com")) == []


def test_a_protocol_of_its_own_is_enough_also_inside():
    alpn = ("anydesk/7.1.0/windows",)
    assert found(hello(1, "", alpn=alpn)) == [(PC, "AnyDesk", Severity.WARNING)]
    assert found(hello(1, "", alpn=alpn, dst=OTHER_IP)) == [(PC, "AnyDesk", Severity.WARNING)]


def test_an_allowed_tool_is_a_notice_and_any_other_a_warning():
    assert found(uses(1), allowed=["anydesk"]) == [(PC, "AnyDesk", Severity.NOTICE)]
    assert found(uses(1), allowed=["teamviewer"]) == [(PC, "AnyDesk", Severity.WARNING)]


def test_what_is_there_while_the_box_learns_is_a_notice():
    assert found(uses(1), learn=DAY) == [(PC, "AnyDesk", Severity.NOTICE)]


def stations(at, count):
    return [
        fact
        for n in range(count)
        for fact in uses(
            at + 30 * n, mac=Mac(f"02:00:00:00:01:{n:02x}"), src=Ip(f"192.168.1.{50 + n}")
        )
    ]


def test_an_allowed_tool_that_begins_on_three_stations_together_is_a_warning():
    """So do intruders use a provider's access."""
    said = found(talks(0), stations(2 * DAY, 4), allowed=["anydesk"])
    assert [severity for _, _, severity in said].count(Severity.WARNING) == 1
    assert found(talks(0), stations(2 * DAY, 2), allowed=["anydesk"]) == [
        (f"02:00:00:00:01:0{n}", "AnyDesk", Severity.NOTICE) for n in range(2)
    ]


def test_a_tool_that_starts_every_morning_on_all_stations_is_usual():
    """And on the first day nobody knows what is usual."""
    mornings = [stations(day * DAY, 4) for day in range(4)]
    said = found(talks(0), *mornings, allowed=["anydesk"])
    assert {severity for _, _, severity in said} == {Severity.NOTICE}


def test_ports_of_tools_count_with_data():
    assert found(talks(1, 5938)) == [(PC, "TeamViewer", Severity.WARNING)]
    assert found(talks(1, 6783, dst=OTHER_IP)) == [(PC, "Splashtop", Severity.WARNING)]
    assert found(talks(1, 6783)) == []
    assert found(talks(1, 5938, payload=False)) == []


def test_a_vpn_is_a_notice_and_that_of_the_gateway_or_of_a_telephone_nothing():
    assert found(talks(1, 1194, proto=17)) == [(PC, "OpenVPN", Severity.NOTICE)]
    router = {"mac": Mac("02:00:00:00:00:01"), "src": Ip("192.168.1.1")}
    assert found(talks(1), talks(2, 4500, proto=17, **router)) == []
    assert found(talks(1, 4500, proto=17), role="phone") == []
    assert found(talks(1, 4500, proto=17)) == [(PC, "IPsec", Severity.NOTICE)]


def asks(name):
    return NameAsked(
        at=0.5, mac=PC, src=PC_IP, dst=Ip("192.168.1.1"), protocol="dns", name=name, type=1
    )


TOR = ("www.ab2cd3ef.com", "www.q4x7yamnc.com")


def test_two_names_of_chance_that_nobody_asked_for_are_tor():
    assert found(*(hello(n, name, alpn=()) for n, name in enumerate(TOR))) == [
        (PC, "Tor", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    "told",
    [
        [hello(1, TOR[0], alpn=())],
        [hello(1, TOR[0], alpn=()), hello(2, TOR[0], alpn=())],
        [hello(1, name) for name in TOR],
        [hello(1, "www.example.com", alpn=()), hello(2, "www.pcloud.com", alpn=())],
        [*map(asks, TOR), *(hello(1, name, alpn=()) for name in TOR)],
        [hello(1, TOR[0], alpn=()), hello(4000, TOR[1], alpn=())],
    ],
)
def test_one_name_a_browser_words_and_what_was_asked_for_are_not_tor(told):
    assert found(told) == []


def test_a_screen_seen_from_outside_is_a_warning():
    assert found(banner(PC_IP, OUTSIDE)) == [(PC, "VNC", Severity.WARNING)]
    assert found(screen(PC_IP, OUTSIDE)) == [(PC, "RDP", Severity.WARNING)]


def test_a_screen_outside_and_vnc_inside_are_notices():
    """Some practices' software runs on a server elsewhere."""
    assert found(screen(OUTSIDE, PC_IP)) == [(PC, "RDP", Severity.NOTICE)]
    assert found(banner(OUTSIDE, PC_IP)) == [(PC, "VNC", Severity.NOTICE)]
    assert found(banner(PC_IP, OTHER_IP)) == [(PC, "VNC", Severity.NOTICE)]


def test_a_desktop_that_refuses_and_one_inside_are_nothing_here():
    assert found(screen(PC_IP, OUTSIDE, protocol="")) == []
    assert found(screen(PC_IP, OTHER_IP)) == []
    assert found(banner(OUTSIDE, Ip("93.184.216.35"))) == []


def test_it_is_said_once_an_hour():
    network = inventory()
    told = [*uses(1), *talks(100, times=50), *uses(5000)]
    (alert,) = alerts(RemoteAccess(Limits()), *HERE, *told, network=network)
    assert alert.count == 2
