"""How long the server takes for each page of a box that is as full as it may ever get.

    python -m tests.bench.pages [ROUNDS]

The database is filled once, into ``build/crowded-N``, and used again. Every page of
`tests.kit.pages` is asked for some times; the median of the wall clock and of CPU time is printed,
for the first time apart, when nothing has been read yet. The goal is 150 ms at the median.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from tests.bench import crowded
from tests.kit.pages import visitor, walk
from tests.kit.people import settle_in
from tests.kit.site import Site, Visitor, site

ROUNDS = 9
GOAL = 150.0
"""Milliseconds."""

BUILD = Path(__file__).parent.parent.parent / "build"
TITLE = f"{'page':58}{'first ms':>9}{'wall ms':>9}{'CPU ms':>9}{'kB':>7}"


def filled(devices: int, alerts: int, conversations: int) -> Path:
    """Give a folder with so many of each, made where it is not there yet."""
    folder = BUILD / f"crowded-{devices}-{alerts}-{conversations}"
    if not folder.exists():
        making = folder.with_suffix(".part")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        crowded.fill(making, devices, alerts, conversations)
        making.rename(folder)
    return folder


def measured(opened: Site, rounds: int) -> Iterator[tuple[str, float, float, float, int]]:
    """Ask for every page; give its address, first, median wall and CPU milliseconds, octets."""
    clients: dict[str, Visitor] = {}
    for visit in walk(opened):
        if visit.who not in clients:
            clients[visit.who] = visitor(opened, visit.who)
        wall, cpu, size = [], [], 0
        for _ in range(rounds + 1):
            began, used = perf_counter(), process_time()
            answer = clients[visit.who].get(visit.path)
            wall.append((perf_counter() - began) * 1000)
            cpu.append((process_time() - used) * 1000)
            assert answer.status_code == 200, visit
            size = len(answer.data)
        name = f"{visit.path} ({visit.who or 'nobody'})"
        yield name, wall[0], median(wall[1:]), median(cpu[1:]), size


def report(state: Path, rounds: int = ROUNDS) -> Iterator[str]:
    """Measure every page over a copy of the database in *state*, and give a line for each."""
    yield TITLE
    slow = 0
    with tempfile.TemporaryDirectory(prefix="vigie-pages-") as folder:
        shutil.copytree(state, folder, dirs_exist_ok=True)
        with site(Path(folder), filled=False) as opened:
            settle_in(opened.office)
            for name, first, wall, cpu, size in measured(opened, rounds):
                missed = "" if wall < GOAL else "  missed"
                slow += wall >= GOAL
                figures = f"{first:>9.0f}{wall:>9.1f}{cpu:>9.1f}{size / 1000:>7.0f}"
                yield f"{name[:57]:58}{figures}{missed}"
    yield f"goal {GOAL:g} ms at the median: {'reached' if not slow else f'missed by {slow}'}"


if __name__ == "__main__":
    for line in report(
        filled(crowded.DEVICES, crowded.ALERTS, crowded.CONVERSATIONS), *map(int, sys.argv[1:2])
    ):
        print(line, flush=True)
