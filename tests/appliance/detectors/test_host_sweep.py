"""Many machines are tried by one."""

from appliance.detectors.host_sweep import HostSweep, Limits
from appliance.facts import AddressAsked, AddressClaim, DhcpOffered
from appliance.model import Ip, Mac
from tests.kit.check import alerts, flow

GATEWAY, MALLORY = Mac("02:00:00:00:00:01"), Mac("02:00:00:00:00:66")


def asks(at: float, last: int, mac: Mac = MALLORY):
    return AddressAsked(at=at, mac=mac, ip=Ip("192.168.1.66"), wanted=Ip(f"192.168.1.{last}"))


def calls(at: float, last: int, **how):
    how = {"back": False, "payload": False, "flags_out": 0x02} | how
    return flow(at, MALLORY, "192.168.1.66", f"192.168.1.{last}", 445, **how)


def sweep(*told):
    return alerts(HostSweep(Limits()), *told)


def test_twenty_vacant_addresses_asked_for_are_a_sweep():
    """What nmap -sn and arp-scan do."""
    found = sweep(*(asks(n / 50, 1 + n) for n in range(20)))
    assert [(alert.about, alert.words["hosts"]) for alert in found] == [(MALLORY, "20")]


def test_nineteen_are_not():
    """One less than the limit."""
    assert sweep(*(asks(n / 50, 1 + n) for n in range(19))) == []


def test_asking_again_for_the_same_addresses_is_not_a_sweep():
    """Machines that are switched off are asked for over and over."""
    assert sweep(*(asks(n / 10, 1 + n % 10) for n in range(200))) == []


def test_addresses_that_somebody_holds_do_not_count():
    """Network discovery talks to everybody who is there."""
    there = (
        AddressClaim(
            at=0,
            mac=Mac(f"02:00:00:00:01:{n:02x}"),
            sender=Mac(f"02:00:00:00:01:{n:02x}"),
            ip=Ip(f"192.168.1.{n}"),
            to=MALLORY,
            answer=True,
        )
        for n in range(1, 41)
    )
    assert sweep(*there, *(asks(1 + n / 50, n) for n in range(1, 41))) == []


def test_the_gateway_may_look_for_its_clients():
    """Many internet boxes ask for every address they ever gave out."""
    lease = DhcpOffered(
        at=0,
        mac=GATEWAY,
        version=4,
        message="offer",
        server=Ip("192.168.1.1"),
        client=MALLORY,
        address=Ip("192.168.1.66"),
        routers=(Ip("192.168.1.1"),),
    )
    here = AddressClaim(
        at=0.1, mac=GATEWAY, sender=GATEWAY, ip=Ip("192.168.1.1"), to=MALLORY, answer=True
    )
    assert sweep(lease, here, *(asks(1 + n / 50, 2 + n, GATEWAY) for n in range(200))) == []


def test_one_port_tried_on_twenty_silent_machines_is_a_sweep():
    """How a worm looks for file shares."""
    assert sweep(*(calls(n, 1 + n) for n in range(20)))


def test_pinging_twenty_silent_machines_is_a_sweep():
    """Echo requests without an answer."""
    assert sweep(*(calls(n, 1 + n, proto=1, sport=8) for n in range(20)))


def test_a_burst_of_pings_is_a_sweep_also_when_all_answer():
    """Whoever looks which machines are there is glad of every answer."""
    burst = [calls(n / 10, 1 + n, proto=1, sport=8, back=True) for n in range(15)]
    assert [alert.words["hosts"] for alert in sweep(*burst)] == ["15"]
    assert sweep(*burst[:14]) == []


def test_pinging_many_machines_in_turn_is_no_sweep():
    """A program that watches them asks one after the other."""
    assert sweep(*(calls(n, 1 + n, proto=1, sport=8, back=True) for n in range(60))) == []


def test_machines_that_accept_do_not_count():
    """A backup server polls all its clients."""
    assert sweep(*(calls(n, 1 + n, back=True, flags_in=0x12) for n in range(40))) == []


def test_a_mirror_that_shows_one_direction_makes_no_sweep():
    """The answers are not seen, but this side goes on as if they had come."""
    assert sweep(*(calls(n, 1 + n, flags_out=0x12, payload=True) for n in range(40))) == []


def test_a_sweep_over_hours_is_not_found():
    """What it misses, and says so."""
    assert sweep(*(asks(n * 60, 1 + n) for n in range(60))) == []


def test_a_dhcp_server_that_answers_its_clients_does_not_count():
    """After a power cut all come back at once, and none of them answers an answer."""
    assert sweep(*(calls(n / 10, 1 + n, proto=17, sport=67, back=False) for n in range(40))) == []
