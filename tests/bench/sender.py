"""The generator of the live run: sends packets of a capture at a given rate.

    python -m tests.bench.sender CARD FILE RATE SECONDS

Packets go out as they lie in the file, whole batches by one call (sendmmsg(2)) and past the
kernel's queues. That is the fastest way that one process has here: one ``send`` per packet
reached 0.6 of its rate, a ring shared with the kernel (PACKET_TX_RING), filled by Python, 0.56.
"""

import ctypes
import json
import os
import select
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

BATCH = 256
VARIETY = 500_000
"""Packets that are sent in turn."""
_SOL_PACKET, _QDISC_BYPASS = 263, 20
_RECORD_HEAD, _FILE_HEAD = 16, 24

PIECE = np.dtype([("base", "u8"), ("size", "u8")])
"""``struct iovec`` (readv(2)); this and the next are as 64-bit Linux lays them out."""
MESSAGE = np.dtype(
    [
        ("name", "u8"),
        ("name_size", "u8"),
        ("pieces", "u8"),
        ("count", "u8"),
        ("control", "u8"),
        ("control_size", "u8"),
        ("flags", "u8"),
        ("sent", "u8"),
    ]
)
"""``struct mmsghdr`` (sendmmsg(2)), its padding counted to the fields before."""


def prepare(capture: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the file's bytes, a piece for each packet, and messages of one piece each.

    The bytes and pieces must live as long as the messages, which point to them.
    """
    data = np.memmap(capture, np.uint8, "r")
    at, starts, sizes = _FILE_HEAD, [], []
    while at < len(data) and len(starts) < VARIETY:
        size = int.from_bytes(data[at + 8 : at + 12].tobytes(), "little")
        starts.append(at + _RECORD_HEAD)
        sizes.append(size)
        at += _RECORD_HEAD + size
    pieces = np.zeros(len(starts), PIECE)
    pieces["base"] = data.ctypes.data + np.array(starts, np.uint64)
    pieces["size"] = sizes
    messages = np.zeros(len(starts), MESSAGE)
    messages["pieces"] = pieces.ctypes.data + np.arange(len(starts)) * PIECE.itemsize
    messages["count"] = 1
    return data, pieces, messages


def pace(
    rate: float,
    seconds: float,
    put: Callable[[int], int],
    now: Callable[[], float] = time.monotonic,
) -> tuple[int, float]:
    """Call *put* with how many to send, up to `BATCH`; give how many it sent and how long it took.

    Sends *rate* a second for *seconds*, or as many as can be; what is late is made up for.
    """
    began = now()
    sent, passed = 0, 0.0
    while passed < seconds:
        due = int(passed * rate) - sent
        if due > 0:
            sent += put(min(due, BATCH))
        else:
            os.sched_yield()  # too short a time to sleep
        passed = now() - began
    return sent, passed


def main(card: str, capture: Path, rate: float, seconds: float) -> None:
    """Send, and print how many packets that were."""
    data, pieces, messages = prepare(capture)
    sendmmsg = ctypes.CDLL(None, use_errno=True).sendmmsg
    first, at = messages.ctypes.data, 0
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
        out.bind((card, 0))
        out.setsockopt(_SOL_PACKET, _QDISC_BYPASS, 1)

        def put(count: int) -> int:
            nonlocal at
            here = ctypes.c_void_p(first + at * MESSAGE.itemsize)
            sent = sendmmsg(out.fileno(), here, min(count, len(messages) - at), 0)
            if sent < 0:  # no room for them now
                select.select([], [out], [], 0.01)
                return 0
            at = (at + sent) % len(messages)
            return int(sent)

        sent, passed = pace(rate, seconds, put)
    print(json.dumps({"sent": sent, "seconds": passed}))
    del data, pieces


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
