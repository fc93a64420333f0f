"""From an order to isolate to the relay: how long it takes when everything else has failed.

    python -m tests.bench.isolate [ORDERS [NICE]]

The real panel, in a process of its own with simulated pins that write down when they move; each
order comes through the socket as from `vigie isolate`. The goal is 100 ms for 99 of 100. With NICE
the panel gets that priority (-10, say), and the one who orders keeps his own.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from time import monotonic_ns

from tests.bench.troubles import TROUBLES, disk
from tests.kit.panel_process import panel

ORDERS = 300
GOAL = 100.0
"""Milliseconds within which 99 of 100 orders are to have moved the relay."""

TITLE = f"{'with':18}{'orders':>8}{'moved':>8}{'p50 ms':>10}{'p99 ms':>10}{'max ms':>10}"


def measured(folder: Path, trouble: str, orders: int, nice: int | None = None) -> list[float]:
    """Order so many cuts while there is *trouble*; give the milliseconds of each that moved."""
    place = disk(folder / "state") if trouble == "disk full" else nullcontext()
    told = ["--switch"] if trouble == "switch deaf" else []
    started = panel(folder, *told, quiet=True)
    with place, started as running, TROUBLES[trouble](running) as freed:
        if nice is not None:
            os.setpriority(os.PRIO_PROCESS, running.process.pid, nice)
        asked = []
        for _ in range(orders):
            asked.append(monotonic_ns())
            running.client.isolate(who="bench")
            with freed():
                running.minute()
                running.client.reconnect(who="bench")
        cuts = [at for at, isolated in running.edges() if isolated]
    return [(cut - at) / 1e6 for at, cut in zip(asked, cuts, strict=True)]


def share(times: list[float], part: float) -> float:
    """Give what *part* of *times* does not exceed."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


def row(trouble: str, orders: int, times: list[float]) -> str:
    """Give the line of one trouble."""
    figures = (share(times, 0.5), share(times, 0.99), max(times))
    said = "".join(f"{one:>10.2f}" for one in figures)
    met = "reached" if figures[1] < GOAL else "missed"
    return f"{trouble:18}{orders:>8}{len(times):>8}{said}   goal {GOAL:g} ms: {met}"


def report(orders: int = ORDERS, nice: int | None = None) -> Iterator[str]:
    """Measure every trouble in turn, and give a line for each."""
    yield TITLE
    for trouble in TROUBLES:
        with tempfile.TemporaryDirectory(prefix="vigie-isolate-") as folder:
            yield row(trouble, orders, measured(Path(folder), trouble, orders, nice))


if __name__ == "__main__":
    for line in report(*map(int, sys.argv[1:3])):
        print(line, flush=True)
