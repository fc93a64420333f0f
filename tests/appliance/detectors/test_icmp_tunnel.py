"""Data leaves, or comes in, hidden in pings."""

import pytest
from msgspec.structs import replace

from appliance.detectors.icmp_tunnel import IcmpTunnel, Limits
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow

PC, ROUTER = "02:00:00:00:00:0a", "02:00:00:00:00:01"
INSIDE, OUTSIDE = "192.168.1.10", "93.184.216.34"


def ping(at: float, out: tuple[int, int], back: tuple[int, int], **more):
    """Give a second of pings: packets and bytes, each way."""
    base = flow(at, PC, INSIDE, OUTSIDE, 0, proto=1, sport=8, opened=False)
    sizes = {"packets_out": out[0], "payload_out": out[1]}
    return replace(base, **sizes, packets_in=back[0], payload_in=back[1], **more)


def found(*told, **limits):
    made = alerts(IcmpTunnel(Limits(**limits)), *told)
    return [(alert.about, alert.words["other"], alert.count) for alert in made]


def tunnel(count: int, pace: float = 1.0, sizes: int = 20):
    """Give answers of many lengths to short questions."""
    return [ping(n * pace, (4, 4 * 36), (4, 4 * 36 + n % sizes * 300)) for n in range(1, count + 1)]


def test_answers_that_say_something_of_their_own_are_a_tunnel():
    """Ten seconds of them."""
    assert found(*tunnel(10)) == [(PC, OUTSIDE, 1)]


def test_nine_seconds_are_not():
    assert found(*tunnel(9)) == []


def test_a_long_tunnel_is_one_alert():
    assert found(*tunnel(100)) == [(PC, OUTSIDE, 9)]


def test_seconds_far_apart_are_not():
    """One a minute."""
    assert found(*tunnel(100, pace=60)) == []


def test_monitoring_at_one_length_all_day_is_left_alone():
    assert found(*(ping(n, (1, 40), (1, 40)) for n in range(5000))) == []


def test_a_flood_of_the_longest_pings_is_left_alone():
    """Whatever it carries comes back."""
    assert found(*(ping(n, (900, 900 * 65_008), (900, 900 * 65_008)) for n in range(60))) == []


def test_a_lossy_line_is_left_alone():
    """Fewer answers, but whole ones."""
    assert found(*(ping(n, (9, 9 * 1008), (n % 9, n % 9 * 1008)) for n in range(60))) == []


def test_a_search_for_the_longest_packet_is_left_alone():
    """Many lengths: each comes back, or nothing does."""
    sizes = range(1000, 1500, 10)
    told = [
        ping(n, (1, size), (1, size) if size < 1400 else (0, 0)) for n, size in enumerate(sizes)
    ]
    assert found(*told) == []


def test_a_host_that_cuts_its_answers_short_is_left_alone():
    """Some large resolvers give back 64 bytes, however many they were sent."""
    assert found(*(ping(n, (1, 500 + n), (1, 72)) for n in range(60))) == []


def test_complaints_between_the_echoes_are_left_alone():
    """Monitoring asks a closed port, too, with questions of slightly different lengths."""
    told = [ping(n, (1, 64), (2, 64 + 100 + n % 30)) for n in range(60)]
    assert found(*told) == []


def test_a_tunnel_over_the_newer_protocol_is_found():
    echoes = [replace(each, proto=58, sport=128) for each in tunnel(10)]
    assert found(*echoes) != []


@pytest.mark.parametrize(("proto", "sport"), [(1, 3), (1, 11), (6, 8), (17, 8), (58, 135)])
def test_what_did_not_begin_with_an_echo_is_not_judged(proto, sport):
    """Complaints of routers quote packets of all lengths."""
    assert found(*(replace(each, proto=proto, sport=sport) for each in tunnel(60))) == []


def test_the_machine_inside_is_told_of_whoever_began():
    told = [
        replace(each, src=Ip(OUTSIDE), dst=Ip(INSIDE), mac=Mac(ROUTER), peer_mac=Mac(PC))
        for each in tunnel(10)
    ]
    assert found(*told) == [(PC, OUTSIDE, 1)]
