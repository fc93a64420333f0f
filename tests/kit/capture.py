"""Captures made in a test: blocks, and files of both formats, from frames."""

from collections.abc import Sequence
from itertools import pairwise
from struct import pack

import numpy as np

from appliance.model import Frame, Link
from appliance.sensor.columns import SLACK, Block
from appliance.sensor.meter import Heard, Meter


def block(frames: Sequence[Frame], now: float | None = None) -> Block:
    """Give *frames*, all of one link type, as a source would."""
    captured = np.array([len(frame.data) for frame in frames], np.int64)
    return Block(
        buffer=np.frombuffer(b"".join(frame.data for frame in frames) + bytes(SLACK), np.uint8),
        offsets=np.cumsum(captured) - captured,
        captured=captured,
        lengths=captured,
        times=np.array([frame.at for frame in frames], float),
        link=frames[0].link if frames else Link.ETHERNET,
        now=now if now is not None else frames[-1].at if frames else 0.0,
    )


def metered(frames: Sequence[Frame], cuts: Sequence[int] = (), **how: int) -> list[Heard]:
    """Give what the meter makes of *frames* when they come in blocks that end at *cuts*."""
    meter = Meter(**how)
    ends = [0, *sorted(cut % (len(frames) + 1) for cut in cuts), len(frames)]
    heard = []
    for low, high in pairwise(ends):
        if frames[low:high]:
            heard += meter.feed(block(frames[low:high]))
    return heard + meter.finish()


def pcap(frames: Sequence[Frame], order: str = "<", nanoseconds: bool = False) -> bytes:
    """Give a pcap file of *frames*."""
    tick = 1_000_000_000 if nanoseconds else 1_000_000
    magic = 0xA1B23C4D if nanoseconds else 0xA1B2C3D4
    link = frames[0].link if frames else Link.ETHERNET
    whole = pack(order + "IHHIIII", magic, 2, 4, 0, 0, 65_535, link)
    for frame in frames:
        seconds, ticks = divmod(round(frame.at * tick), tick)
        size = len(frame.data)
        whole += pack(order + "IIII", seconds, ticks, size, size) + frame.data
    return whole


def pcapng(frames: Sequence[Frame], order: str = "<", resolution: int = 6) -> bytes:
    """Give a pcapng file of *frames*, an interface for each link; a tick is 10**-resolution."""
    links = list(dict.fromkeys(frame.link for frame in frames))
    whole = _ng(order, 0x0A0D0D0A, pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))
    option = pack(order + "HHB3x", 9, 1, resolution) + pack(order + "HH", 0, 0)
    for link in links:
        whole += _ng(order, 1, pack(order + "HHI", link, 0, 0) + option)
    for frame in frames:
        high, low = divmod(round(frame.at * 10**resolution), 1 << 32)
        size = len(frame.data)
        head = pack(order + "IIIII", links.index(frame.link), high, low, size, size)
        whole += _ng(order, 6, head + frame.data)
    return whole


def _ng(order: str, kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    size = pack(order + "I", 12 + len(body))
    return pack(order + "I", kind) + size + body + size
