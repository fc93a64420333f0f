"""Sixteen days of a computer that gets no updates, or gets them; a few packets a day, written.

Nobody can wait for two weeks, so these packets are built by hand (`tests.kit.wire`). Of large
ones only the headers are kept, as a recording with a short snap length has them.
"""

from collections.abc import Iterable, Iterator

from appliance.model import Frame
from tests.kit import wire
from tests.lab.cast import GATEWAY, HOSTS, WEB
from tests.lab.scenes.scene import Scene
from tests.lab.tape import Packet

_DAY, _HOUR = 86_400.0, 3600.0
_WORKDAYS = (0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15)
"""Of sixteen days that begin on a Monday."""
_LARGE = 60_000
"""Octets of payload in the packets of a download, as cards put segments together, …"""
_HEADERS = 54
"""… and what is recorded of such a packet."""

_PAGE = "www.mutuelle.example"
_MAYBE = "slscr.update.microsoft.com"
"""Asked whether there are updates, which fetches none."""
_SYSTEM = "au.download.windowsupdate.com"
_ANTIVIRUS = "update.eset.com"
_WINDOWS_10 = [1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252]
"""What such a machine asks of a DHCP server."""
_PEERS = 7680
"""TCP port of Delivery Optimization."""

_PC, _LAPTOP, _NEIGHBOUR, _ROUTER = (
    HOSTS[name] for name in ("reception", "laptop", "surgery", "router")
)


def without_updates(start: float) -> Iterator[Frame]:
    """The reception works every day, asks for updates, and fetches none."""
    for day in _WORKDAYS:
        morning = start + day * _DAY
        yield from _works(morning)
        yield from _fetches(morning + 60, _MAYBE, 1)


def antivirus_stops(start: float) -> Iterator[Frame]:
    """The antivirus program is seen on the first day only; the system goes on."""
    for day in _WORKDAYS:
        morning = start + day * _DAY
        yield from _works(morning)
        if day == 0:
            yield from _fetches(morning + 60, _ANTIVIRUS, 20)
        if day % 4 == 0:
            yield from _fetches(morning + 600, _SYSTEM, 100)


def updates_come(start: float) -> Iterator[Frame]:
    """Updates of the system every few days, of the antivirus program every day."""
    for day in _WORKDAYS:
        morning = start + day * _DAY
        yield from _works(morning)
        yield from _fetches(morning + 60, _ANTIVIRUS, 20)
        if day % 4 == 0:
            yield from _fetches(morning + 600, _SYSTEM, 100)


def away(start: float) -> Iterator[Frame]:
    """A laptop that comes on four days only, while the reception is looked after."""
    yield from sorted(
        (frame for part in (updates_come(start), _visits(start)) for frame in part),
        key=lambda frame: frame.at,
    )


def _visits(start: float) -> Iterator[Frame]:
    for day in (0, 7, 14, 15):
        yield from _works(start + day * _DAY + _HOUR, _LAPTOP)


def from_a_neighbour(start: float) -> Iterator[Frame]:
    """Windows fetches its updates from the computer next door."""
    for day in _WORKDAYS:
        morning = start + day * _DAY
        yield from _works(morning)
        if day % 4 == 0:
            yield from _talks(morning + 300, _PC, _NEIGHBOUR.mac, _NEIGHBOUR.ip, _PEERS, b"", 100)


def _works(at: float, host=_PC) -> Iterator[Frame]:
    """Get an address, and open a page."""
    asked = {"hostname": host.hostname, "vendor_class": host.vendor_class, "requested": host.ip}
    yield wire.dhcp_asked(at, host.mac, "request", **asked, parameters=_WINDOWS_10)
    yield wire.dhcp_served(
        at + 0.01, _ROUTER.mac, GATEWAY, host.mac, host.ip, "ack", routers=GATEWAY, dns=GATEWAY
    )
    yield wire.arp(at + 0.02, host.mac, host.ip, wanted=GATEWAY)
    yield wire.arp(at + 0.03, _ROUTER.mac, GATEWAY, answer=True, to=host.mac)
    yield from _looks_up(at + 1, host, _PAGE)
    yield from _talks(at + 1.1, host, _ROUTER.mac, WEB, 443, wire.client_hello(_PAGE), 1)


def _fetches(at: float, name: str, large: int) -> Iterator[Frame]:
    """Fetch *large* large packets from an outside host, in clear as updates are."""
    yield from _looks_up(at, _PC, name)
    head = f"GET /update.cab HTTP/1.1\r\nHost: {name}\r\nUser-Agent: update\r\n\r\n".encode()
    yield from _talks(at + 0.1, _PC, _ROUTER.mac, WEB, 80, head, large)


def _looks_up(at: float, host, name: str) -> Iterator[Frame]:
    sport, question = 50_000 + int(at) % 10_000, wire.dns_question(name)
    answer = wire.dns_answer(name, [(name, wire.A, WEB)])
    yield wire.udp(at, host.mac, host.ip, GATEWAY, sport, 53, question, to=_ROUTER.mac)
    yield wire.udp(at + 0.01, _ROUTER.mac, GATEWAY, host.ip, 53, sport, answer, to=host.mac)


def _talks(
    at: float, host, peer_mac: str, peer: str, port: int, says: bytes, large: int
) -> Iterator[Frame]:
    """One conversation: *host* says something, the other side sends *large* large packets."""
    sport = 50_000 + int(at) % 10_000
    out = (host.mac, host.ip, peer, sport, port)
    back = (peer_mac, peer, host.ip, port, sport)
    yield wire.tcp(at, *out, seq=0, flags=wire.SYN, to=peer_mac)
    yield wire.tcp(at + 0.01, *back, seq=0, flags=wire.SYN | wire.ACK, to=host.mac)
    yield wire.tcp(at + 0.02, *out, says, to=peer_mac)
    for number in range(large):
        moment, seq = at + 0.03 + number / 200, 1 + number * _LARGE
        yield wire.tcp(moment, *back, bytes(_LARGE), seq=seq, to=host.mac)
    end = at + 0.1 + large / 200
    yield wire.tcp(end, *back, seq=1 + large * _LARGE, flags=wire.FIN | wire.ACK, to=host.mac)
    yield wire.tcp(end + 0.01, *out, seq=1 + len(says), flags=wire.FIN | wire.ACK, to=peer_mac)


def _cut(frames: Iterable[Frame]) -> Iterator[Packet]:
    for frame in frames:
        size = len(frame.data)
        yield Packet(frame.at, frame.data[: _HEADERS if size > _LARGE else size], size)


def _written(frames) -> Scene:
    return Scene(written=lambda start: _cut(frames(start)), known=True)


SCENES = {
    "two_weeks_without_updates": _written(without_updates),
    "antivirus_stops": _written(antivirus_stops),
    "ordinary_updates_come": _written(updates_come),
    "lookalike_laptop_is_away": _written(away),
    "lookalike_updates_from_a_neighbour": _written(from_a_neighbour),
}
