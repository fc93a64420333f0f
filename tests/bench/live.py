"""The live run: how many packets a second pass without loss.

    python -m tests.bench.live FILE

A generator and the box, with its ring and whole pipeline, are at the ends of a veth pair in a
network namespace of its own: nothing leaves the machine, and nothing else is heard. The rate
rises until the generator cannot keep it up.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.race import RaceError
from tests.lab.namespaces import inside, links, remove, set_kernel

SENT_FROM, HEARD_ON = "bench0", "bench1"
RATES = (50_000, 100_000, 150_000, 200_000, 300_000, 400_000, 600_000, 800_000, 1_200_000)
"""Packets a second that are asked for."""
SECONDS = 4.0
"""For which each rate lasts."""
KEPT_UP = 0.95
"""Share of a rate that the generator must reach for a higher one to be tried."""

TITLE = (
    f"\nlive, on a veth pair, {SECONDS:g} s each, all on {os.cpu_count()} processors:\n"
    f"{'asked/s':>10}{'sent/s':>10}{'sent':>11}{'heard':>11}{'lost':>10}{'by ring':>10}"
    f"{'CPU of the box':>16}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What came of one rate."""

    asked: int
    """Packets a second."""
    sent: int
    seconds: float
    heard: int
    dropped: int
    """Lost because the ring was full, as the kernel counts."""
    cpu: float
    """Seconds of processor time that the box took."""

    @property
    def rate(self) -> float:
        """Packets sent a second."""
        return self.sent / self.seconds

    @property
    def lost(self) -> int:
        """Packets sent and not heard, wherever they were lost."""
        return self.sent - self.heard


def row(step: Step) -> str:
    """Give the line of one rate."""
    return (
        f"{step.asked:>10,}{step.rate:>10,.0f}{step.sent:>11,}{step.heard:>11,}"
        f"{step.lost:>10,}{step.dropped:>10,}{step.cpu / step.seconds:>16.0%}"
    )


def verdict(steps: Sequence[Step]) -> str:
    """Say the highest rate without loss, and whether it is the highest of the generator."""
    most = max((step.rate for step in steps), default=0.0)
    kept = max((step.rate for step in steps if step.lost == 0), default=0.0)
    goal = "reached" if steps and kept == most else "missed"
    return (
        f"without loss: {kept:,.0f} packets a second; the generator reaches {most:,.0f}   "
        f"goal no loss at that: {goal}"
    )


def ramp(capture: Path, rates: Sequence[int] = RATES, seconds: float = SECONDS) -> Iterator[Step]:
    """Measure one rate after the other; raises PermissionError where namespaces cannot be made."""
    namespace = f"vigie-bench-{os.getpid()}"
    try:
        with inside(namespace, create=True):
            pass
        set_kernel(namespace, ipv6__conf__default__disable_ipv6=1)
        with links(namespace) as kernel:
            kernel.link("add", ifname=SENT_FROM, kind="veth", peer=HEARD_ON)
            for card in (SENT_FROM, HEARD_ON):
                (index,) = kernel.link_lookup(ifname=card)
                kernel.link("set", index=index, state="up", arp=False)
        for rate in rates:
            step = _measure(namespace, capture, rate, seconds)
            yield step
            if step.rate < KEPT_UP * rate:
                return
    finally:
        remove(namespace)


def _measure(namespace: str, capture: Path, rate: int, seconds: float) -> Step:
    with inside(namespace):
        box = _child("listener", HEARD_ON)
        try:
            assert box.stdout is not None
            box.stdout.readline()  # it listens
            sent = _last(_child("sender", SENT_FROM, str(capture), str(rate), str(seconds)))
        finally:
            heard = _last(box)
    return Step(
        asked=rate,
        sent=sent["sent"],
        seconds=sent["seconds"],
        heard=heard["heard"],
        dropped=heard["dropped"],
        cpu=heard["cpu"],
    )


def _child(module: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _last(child: subprocess.Popen[str]) -> dict[str, Any]:
    """Close the input of *child*, wait for its end, and give what it said; raises RaceError."""
    said, _ = child.communicate()
    if child.returncode:
        raise RaceError(f"the live run broke: a child ended with status {child.returncode}")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def main(capture: Path) -> None:
    """Print what came of each rate."""
    print(TITLE)
    steps = []
    try:
        for step in ramp(capture):
            print(row(step), flush=True)
            steps.append(step)
    except PermissionError:
        print("left out: making a network namespace needs root")
    except RaceError as problem:
        print(problem)
    else:
        print(verdict(steps))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
