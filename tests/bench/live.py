"""A live run: a generator, the meter on a ring, and what was lost between them.

Both ends are a veth pair in a network namespace of its own, so nothing leaves the machine and
nothing else is heard. The generator sends packets of the bench's capture again and again, as fast
as it can (``sendmmsg``, no queueing); with few processors it shares them with the meter.
"""

import ctypes
import json
import select
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from tests.lab.namespaces import inside, links, remove, set_kernel

NAMESPACE = "vigie-bench"
SENT_FROM, HEARD_ON = "bench0", "bench1"
SECONDS = 10.0
BATCH = 256
VARIETY = 100_000
"""Different packets that are sent in turn."""
PATIENCE = 3.0
"""Seconds of silence after which no packet is on its way any more."""
_SOL_PACKET, _QDISC_BYPASS = 263, 20


def run(capture: Path, ring_mib: int = 16) -> dict[str, float]:
    """Give what was sent, heard, lost and missed by the ring, and both rates."""
    with inside(NAMESPACE, create=True):
        pass
    try:
        set_kernel(NAMESPACE, ipv6__conf__default__disable_ipv6=1)
        with links(NAMESPACE) as kernel:
            kernel.link("add", ifname=SENT_FROM, kind="veth", peer=HEARD_ON)
            for card in (SENT_FROM, HEARD_ON):
                index = kernel.link_lookup(ifname=card)[0]
                kernel.link("set", index=index, state="up")
        return _measure(capture, ring_mib)
    finally:
        remove(NAMESPACE)


def _measure(capture: Path, ring_mib: int) -> dict[str, float]:
    with inside(NAMESPACE):
        meter = _child("hear", str(ring_mib))
        assert meter.stdout
        assert meter.stdout.readline().strip() == "ready"
        generator = _child("send", str(capture))
    sent = json.loads(generator.communicate()[0])
    heard = json.loads(meter.communicate()[0])
    return {
        "sent": sent["packets"],
        "send_rate": sent["packets"] / sent["seconds"],
        "heard": heard["packets"],
        "lost": sent["packets"] - heard["packets"],
        "dropped_by_kernel": heard["dropped"],
        "meter_cpu": heard["cpu"] / sent["seconds"],
    }


def _child(*what: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.live", *what]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def hear(ring_mib: int) -> None:
    """Meter what comes until it has been silent for a while, and print what was heard."""
    from appliance.sensor.meter import Meter  # noqa: PLC0415 - the generator needs none of it
    from appliance.sensor.ring import LiveRing  # noqa: PLC0415

    ring, meter = LiveRing(HEARD_ON, ring_mib=ring_mib), Meter()
    print("ready", flush=True)
    heard, last = 0, float("inf")
    for block in ring:
        meter.feed(block)
        if meter.counters.packets > heard:
            heard, last = meter.counters.packets, time.monotonic()
        elif time.monotonic() - last > PATIENCE:
            break
    print(json.dumps({"packets": heard, "dropped": ring.dropped, "cpu": time.process_time()}))
    ring.close()


class _Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("size", ctypes.c_size_t))


class _Message(ctypes.Structure):
    """``struct mmsghdr`` (sendmmsg(2)), a message head and how much of it was sent."""

    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_size", ctypes.c_uint32),
        ("pieces", ctypes.POINTER(_Piece)),
        ("count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_size", ctypes.c_size_t),
        ("flags", ctypes.c_int),
        ("sent", ctypes.c_uint),
    )


def send(capture: Path) -> None:
    """Send for some seconds as fast as possible, and print how much that was."""
    data, places, sizes = _packets(capture)
    pieces, messages = (_Piece * VARIETY)(), (_Message * VARIETY)()
    base = data.ctypes.data
    for number, (place, size) in enumerate(zip(places.tolist(), sizes.tolist(), strict=True)):
        pieces[number] = _Piece(base + place, size)
        messages[number].pieces = ctypes.pointer(pieces[number])
        messages[number].count = 1
    sendmmsg = ctypes.CDLL(None, use_errno=True).sendmmsg
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
        out.bind((SENT_FROM, 0))
        out.setsockopt(_SOL_PACKET, _QDISC_BYPASS, 1)
        done, at, began = 0, 0, time.monotonic()
        while time.monotonic() - began < SECONDS:
            count = min(BATCH, VARIETY - at)
            first = ctypes.byref(messages, at * ctypes.sizeof(_Message))
            sent = sendmmsg(out.fileno(), first, count, 0)
            if sent < 0:  # no room: wait for some, then go on
                select.select([], [out], [], 0.01)
                continue
            done += sent
            at = (at + sent) % VARIETY
        seconds = time.monotonic() - began
    print(json.dumps({"packets": done, "seconds": seconds}))


def _packets(capture: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the bytes of the capture's first packets, where each begins, and their sizes."""
    data = np.fromfile(capture, np.uint8, 200_000_000)
    places, sizes, at = [], [], 24
    for _ in range(VARIETY):
        size = int(data[at + 8 : at + 12].view("<u4")[0])
        places.append(at + 16)
        sizes.append(size)
        at += 16 + size
    return data, np.array(places), np.array(sizes)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", capture]:
            print(json.dumps(run(Path(capture))))
        case ["hear", ring_mib]:
            hear(int(ring_mib))
        case ["send", capture]:
            send(Path(capture))
