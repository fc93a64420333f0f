"""An update during which the card is frozen, again and again, as a power cut would leave it."""

import select
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.kit.changes import watched
from tests.kit.pi import Pi
from tests.kit.sd_card import Card

UNPACKED_EVERY = 40
"""Of how many changes while a bundle is unpacked the card is frozen before one; it is before each
of those from then on that the process makes itself."""
QUIET = 40
"""Seconds without a change of that process after which the card is frozen as well: others are at
work for it."""

# Linux writes by itself what is older than seconds, and here those pass many times as fast as work
# is done: so by then all would be on the card that on a real one is not. It is left to those who
# flush.
_LAZY = "echo 0 >/proc/sys/vm/dirty_writeback_centisecs; mount -o remount,commit=3600 /data"

# Before each change it says which, and waits to be told to go on.
_ASKING = """
told, heard = os.dup(1), os.dup(0)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
def before(number, event, what):
    os.write(told, f"before {event} {what}\\n".encode())
    os.read(heard, 1)
"""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A card as it was at one moment of an update."""

    card: Card
    when: str
    """Before which change, or during what."""
    phase: str
    """Unpacking, building, or switching."""


@dataclass
class Update:
    """An update that has ended: how, and the cards that were frozen."""

    status: int = 0
    said: str = ""
    changes: int = 0
    frozen: list[Frozen] = field(default_factory=list)


def frozen_update(pi: Pi, folder: Path, *words: str) -> Update:
    """Run ``vigie update`` with *words*; have the layers of the card in *folder*."""
    pi.sh(_LAZY)
    update, phase, last = Update(), "unpacking", "its beginning"

    def freeze(when: str) -> None:
        layer = folder / f"layer-{len(update.frozen)}.qcow2"
        update.frozen.append(Frozen(pi.freeze(layer), when, phase))

    with subprocess.Popen(
        pi.entering(shlex.join(watched(_ASKING, "update", *words))),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
    ) as process:
        assert process.stdin
        assert process.stdout
        for line in _lines(process.stdout):
            if not line:
                freeze(f"during {last}")
                continue
            if not line.startswith("before "):
                update.said += line if not line.startswith("changes ") else ""
                continue
            if phase == "building":
                phase = "switching"
            last = line.removeprefix("before ").strip()
            if phase == "switching" or update.changes % UNPACKED_EVERY == 0:
                freeze(f"before {last}")
            if "--build" in last:
                phase = "building"
            update.changes += 1
            process.stdin.write(b".")
    update.status = process.returncode
    return update


def _lines(said: IO[bytes]) -> Iterator[str]:
    """Give each line, and an empty one for each time in which nothing was said."""
    while True:
        if not select.select([said], [], [], QUIET)[0]:
            yield ""
            continue
        if not (line := said.readline()):
            return
        yield line.decode("utf-8", "replace")


def chosen(frozen: list[Frozen], phase: str, count: int) -> list[Frozen]:
    """Choose *count* of those of *phase*, evenly from the first to the last."""
    there = [each for each in frozen if each.phase == phase]
    last = max(count - 1, 1)
    return [there[number * (len(there) - 1) // last] for number in range(min(count, len(there)))]
