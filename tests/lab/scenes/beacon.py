"""A machine calls a stranger by the clock; or somebody the clock says nothing of.

Real programs call, and the time between two calls is only pretended (`Practice.later`). What needs
hours of small packets is written by hand.
"""

from collections.abc import Iterable, Iterator

from appliance.model import Frame
from tests.kit import wire
from tests.lab.cast import GATEWAY, HOSTS, STRANGER_NAME, WEB, Host
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene
from tests.lab.tape import Packet

_PC, _NEIGHBOUR, _ROUTER = (HOSTS[name] for name in ("reception", "surgery", "router"))
_MINUTE, _HOUR = 60.0, 3600.0
_TRAINER = "203.0.113.201"
"""An address of no name that a program for remote control calls."""


def curl_with_jitter(practice: Practice) -> None:
    """Every minute or so the reception asks a stranger for orders; in between somebody reads."""
    for number, pause in enumerate((44, 38, 61, 52, 36, 58, 47, 64, 41)):
        work.call(practice, "reception", f"https://{STRANGER_NAME}/")
        practice.later(pause)
        if number in {2, 5}:
            work.browse(practice, "reception", *work.SITES[:2])


def page_that_asks_again(practice: Practice) -> None:
    """A page is opened, with all its parts, and asks for news every ten seconds."""
    for site in work.SITES:
        work.call(practice, "reception", f"https://{site}/")
        practice.later(1)
    for _ in range(9):
        practice.later(10)
        work.call(practice, "reception", f"https://{work.SITES[1]}/")


def everybody_asks(practice: Practice) -> None:
    """Two machines have the same new program, which asks its maker every five minutes."""
    for _ in range(9):
        for who in ("reception", "surgery"):
            work.call(practice, who, f"https://{STRANGER_NAME}/")
            practice.later(20)
        practice.later(260)


def ordinary_reading(practice: Practice) -> None:
    """Somebody reads, with pauses as they come."""
    for pause in (12, 140, 31, 8, 95, 260, 47, 19, 3):
        work.browse(practice, "reception", work.SITES[0])
        practice.later(pause)


def remote_control(start: float) -> Iterator[Frame]:
    """One conversation with a bare address on an odd port; a sign of life each half minute."""
    yield from _opening(start, _PC)
    yield from _exchanges(start + 1, _PC, _TRAINER, 4782, 30.0, 10, b"alive" * 20)


def services_by_the_clock(start: float) -> Iterator[Frame]:
    """Patterns of the antivirus program, its push channel, mail, the time, an agenda's channel."""
    parts = [
        _opening(start, _PC),
        *(_fetch(start + 10 + n * _HOUR, "update.eset.com", 443) for n in range(9)),
        *(_fetch(start + 20 + n * 5 * _MINUTE, "imap.mail.example", 993) for n in range(30)),
        _named(start + 30, "epns.eset.com", 8883, _MINUTE, 60),
        _named(start + 40, "www.doctolib.fr", 443, 25.0, 60),
        *(_time(start + 50 + n * 64) for n in range(60)),
    ]
    yield from sorted((each for part in parts for each in part), key=lambda frame: frame.at)


def _opening(at: float, host: Host) -> Iterator[Frame]:
    yield wire.arp(at, host.mac, host.ip, wanted=GATEWAY)
    yield wire.arp(at + 0.01, _ROUTER.mac, GATEWAY, answer=True, to=host.mac)


def _looks_up(at: float, host: Host, name: str, ip: str) -> Iterator[Frame]:
    sport, question = 50_000 + int(at) % 10_000, wire.dns_question(name)
    answer = wire.dns_answer(name, [(name, wire.A, ip)])
    yield wire.udp(at, host.mac, host.ip, GATEWAY, sport, 53, question, to=_ROUTER.mac)
    yield wire.udp(at + 0.01, _ROUTER.mac, GATEWAY, host.ip, 53, sport, answer, to=host.mac)


def _fetch(at: float, name: str, port: int) -> Iterator[Frame]:
    """A conversation of one question and one answer."""
    yield from _looks_up(at, _PC, name, WEB)
    yield from _exchanges(at + 0.1, _PC, WEB, port, 1.0, 1, wire.client_hello(name))


def _named(at: float, name: str, port: int, every: float, times: int) -> Iterator[Frame]:
    ip = f"203.0.113.{100 + port % 100}"
    yield from _looks_up(at, _PC, name, ip)
    yield from _exchanges(at + 0.1, _PC, ip, port, every, times, wire.client_hello(name))


def _exchanges(
    at: float, host: Host, ip: str, port: int, every: float, times: int, says: bytes
) -> Iterator[Frame]:
    """One conversation that is opened, in which the host says *says* and is answered, *times*."""
    sport = 50_000 + int(at) % 10_000
    out = (host.mac, host.ip, ip, sport, port)
    back = (_ROUTER.mac, ip, host.ip, port, sport)
    yield wire.tcp(at, *out, seq=0, flags=wire.SYN, to=_ROUTER.mac)
    yield wire.tcp(at + 0.01, *back, seq=0, flags=wire.SYN | wire.ACK, to=host.mac)
    for number in range(times):
        moment, seq = at + 0.02 + number * every, 1 + number * len(says)
        yield wire.tcp(moment, *out, says, seq=seq, to=_ROUTER.mac)
        yield wire.tcp(moment + 0.02, *back, b"ok", seq=1 + number * 2, to=host.mac)


def _time(at: float) -> Iterator[Frame]:
    there, asked = "203.0.113.123", bytes((0x23,)) + bytes(47)
    yield wire.udp(at, _PC.mac, _PC.ip, there, 123, 123, asked, to=_ROUTER.mac)
    yield wire.udp(at + 0.02, _ROUTER.mac, there, _PC.ip, 123, 123, asked, to=_PC.mac)


def _whole(frames: Iterable[Frame]) -> Iterator[Packet]:
    for frame in frames:
        yield Packet(frame.at, frame.data, len(frame.data))


SCENES = {
    "curl_with_jitter": Scene(play=curl_with_jitter, known=True),
    "remote_control_in_one_conversation": Scene(
        written=lambda start: _whole(remote_control(start)), known=True
    ),
    "ordinary_reading": Scene(play=ordinary_reading, known=True),
    "ordinary_services_by_the_clock": Scene(
        written=lambda start: _whole(services_by_the_clock(start)), known=True
    ),
    "lookalike_page_that_asks_again": Scene(play=page_that_asks_again, known=True),
    "lookalike_two_machines_with_one_program": Scene(play=everybody_asks, known=True),
}
