"""Waits in the place of a part that has nothing to do, until something is set on the pages.

Most boxes have no managed switch, and some nobody to tell: such a part hands its process over to
this program (execve(2)), which loads next to nothing, and takes it back when the settings are
written anew. To whoever started it, it is the same process: ready, alive, ended by SIGTERM.
"""

import os
import signal
import sys
import time
from typing import NoReturn

from appliance.notify import READY, WORKING, notify

LOOK = 2.0
"""Seconds between two looks at the settings, and two signs of life."""

_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from appliance.waiting import main; main()"


def stamp(path: str | os.PathLike[str]) -> tuple[int, ...]:
    """Give what differs after each time *path* is written whole; nothing where there is no file."""
    try:
        about = os.stat(path)  # noqa: PTH116 - pathlib weighs more than the rest of this program
    except OSError:
        return ()
    return about.st_ino, about.st_mtime_ns, about.st_size


def hand_over(path: os.PathLike[str], seen: tuple[int, ...], words: str) -> NoReturn:
    """Say *words*; wait, in this process, until `stamp` says of *path* other than what was *seen*.

    Then the command line that this process was started with begins again.
    """
    code = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - as above
    told = [code, os.fspath(path), repr(seen), words, *sys.orig_argv]
    os.execv(sys.executable, [sys.executable, "-ISc", _PROGRAM, *told])  # noqa: S606 - our own


def main() -> NoReturn:
    """Be the program: the directory of the code, a file, its stamp, words, and a command line."""
    path, seen, words, *command = sys.argv[2:]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit())
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
    notify(READY)
    while repr(stamp(path)) == seen:
        notify(WORKING)
        time.sleep(LOOK)
    os.execv(sys.executable, command)  # noqa: S606 - the command line that handed over
