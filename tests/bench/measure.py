"""Running a program, and what it took: time, and memory at its peak."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of a program took."""

    seconds: float
    """From its start to its end."""
    processor: float
    """Seconds of all processors, in the program and in the kernel for it."""
    peak: int
    """MiB."""
    said: dict[str, Any]
    """The last line it printed, where that is JSON."""


def run(command: Sequence[str | Path], rounds: int = 1) -> Run | None:
    """Run *command* and give its fastest run; None when it is absent or fails."""
    runs = []
    for _ in range(rounds):
        found = _once([str(part) for part in command])
        if found is None:
            return None
        runs.append(found)
    return min(runs, key=lambda each: each.seconds)


def _once(command: Sequence[str]) -> Run | None:
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        try:
            child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        except FileNotFoundError:
            return None
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            return None
        out.seek(0)
        lines = out.read().splitlines()
    last = lines[-1] if lines else b""
    return Run(
        seconds=seconds,
        processor=used.ru_utime + used.ru_stime,
        peak=used.ru_maxrss // 1024,
        said=json.loads(last) if last.startswith(b"{") else {},
    )


def python(*module: str) -> list[str]:
    """Give the command that runs a *module* of this checkout, with its arguments."""
    return [sys.executable, "-m", *module]
