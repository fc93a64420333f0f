"""A machine mines; or only speaks JSON, or only reads a pool's page.

The miner is cpuminer (``minerd``), which no Debian carries: it is built from its source, and must
be on the path when these scenes are recorded.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab.cast import POOL_NAME, STRANGER
from tests.lab.practice import Practice
from tests.lab.scenes import work
from tests.lab.scenes.scene import Scene

_PORT = 3333


def minerd(practice: Practice) -> None:
    """A workstation asks a pool for work, by its name."""
    with _pool(practice, "internet"):
        _mine(practice, "reception", POOL_NAME)


def minerd_to_a_bare_address(practice: Practice) -> None:
    """The file server does the same at an address that nobody has heard of."""
    with _pool(practice, "internet"):
        _mine(practice, "nas", STRANGER)


def ordinary_work(practice: Practice) -> None:
    """Pages, files, images."""
    work.browse(practice, "surgery", *work.SITES)
    work.use_share(practice, "reception")


def other_programs_speak_json(practice: Practice) -> None:
    """A player is steered by JSON-RPC, line by line, and a log-in of another program."""
    program = [sys.executable, "-m", "tests.lab.programs.pool"]
    with practice.running("nas", [*program, "serve", str(_PORT)]):
        practice.await_ports("nas", _PORT)
        nas = practice.hosts["nas"].ip
        for said in ("Player.GetActivePlayers", "login"):
            practice.run("reception", [*program, "say", nas, str(_PORT), said], check=True)


def page_of_a_pool(practice: Practice) -> None:
    """Somebody reads about it."""
    for _ in range(3):
        work.call(practice, "reception", f"https://{POOL_NAME}/")
    work.call(practice, "reception", f"http://{POOL_NAME}/")


@contextmanager
def _pool(practice: Practice, who: str) -> Iterator[None]:
    program = [sys.executable, "-m", "tests.lab.programs.pool", "serve", str(_PORT)]
    with practice.running(who, program):
        practice.await_ports(who, _PORT)
        yield


def _mine(practice: Practice, who: str, pool: str) -> None:
    url = f"stratum+tcp://{pool}:{_PORT}"
    argv = ("timeout", "4", "minerd", "-a", "sha256d", "-t", "1", "-q", "-o", url)
    practice.run(who, [*argv, "-u", "essai", "-p", "x"])


SCENES = {
    "minerd": Scene(play=minerd),
    "minerd_to_a_bare_address": Scene(play=minerd_to_a_bare_address),
    "ordinary_work": Scene(play=ordinary_work),
    "lookalike_other_programs_speak_json": Scene(play=other_programs_speak_json),
    "lookalike_page_of_a_pool": Scene(play=page_of_a_pool),
}
