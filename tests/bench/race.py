"""Runs a program as a child process, and says what it took."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

MIB = 1024
"""KiB, in which Linux counts resident memory (getrusage(2))."""


class RaceError(Exception):
    """A program did not do what it was started for; the text says why in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What reading the whole capture takes."""

    cpu: float
    """Seconds of processor time, of the program and the kernel on its behalf."""
    wall: float
    """Seconds that passed."""
    peak: float
    """MiB resident at most; of several processes, the largest."""

    def best(self, other: "Run") -> "Run":
        """Give the least time of two runs; memory counts at its most."""
        return Run(
            cpu=min(self.cpu, other.cpu),
            wall=min(self.wall, other.wall),
            peak=max(self.peak, other.peak),
        )


@contextmanager
def one_processor() -> Iterator[int]:
    """Keep this process, and all that it starts, on one processor; gives its number."""
    before = os.sched_getaffinity(0)
    chosen = max(before)  # the first ones have the most interrupts to serve
    os.sched_setaffinity(0, {chosen})
    try:
        yield chosen
    finally:
        os.sched_setaffinity(0, before)


def warm(file: Path) -> None:
    """Read *file* once, so that all find it in memory."""
    with file.open("rb", buffering=0) as whole:
        while whole.read(1 << 20):
            pass


def run(command: Sequence[str], packets: int) -> Run:
    """Run *command*, which reads a capture of *packets*; raises RaceError.

    A program that reads only its beginning says so in its last line, as `stretch` wants it.
    """
    began = time.monotonic()
    with TemporaryFile() as said, TemporaryFile() as complained:
        try:
            child = subprocess.Popen(command, stdout=said, stderr=complained)
        except OSError as problem:
            raise RaceError(f"cannot be started ({problem.strerror})") from None
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        if child.returncode:
            raise RaceError(f"ended with status {child.returncode}: {_last(complained)}")
        whole = Run(cpu=used.ru_utime + used.ru_stime, wall=wall, peak=used.ru_maxrss / MIB)
        return stretch(whole, _last(said), packets)


def stretch(whole: Run, last: str, packets: int) -> Run:
    """Give what all *packets* would have taken a program that read only some.

    Its *last* line then is ``{"read": packets, "cpu": seconds, "wall": seconds}``: only these
    seconds grow, not those it needed to start.
    """
    if not last.startswith('{"read"'):
        return whole
    part = json.loads(last)
    times = packets / part["read"] - 1
    return Run(
        cpu=whole.cpu + part["cpu"] * times,
        wall=whole.wall + part["wall"] * times,
        peak=whole.peak,
    )


def _last(output: IO[bytes]) -> str:
    output.seek(0)
    lines = output.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
