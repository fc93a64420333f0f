"""A machine talks to a bare outside address on an odd port; or to many, or by a name."""

import sys
from collections.abc import Iterator

from tests.kit import wire
from tests.lab.cast import GATEWAY, HOSTS, MAKER
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene
from tests.lab.tape import Packet

_ODD = "4444"
_LATER = 4000.0
"""Seconds after which the box no longer holds back, …"""
_SETTLED = 400.0
"""… and after which it has judged."""
_PC, _ROUTER = HOSTS["surgery"], HOSTS["router"]


def bare_address(practice: Practice) -> None:
    """A program fetches something from an address and a port that it was given."""
    _calls_on_an_odd_port(practice, MAKER)


def host_with_a_name(practice: Practice) -> None:
    """The same port, at a host whose name was asked for."""
    _calls_on_an_odd_port(practice, "www.meteo.example")


def _calls_on_an_odd_port(practice: Practice, host: str) -> None:
    work.browse(practice, "reception", work.SITES[0])
    practice.later(_LATER)
    serving = [sys.executable, "-m", "http.server", _ODD]
    with practice.running("internet", serving):
        practice.await_ports("internet", int(_ODD))
        work.call(practice, "surgery", f"http://{host}:{_ODD}/pyproject.toml")
    practice.later(_SETTLED)
    work.browse(practice, "reception", work.SITES[0])


def ordinary_work(practice: Practice) -> None:
    """Pages, the time, and an address typed in by hand, all on ports of their own."""
    work.browse(practice, "reception", *work.SITES)
    practice.later(_LATER)
    work.call(practice, "surgery", f"http://{MAKER}/")
    work.ask(practice, "reception", "time", MAKER)
    practice.later(_SETTLED)
    work.browse(practice, "reception", *work.SITES)


def file_sharing(start: float) -> Iterator[Packet]:
    """A program that shares files talks to thirty others, each on a port of its own."""
    frames = [
        wire.arp(start, _PC.mac, _PC.ip, wanted=GATEWAY),
        wire.arp(start + 0.01, _ROUTER.mac, GATEWAY, answer=True, to=_PC.mac),
    ]
    for number in range(30):
        at, peer, port = start + _LATER + number, f"203.0.113.{100 + number}", 20_000 + 7 * number
        out = (_PC.mac, _PC.ip, peer, 50_000 + number, port)
        back = (_ROUTER.mac, peer, _PC.ip, port, 50_000 + number)
        frames += [
            wire.tcp(at, *out, seq=0, flags=wire.SYN, to=_ROUTER.mac),
            wire.tcp(at + 0.01, *back, seq=0, flags=wire.SYN | wire.ACK, to=_PC.mac),
            wire.tcp(at + 0.02, *out, b"pieces?", to=_ROUTER.mac),
            wire.tcp(at + 0.03, *back, b"pieces!", to=_PC.mac),
        ]
    end = start + _LATER + _SETTLED
    frames.append(wire.arp(end, _PC.mac, _PC.ip, wanted=GATEWAY))
    for frame in frames:
        yield Packet(frame.at, frame.data, len(frame.data))


SCENES = {
    "bare_address_on_an_odd_port": Scene(play=bare_address, known=True),
    "ordinary_work": Scene(play=ordinary_work, known=True),
    "lookalike_host_with_a_name": Scene(play=host_with_a_name, known=True),
    "lookalike_file_sharing": Scene(written=file_sharing, known=True),
}
