"""Somebody floods the network; or many machines come, or much is called, for good reasons."""

from collections.abc import Iterator

from appliance.model import Frame
from tests.kit import wire
from tests.lab.practice import Practice
from tests.lab.scenes import port_scan, work
from tests.lab.scenes.scene import Scene
from tests.lab.tape import Packet
from tests.lab.wiring import CARD


def macof_fills_the_switch(practice: Practice) -> None:
    """macof (dsniff) sends from made-up hardware addresses."""
    practice.plug("attacker")
    practice.run("attacker", ["macof", "-i", CARD, "-n", "400"], timeout=30)
    practice.unplug("attacker")


def hping_calls_the_file_server(practice: Practice) -> None:
    """hping3 begins conversations and never goes on."""
    _call(practice)


def hping_under_other_names(practice: Practice) -> None:
    """The same, from made-up addresses of the internet."""
    _call(practice, "--rand-source")


def _call(practice: Practice, *how: str) -> None:
    practice.lease("reception", anew=True)
    practice.plug("attacker")
    target = practice.hosts["nas"].ip
    argv = ["hping3", "-q", "-S", "-p", "445", "-i", "u1000", "-c", "560", *how, target]
    practice.run("attacker", argv, timeout=30)
    practice.unplug("attacker")


def dhcpstarv_takes_all_addresses(practice: Practice) -> None:
    """dhcpstarv takes one lease after the other."""
    practice.lease("reception", anew=True)
    practice.plug("attacker")
    with practice.running("attacker", ("dhcpstarv", "-v", "-i", CARD)):
        practice.run("reception", ["ping", "-c", "6", practice.hosts["nas"].ip], timeout=30)
    practice.unplug("attacker")


def ordinary_work(practice: Practice) -> None:
    """A bit of everything."""
    work.morning(practice)


def power_comes_back(start: float) -> Iterator[Packet]:
    """Forty machines ask for an address within five seconds, and then use it; one is slow."""
    for number in range(40):
        for frame in _boots(start + number / 8, number):
            yield Packet(frame.at, frame.data, len(frame.data))


def _boots(at: float, number: int) -> Iterator[Frame]:
    mac, ip = f"f8:bc:12:20:00:{number:02x}", f"192.168.50.{100 + number}"
    server, gateway = "34:49:5b:10:00:01", "192.168.50.1"
    yield wire.dhcp_asked(at, mac, hostname=f"poste-{number}")
    yield wire.dhcp_served(at + 0.02, server, gateway, mac, ip, routers=gateway)
    yield wire.dhcp_asked(at + 0.03, mac, "request", requested=ip, server=gateway)
    yield wire.dhcp_served(at + 0.05, server, gateway, mac, ip, "ack", routers=gateway)
    if number:
        yield wire.arp(at + 0.06, mac, "0.0.0.0", wanted=ip)
        yield wire.arp(at + 0.11, mac, ip, wanted=gateway)


SCENES = {
    "macof_fills_the_switch": Scene(play=macof_fills_the_switch, snaplen=60),
    "hping_calls_the_file_server": Scene(play=hping_calls_the_file_server),
    "hping_under_other_names": Scene(play=hping_under_other_names),
    "dhcpstarv_takes_all_addresses": Scene(play=dhcpstarv_takes_all_addresses, snaplen=400),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_power_comes_back": Scene(written=power_comes_back),
    "lookalike_busy_browser": Scene(play=port_scan.busy_browser, snaplen=200),
}
