"""``make bench``: speed and memory beside other programs, from a file and live; a cut; pages.

All read the same file, in turn, on one and the same processor, some rounds; of each the best
counts, because what disturbs a run only ever makes it slower. Times are of whole processes,
their start included. It is a report: a goal that is missed is said, and the exit status is 0.

This process stays small, and leaves the capture and the live run to others: on Linux the peak
of a child's memory begins at that of the process that starts it (``ru_maxrss``, getrusage(2)).
"""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.bench import table
from tests.bench.contenders import (
    NFSTREAM,
    ROOT,
    Contender,
    contenders,
    install_nfstream,
    missing,
)
from tests.bench.race import MIB, RaceError, Run, one_processor, run, warm
from tests.bench.size import CONVERSATIONS, PACKETS


def main(arguments: list[str]) -> int:
    """Measure all that is here, and print it."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("files", "live", "panel", "pages"), help="a part")
    options = parser.parse_args(arguments)
    if options.only in (None, "files", "live"):
        report_speed(options)
    if options.only in (None, "panel"):
        _report("tests.bench.isolate", "tests.bench.kills")
    if options.only in (None, "pages"):
        _report("tests.bench.pages", "tests.bench.first_look")
    return 0


def _report(*modules: str) -> None:
    for module in modules:
        subprocess.run([sys.executable, "-m", module], cwd=ROOT, check=False)


def report_speed(options: argparse.Namespace) -> None:
    """Print how fast captures are read, and the live run, as *options* say."""
    capture = ROOT / "build/bench.pcap"
    if not capture.exists():
        print(f"making {capture}", flush=True)
        capture.parent.mkdir(exist_ok=True)
        _python("tests.bench.capture", capture)
    warm(capture)
    if options.only != "live":
        report_files(capture, options.rounds)
    if options.only != "files":
        _python("tests.bench.live", capture)


def report_files(capture: Path, rounds: int) -> None:
    """Print who reads the capture how fast."""
    size = capture.stat().st_size / 1e6
    print(f"{PACKETS:,} packets in {CONVERSATIONS:,} conversations, {size:.0f} MB", end="; ")
    with one_processor() as processor:
        print(f"processor {processor}, best of {rounds}\n", flush=True)
        there, absent = gathered(contenders(capture))
        runs, failed = race(there, PACKETS, rounds)
        stages = _python("tests.bench.stages", capture, quietly=True)
    print(table.HEADING)
    for each in there:
        if each.name in runs:
            print(table.row(each.name, runs[each.name], PACKETS))
    for name, why in (absent | failed).items():
        print(f"{name:14}{why}")
    for each in there:
        if each.remark:
            print(f"({each.name}: {each.remark})")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    print(f"(MiB: below {own:.0f} it is this bench's own, which its children begin with)")
    print(f"\n{table.RATIOS}")
    for line in (*table.ratios(runs), *table.memory(runs)):
        print(line)
    print(f"\n{table.stages(json.loads(stages))}")


def gathered(invited: Iterable[Contender]) -> tuple[list[Contender], dict[str, str]]:
    """Give who takes part, and why the others do not."""
    there: list[Contender] = []
    absent: dict[str, str] = {}
    for each in invited:
        try:
            if each.name == NFSTREAM:
                install_nfstream()
            if why := missing(each):
                absent[each.name] = why
            else:
                there.append(each)
        except RaceError as problem:
            absent[each.name] = str(problem)
    return there, absent


def race(
    there: Iterable[Contender], packets: int, rounds: int
) -> tuple[dict[str, Run], dict[str, str]]:
    """Let all run in turn; give the best of each, and why some failed and were left out."""
    best: dict[str, Run] = {}
    failed: dict[str, str] = {}
    left = list(there)
    for _ in range(rounds):
        for each in left:
            try:
                found = run(each.command, packets)
            except RaceError as problem:
                failed[each.name] = str(problem)
                best.pop(each.name, None)
            else:
                best[each.name] = found.best(best.get(each.name, found))
        left = [each for each in left if each.name not in failed]
    return best, failed


def _python(module: str, capture: Path, *, quietly: bool = False) -> str:
    """Run one of the bench's own programs; give what it said when that is not shown."""
    command = [sys.executable, "-m", module, str(capture)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=quietly, text=True)
    return done.stdout or ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
