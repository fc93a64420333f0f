"""Who takes part, how each is started, and what it needs to be there.

All read the same file. What they make of it differs: softflowd counts conversations, ndpiReader
and NFStream also look into the first packets of each for its protocol, tshark and scapy take
every packet apart. Each is spared work that it can be spared: printing, looking up names.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.race import RaceError

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = ROOT / "build/nfstream"
"""NFStream's environment; deleting it is safe."""
SAMPLE = 20_000
"""Packets that scapy reads; all of them would take minutes."""

PIPELINE, METER = "vigie replay", "meter alone"
SOFTFLOWD, NDPI, NFSTREAM, SCAPY = "softflowd", "ndpiReader", "nfstream", "scapy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A program that reads a capture."""

    name: str
    command: tuple[str, ...]
    package: str = ""
    """The Debian package it is in."""
    remark: str = ""
    """What a reader of the table must know."""


def contenders(capture: Path) -> list[Contender]:
    """Give all that may take part, ours first."""
    file, python = str(capture), sys.executable
    return [
        Contender(name=PIPELINE, command=(python, "-m", "appliance", "replay", file)),
        Contender(name=METER, command=(python, "-m", "tests.bench.meter", file)),
        Contender(
            name=SOFTFLOWD,
            command=("softflowd", "-d", "-r", file, "-n", "127.0.0.1:9", "-6", "-m", "65536"),
            package="softflowd",
            remark="room for as many conversations as our meter has, IPv6 included",
        ),
        Contender(name=NDPI, command=("ndpiReader", "-q", "-i", file), package="libndpi-bin"),
        Contender(
            name=NFSTREAM,
            command=(
                str(ENVIRONMENT / "bin/python"),
                str(ROOT / "tests/bench/with_nfstream.py"),
                file,
            ),
            remark="with one metering process",
        ),
        Contender(
            name="tshark",
            command=("tshark", "-n", "-q", "-r", file, "-z", "conv,tcp"),
            package="tshark",
        ),
        Contender(
            name=SCAPY,
            command=(python, "-m", "tests.bench.with_scapy", file, str(SAMPLE)),
            remark=f"read {SAMPLE:,} packets, scaled to all; its start is counted once",
        ),
    ]


def missing(contender: Contender) -> str:
    """Say why *contender* cannot take part; nothing when it can."""
    if shutil.which(contender.command[0]):
        return ""
    if contender.package:
        return f"not installed (Debian: apt-get install {contender.package})"
    return "not installed"


def install_nfstream() -> None:
    """Put NFStream in an environment of its own, once; raises RaceError."""
    if (ENVIRONMENT / "ready").exists():
        return
    uv = shutil.which("uv", path=str(ROOT / ".tools/bin")) or shutil.which("uv")
    if uv is None:
        raise RaceError("not installed (uv, which would fetch it, is not here)")
    _quietly((uv, "venv", "--quiet", "--clear", "--no-project", str(ENVIRONMENT)))
    _quietly((uv, "pip", "install", "--quiet", "--python", str(ENVIRONMENT), "nfstream"))
    (ENVIRONMENT / "ready").touch()


def _quietly(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise RaceError(f"not installed (uv {command[1]}: {said[0]})")
