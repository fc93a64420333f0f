"""Much is sent out; or as much as every night, or to where much is usually sent.

A real program sends, over cables that carry large packets, so that there are few of them; nights
are written by hand. Only the headers of large packets are kept.
"""

from collections.abc import Iterable, Iterator

from appliance.model import Frame
from tests.kit import wire
from tests.lab.cast import GATEWAY, HOSTS, SHARING_NAME, WEB
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene
from tests.lab.tape import Packet
from tests.lab.wiring import CAPTURE_CARD, CARD, port

_DAY = 86_400.0
_LARGE = 65_000
"""Octets of payload in a packet, as cards put segments together, …"""
_SHORT = 54
"""… and what is recorded of one: Ethernet, IPv4 and TCP headers."""
_MTU = "65000"
_SNAPLEN = 110
"""Enough for headers, and for the answer to a question for a name."""
_NAS, _PC, _ROUTER = (HOSTS[name] for name in ("nas", "imaging", "router"))


def files_to_a_sharing_host(practice: Practice) -> None:
    """The imaging computer sends 30 MB to a host where anybody may leave files."""
    _carry_large_packets(practice, "imaging")
    files = practice.folder / "files.zip"
    files.write_bytes(bytes(30_000_000))
    ca = f"{practice.folder}/ca.pem"
    sent = ["curl", "-sS", "-m", "30", "--cacert", ca, "-T", str(files), f"https://{SHARING_NAME}/"]
    practice.run("imaging", sent, timeout=40, check=True)
    practice.later(3)
    work.greet(practice, "imaging", "nas")


def ordinary_work(practice: Practice) -> None:
    """Pages, files inside, an image inside: hardly anything leaves."""
    work.browse(practice, "reception", *work.SITES)
    work.use_share(practice, "reception")
    work.take_image(practice)


def backup_each_night(start: float) -> Iterator[Frame]:
    """The file server sends 25 MB to its backup, three nights; the first one is learnt."""
    for night in range(3):
        yield from _sends(start + 600 + night * _DAY, _NAS, "backup.mega.nz", 25 + night)


def pictures_to_a_large_cloud(start: float) -> Iterator[Frame]:
    """The imaging computer sends a case of 60 MB to a laboratory's inbox at a well-known host."""
    yield from _sends(start + 600, _PC, "www.wetransfer.com", 60)


def _sends(at: float, host, name: str, megabytes: int) -> Iterator[Frame]:
    yield wire.arp(at - 2, host.mac, host.ip, wanted=GATEWAY)
    yield wire.arp(at - 1.9, _ROUTER.mac, GATEWAY, answer=True, to=host.mac)
    sport, question = 50_000 + int(at) % 10_000, wire.dns_question(name)
    answer = wire.dns_answer(name, [(name, wire.A, WEB)])
    yield wire.udp(at - 1, host.mac, host.ip, GATEWAY, sport, 53, question, to=_ROUTER.mac)
    yield wire.udp(at - 0.9, _ROUTER.mac, GATEWAY, host.ip, 53, sport, answer, to=host.mac)
    out = (host.mac, host.ip, WEB, sport, 443)
    back = (_ROUTER.mac, WEB, host.ip, 443, sport)
    yield wire.tcp(at, *out, seq=0, flags=wire.SYN, to=_ROUTER.mac)
    yield wire.tcp(at + 0.01, *back, seq=0, flags=wire.SYN | wire.ACK, to=host.mac)
    yield wire.tcp(at + 0.02, *out, wire.client_hello(name), to=_ROUTER.mac)
    for number in range(megabytes * 1_000_000 // _LARGE):
        moment = at + 0.1 + number / 50
        yield wire.tcp(moment, *out, bytes(_LARGE), seq=1000 + number * _LARGE, to=_ROUTER.mac)


def _carry_large_packets(practice: Practice, who: str) -> None:
    """Let every cable from *who* to the internet, and to the box, carry large packets."""
    cables = {
        "switch": ("lan", "span", port(who), port("router")),
        "box": (CAPTURE_CARD,),
        who: (CARD,),
        "router": (CARD, "wan"),
        "internet": ("wan",),
    }
    for machine, cards in cables.items():
        for card in cards:
            practice.run(machine, ["ip", "link", "set", "dev", card, "mtu", _MTU], check=True)


def _cut(frames: Iterable[Frame]) -> Iterator[Packet]:
    for frame in frames:
        size = len(frame.data)
        yield Packet(frame.at, frame.data[: _SHORT if size > _LARGE else size], size)


SCENES = {
    "files_to_a_sharing_host": Scene(play=files_to_a_sharing_host, known=True, snaplen=_SNAPLEN),
    "ordinary_work": Scene(play=ordinary_work, known=True),
    "lookalike_backup_each_night": Scene(
        written=lambda start: _cut(backup_each_night(start)), known=True, learn=_DAY / 2
    ),
    "lookalike_pictures_to_a_large_cloud": Scene(
        written=lambda start: _cut(pictures_to_a_large_cloud(start)), known=True
    ),
}
