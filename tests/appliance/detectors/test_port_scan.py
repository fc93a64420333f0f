"""Many doors of one machine are tried."""

from appliance.detectors.port_scan import Limits, PortScan
from tests.kit.check import alerts, flow

MALLORY, NAS = "02:00:00:00:00:66", "02:00:00:00:00:05"


def knock(at: float, port: int, **how):
    how = {"payload": False, "flags_out": 0x02, "flags_in": 0x14} | how
    return flow(at, MALLORY, "192.168.1.66", "192.168.1.5", port, peer_mac=NAS, **how)


def scan(*deltas, ports: int = 15):
    return alerts(PortScan(Limits(ports=ports)), *deltas)


def test_fifteen_refused_ports_are_a_scan():
    """Refused requests to fifteen ports within a second."""
    found = scan(*(knock(n / 20, 1 + n) for n in range(15)))
    assert [(alert.about, alert.words["ports"]) for alert in found] == [(MALLORY, "15")]


def test_fourteen_refused_ports_are_not():
    """One less than the limit."""
    assert scan(*(knock(n / 20, 1 + n) for n in range(14))) == []


def test_unanswered_ports_count():
    """A firewall that drops requests does not hide the scan."""
    assert scan(*(knock(n, 1 + n, back=False) for n in range(15)))


def test_a_packet_without_any_tcp_flag_counts():
    """NULL, FIN and Xmas scans never say SYN."""
    assert scan(*(knock(n, 1 + n, flags_out=0x29, back=False) for n in range(15)))


def test_three_packets_with_impossible_flags_are_enough():
    """How a machine is asked which system it runs: nothing, SYN with FIN, FIN with URG."""
    strange = (0x00, 0x2B, 0x29)
    odd = (knock(n, 80, sport=40_000 + n, flags_out=f) for n, f in enumerate(strange))
    assert scan(*odd)


def test_unanswered_udp_ports_of_an_inside_machine_count():
    """A UDP scan is mostly silence."""
    assert scan(*(knock(n, 1 + n, proto=17, back=False) for n in range(15)))


def test_uncommon_ip_protocols_count():
    """A scan of IP protocols tries one after the other."""
    assert scan(*(knock(n, 0, proto=100 + n, back=False) for n in range(15)))


def test_tracing_a_route_to_the_outside_is_not_a_scan():
    """Traceroute walks through UDP ports of an outside host."""
    steps = (
        flow(n, MALLORY, "192.168.1.66", "93.184.216.34", 33_434 + n, proto=17, back=False)
        for n in range(60)
    )
    assert scan(*steps) == []


def test_ports_on_which_data_flows_are_not_tries():
    """A browser opens many conversations, each is used."""
    assert scan(*(knock(n / 20, 1 + n, payload=True, flags_out=0x1A) for n in range(60))) == []


def test_a_port_used_later_is_taken_back():
    """The first second of a slow conversation looks like a try."""
    tried = (knock(n / 20, 1 + n) for n in range(10))
    used = (knock(2 + n / 20, 1 + n, payload=True, flags_out=0x18, opened=False) for n in range(10))
    later = (knock(4 + n / 20, 100 + n) for n in range(10))
    assert scan(*tried, *used, *later) == []


def test_tries_spread_over_days_are_not_a_scan():
    """One failed port an hour is daily life."""
    assert scan(*(knock(n * 3600, 1 + n) for n in range(40))) == []


def test_the_middle_of_a_conversation_is_not_a_try():
    """The box was started while conversations were going on."""
    assert scan(*(knock(n / 20, 1 + n, flags_out=0x10, back=False) for n in range(40))) == []


def test_a_long_scan_is_one_alert():
    """A thousand ports are one trouble."""
    found = scan(*(knock(n / 500, 1 + n) for n in range(1000)))
    assert len(found) == 1
    assert int(found[0].words["ports"]) >= 990
