"""Killing the panel at random moments while somebody orders: does the relay ever move unasked?

    python -m tests.bench.kills [KILLS] [SEED]

After each kill (SIGKILL) it is started again as systemd would, on the same disk and the same coil.
Every move of the relay must be one that the latch on disk had ordered at that moment, and the state
after each start must be that of the last order answered, or of the one under way.
"""

import itertools
import random
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from appliance.panel import latch_file
from appliance.panel.client import PanelRefused, PanelUnreachable
from appliance.panel.control import LATCH
from tests.kit.panel_process import Running, panel

KILLS = 100
SEED = 1
LATEST = 0.25
"""Seconds after the start within which the kill comes."""


@dataclass
class Told:
    """What somebody ordered, as far as he knows."""

    states: set[str] = field(default_factory=lambda: {"connected"})
    """Where the uplink may be: the last order answered, and the one under way."""
    orders: int = 0

    def orders_until_it_is_gone(self, running: Running) -> None:
        """Cut and join again, one after the other, as fast as the panel answers."""
        client = running.client
        with suppress(PanelUnreachable):
            while True:
                for order, state in ((client.isolate, "isolated"), (client.reconnect, "connected")):
                    running.minute()
                    self.states.add(state)
                    try:
                        order(who="bench")
                    except PanelRefused:
                        continue
                    self.states = {state}
                    self.orders += 1


@dataclass
class Outcome:
    """What came of so many kills."""

    kills: int = 0
    orders: int = 0
    moves: int = 0
    wrong: list[str] = field(default_factory=list)
    """What should not have been, a sentence each."""


def killed(folder: Path, kills: int, seed: int) -> Outcome:
    """Kill the panel so often at moments that *seed* decides, and look at it after each."""
    chance, told, found = random.Random(seed), Told(), Outcome()  # noqa: S311 - repeatable
    for number in range(kills + 1):
        with panel(folder, quiet=True) as running:
            _look(running, told, number, found)
            if number == kills:
                break
            somebody = Thread(target=told.orders_until_it_is_gone, args=(running,))
            somebody.start()
            with suppress(subprocess.TimeoutExpired):
                running.process.wait(chance.uniform(0, LATEST))
            running.kill()
            somebody.join()
            found.kills += 1
    moves = running.moves()
    found.orders, found.moves = told.orders, len(moves)
    for line in moves:
        if line not in {"0 0", "1 1"}:
            found.wrong.append(f"the relay moved as {line}: to where, and what the disk said")
    for before, after in itertools.pairwise(moves):
        if before == after:
            found.wrong.append(f"the relay moved twice to {after}")
    return found


def _look(running: Running, told: Told, number: int, found: Outcome) -> None:
    """Compare what the panel says with the disk, the coil and what was ordered."""
    state = running.client.status().state
    isolated = latch_file.load(running.folder / "state" / LATCH).isolated
    coil = running.moves()[-1].startswith("1")
    if (state == "isolated", state in told.states) != (isolated, True) or coil is not isolated:
        found.wrong.append(
            f"after kill {number}: it says {state}, the disk {isolated}, the coil {coil},"
            f" ordered was {' or '.join(told.states)}"
        )
    told.states = {state}


def row(outcome: Outcome) -> str:
    """Say in one line what came of it."""
    return (
        f"{outcome.kills} kills among {outcome.orders} orders: {outcome.moves} moves of the relay,"
        f" {len(outcome.wrong)} wrong"
    )


def main(kills: int = KILLS, seed: int = SEED) -> int:
    """Print what came of it; give 1 when something was wrong."""
    with tempfile.TemporaryDirectory(prefix="vigie-kills-") as folder:
        outcome = killed(Path(folder), kills, seed)
    print(row(outcome), *outcome.wrong, sep="\n")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
