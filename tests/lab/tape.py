"""Recording what the mirrored port shows, and rewriting the times of a recording."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT
from typing import NamedTuple

from tests.lab.awaiting import until
from tests.lab.practice import Practice
from tests.lab.wiring import CAPTURE_CARD

_HEAD = struct.Struct("<IHHiIII")
_RECORD = struct.Struct("<IIII")
_MICROSECONDS = 0xA1B2C3D4
_ETHERNET = 1


class Packet(NamedTuple):
    """One packet of a capture."""

    at: float
    data: bytes
    length: int
    """Bytes on the wire; *data* may hold fewer."""


@contextmanager
def recording(practice: Practice, file: Path, snaplen: int = 1514) -> Iterator[None]:
    """Write what passes the mirror while the block runs to *file*, in pcap format."""
    log = f"tcpdump-{file.stem}.log"
    tcpdump = practice.start(
        "box",
        [
            *("tcpdump", "-i", CAPTURE_CARD, "-s", str(snaplen), "-w", str(file)),
            *("-U", "--immediate-mode", "-Z", "root"),
        ],
        log=log,
    )
    said = practice.folder / log
    until("tcpdump listens", 5, lambda: "listening on" in said.read_text())
    try:
        yield
    finally:
        practice.stop(tcpdump, how=SIGINT)


def read(file: Path) -> list[Packet]:
    """Give the packets of a pcap file as tcpdump writes it on this machine."""
    data = file.read_bytes()
    magic, *_, link = _HEAD.unpack_from(data)
    if (magic, link) != (_MICROSECONDS, _ETHERNET):
        raise ValueError(f"{file}: not what tcpdump writes here")
    packets, offset = [], _HEAD.size
    while offset < len(data):
        seconds, micros, captured, length = _RECORD.unpack_from(data, offset)
        offset += _RECORD.size
        packets.append(Packet(seconds + micros / 1e6, data[offset : offset + captured], length))
        offset += captured
    return packets


def write(packets: Iterable[Packet]) -> bytes:
    """Give *packets* as a pcap file."""
    parts = [_HEAD.pack(_MICROSECONDS, 2, 4, 0, 0, 65_535, _ETHERNET)]
    for packet in packets:
        micros = round(packet.at * 1e6)
        seconds, rest = divmod(micros, 1_000_000)
        parts += [_RECORD.pack(seconds, rest, len(packet.data), packet.length), packet.data]
    return b"".join(parts)


def shifted(
    packets: Iterable[Packet], leaps: Sequence[tuple[float, float]], start: float
) -> Iterator[Packet]:
    """Give *packets* so that the first is at *start*, with the gaps that *leaps* ask for.

    A leap is a moment of the recording and the seconds that pass in it (`Practice.later`).
    """
    first: float | None = None
    for packet in packets:
        first = packet.at if first is None else first
        leapt = sum(seconds for at, seconds in leaps if first <= at < packet.at)
        yield packet._replace(at=start + packet.at - first + leapt)
