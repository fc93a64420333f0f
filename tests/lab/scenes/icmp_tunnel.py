"""A connection is carried in pings; or somebody pings a lot, and nothing is carried."""

from tests.lab.cast import GATEWAY, WEB
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_PROXY = "192.0.2.2"
"""The address that the internet's end of the line has itself: ptunnel answers from there."""


def ptunnel(practice: Practice) -> None:
    """ptunnel carries connections to a web server: a form is sent every few seconds."""
    client = ["ptunnel", "-p", _PROXY, "-lp", "8000", "-da", WEB, "-dp", "80"]
    with practice.running("internet", ["ptunnel"]):
        practice.start("reception", client)
        practice.await_ports("reception", 8000)
        for number in range(24):
            said = "words of no meaning " * (number % 8 * 10)
            url = "http://127.0.0.1:8000/"
            argv = ["curl", "-sS", "-m", "5", "-o", "/dev/null", "--data", said, url]
            practice.run("reception", argv, check=True)
            practice.later(5)


def ordinary_work(practice: Practice) -> None:
    """A few greetings, and the day's work."""
    work.morning(practice)
    work.greet(practice, "reception", "router", "nas")


def monitoring_pings_all_day(practice: Practice) -> None:
    """One packet of one length every second, inside and outside, with a gap now and then."""
    for _ in range(6):
        for ip in (GATEWAY, WEB, practice.hosts["nas"].ip):
            _ping(practice, "-c", "8", "-i", "0.2", ip)
        practice.later(60)


def technician_looks_for_the_longest_packet(practice: Practice) -> None:
    """All lengths that may pass, halving the step; then a flood, and the longest pings there are.

    The line to the internet takes less than the practice's own network: longer ones get lost.
    """
    practice.run("internet", ["ip", "link", "set", "wan", "mtu", "1400"], check=True)
    practice.run("router", ["ip", "link", "set", "wan", "mtu", "1400"], check=True)
    for size in (1472, 1200, 1336, 1404, 1370, 1387, 1379, 1375, 1373, 1372, 1371, 1300, 1350):
        _ping(practice, "-c", "2", "-i", "0.2", "-W", "1", "-M", "do", "-s", str(size), WEB)
    _ping(practice, "-f", "-c", "60", "-s", "1000", WEB)
    _ping(practice, "-c", "3", "-i", "0.2", "-s", "65000", GATEWAY)


def _ping(practice: Practice, *how: str) -> None:
    practice.run("surgery", ["ping", *how], timeout=30)


SCENES = {
    "ptunnel": Scene(play=ptunnel, snaplen=96),
    "ordinary_work": Scene(play=ordinary_work, snaplen=200),
    "lookalike_monitoring_pings_all_day": Scene(play=monitoring_pings_all_day),
    "lookalike_technician_looks_for_the_longest_packet": Scene(
        play=technician_looks_for_the_longest_packet, snaplen=96
    ),
}
