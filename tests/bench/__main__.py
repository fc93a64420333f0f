"""``make bench``: speed and memory beside other programs, on a capture made here, and live.

All programs read the same file, one after the other; of several runs the fastest counts, because
what disturbs a run only ever makes it slower. This process itself stays small: the kernel counts what
it holds as memory of the programs it starts. Times are those of the whole process, its start
included, unless the line says otherwise.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench import measure
from tests.bench.measure import Run, python
from tests.bench.size import CONVERSATIONS, PACKETS

ROUNDS = 3
BUILD = Path("build")
ROW = "{:34}{:>9}{:>9}{:>12}{:>8}"
GOALS = (
    ("meter, without its start", "softflowd", 0.8),
    ("vigie replay", "ndpiReader", 3.0),
    ("vigie replay", "nfstream, without its start", 10.0),
    ("vigie replay", "scapy, without its start", 100.0),
)
"""How many times as many packets a second the first should read as the second."""
MOST_MEMORY = 200
"""MiB."""


def main() -> int:
    """Measure all that is here, and print it; gives the exit status."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--file", type=Path, default=BUILD / "bench.pcap", help="kept if it exists")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only-live", action="store_true")
    options = parser.parse_args()
    options.file.parent.mkdir(exist_ok=True, parents=True)
    if not options.file.exists():
        subprocess.run([*python("tests.bench.capture"), options.file], check=True)
    if not options.only_live:
        _files(options.file, options.rounds)
    _live(options.file)
    return 0


def _files(file: Path, rounds: int) -> None:
    size = file.stat().st_size / 1e6
    print(f"{PACKETS:,} packets, {CONVERSATIONS:,} conversations, {size:.0f} MB\n")
    print(ROW.format("program", "seconds", "CPU s", "packets/s", "MiB"))
    rates: dict[str, float] = {}
    memory = 0
    for name, command, times in _programs(file, rounds):
        found = measure.run(command, times)
        if found is None:
            print(f"{name:34}is not here, or failed")
            continue
        if name in ("vigie replay", "meter"):
            memory = max(memory, found.peak)
        _tell(name, found, rates)
    print()
    for ours, theirs, goal in GOALS:
        if {ours, theirs} <= rates.keys():
            ratio = rates[ours] / rates[theirs]
            print(f"{ours} : {theirs} = {ratio:.2f} (goal {goal:g})")
    print(f"most memory: {memory} MiB (goal: below {MOST_MEMORY})\n")


def _programs(file: Path, rounds: int) -> list[tuple[str, list[str | Path], int]]:
    pid = file.with_suffix(".pid")
    uv = shutil.which("uv") or ".tools/bin/uv"
    nfstream = [uv, "run", "--no-project", "--python", sys.executable, "--with", "nfstream"]
    return [
        ("meter", [*python("tests.bench.meter"), file], rounds),
        ("vigie replay", [*python("appliance", "replay"), file], rounds),
        ("softflowd", ["softflowd", "-r", file, "-d", "-m65536", "-cnone", "-p", pid], rounds),
        ("ndpiReader", ["ndpiReader", "-q", "-i", file], rounds),
        ("tshark", ["tshark", "-r", file, "-q", "-z", "conv,tcp"], 1),
        ("nfstream", [*nfstream, "python", "tests/bench/slow_peers.py", "nfstream", file], 2),
        ("scapy", [*python("tests.bench.slow_peers", "scapy"), file], rounds),
    ]


def _tell(name: str, found: Run, rates: dict[str, float]) -> None:
    """Print a line, and a second one where the program itself says how long it read."""
    packets = found.said.get("packets", PACKETS)
    of = f" ({packets:,} of them)" if packets < PACKETS // 2 else ""
    seconds = {name + of: found.seconds}
    if "events" not in found.said and "seconds" in found.said and name != "vigie replay":
        seconds[f"{name}, without its start"] = found.said["seconds"]
    for label, took in seconds.items():
        rates[label] = packets / took
        rate = f"{packets / took:,.0f}"
        print(ROW.format(label, f"{took:.2f}", f"{found.processor:.2f}", rate, found.peak))


def _live(file: Path) -> None:
    print("live, on a veth pair, generator and meter on the same processors:")
    if os.geteuid() != 0:
        print("needs root")
        return
    ran = measure.run([*python("tests.bench.live", "run"), file])
    if ran is None:
        print("failed")
        return
    found = ran.said
    print(
        f"{found['sent']:,.0f} packets sent at {found['send_rate']:,.0f} a second, the most the "
        f"generator reaches here; lost {found['lost']:,.0f}, of which the kernel dropped "
        f"{found['dropped_by_kernel']:,.0f}; the meter took {found['meter_cpu']:.0%} of a processor"
    )


if __name__ == "__main__":
    sys.exit(main())
