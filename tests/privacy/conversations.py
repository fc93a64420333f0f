"""A morning's traffic that is full of names of patients: the content, in its frames."""

from collections.abc import Iterator
from itertools import count
from struct import pack

from appliance.model import Frame
from tests.kit import headers, wire
from tests.privacy.content import MACHINE, Side, datagrams, talks
from tests.privacy.patients import PATIENTS

START = 1_763_971_200.0
DESK, DESK_IP = "f8:bc:12:10:00:40", "192.168.50.40"
SERVER, SERVER_IP = "00:11:32:10:00:10", "192.168.50.10"
_SIZE = 1400


def frames() -> list[Frame]:
    """Give everything, in order of time."""
    said: list[Frame] = []
    ports = count(50_000)
    for begins, (port, talk) in enumerate(talks().items()):
        said += _stream(START + 2 + begins, next(ports), port, talk)
    for begins, (port, message) in enumerate(datagrams().items()):
        at = START + 2.5 + begins
        said.append(wire.udp(at, DESK, DESK_IP, SERVER_IP, next(ports), port, message, to=SERVER))
    said.append(wire.dhcp_asked(START, DESK, "request", hostname=MACHINE, vendor_class="MSFT 5.0"))
    said.append(_echo(START + 1, PATIENTS["an echo"].encode()))
    # Ordinary work goes on for a while: whoever forgets, forgets by now.
    said += [
        wire.dns_asked(START + 60 + 0.1 * n, DESK, DESK_IP, "192.168.50.1", "www.mutuelle.example")
        for n in range(600)
    ]
    return sorted(said, key=lambda frame: frame.at)


def _stream(at: float, sport: int, port: int, talk: list[Side]) -> Iterator[Frame]:
    """Give a TCP conversation, from its handshake to its end."""
    sent = {False: 1, True: 1}
    ends = {
        False: (DESK, DESK_IP, SERVER_IP, sport, port, SERVER),
        True: (SERVER, SERVER_IP, DESK_IP, port, sport, DESK),
    }
    times = (at + n / 1000 for n in count())

    def segment(served: bool, payload: bytes = b"", flags: int = wire.PSH | wire.ACK) -> Frame:
        mac, src, dst, from_, to, peer = ends[served]
        made = wire.tcp(
            *(next(times), mac, src, dst, from_, to, payload),
            seq=sent[served],
            flags=flags,
            to=peer,
        )
        sent[served] += len(payload) + bool(flags & (wire.SYN | wire.FIN))
        return made

    yield segment(False, flags=wire.SYN)
    yield segment(True, flags=wire.SYN | wire.ACK)
    yield segment(False, flags=wire.ACK)
    for served, whole in talk:
        for start in range(0, len(whole), _SIZE):
            yield segment(served, whole[start : start + _SIZE])
    yield segment(False, flags=wire.FIN | wire.ACK)
    yield segment(True, flags=wire.FIN | wire.ACK)


def _echo(at: float, content: bytes) -> Frame:
    body = headers.summed(pack("!BBHHH", 8, 0, 0, 1, 1) + content, 2, DESK_IP, SERVER_IP, 1)
    return Frame(at, headers.ether(headers.ip(body, DESK_IP, SERVER_IP, 1), DESK, SERVER))
