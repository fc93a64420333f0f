"""Whether a danger has been told to somebody, for whoever is about to cut the uplink.

The outputs leave a small file for each danger that somebody has got word of; whoever wants to cut
only after the word is out waits for it, for two seconds at most, and needs neither a database nor a
socket: isolating works also when both have failed.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FOLDER = "told"
"""In the directory of the sockets; empty after a restart."""

MOST = 64
"""Dangers remembered; the oldest is forgotten first."""

WITHIN = 2.0
"""Seconds to wait for the word to be out: encrypting a share goes on meanwhile."""

LOOK_EVERY = 0.05
"""Seconds between two looks."""


def note(run: Path, alert: str) -> None:
    """Leave word in *run* that the danger with the id *alert* was told; raises OSError."""
    folder = run / FOLDER
    folder.mkdir(mode=0o770, parents=True, exist_ok=True)
    _place(run, alert).touch()
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)
    for file in files[:-MOST]:
        file.unlink(missing_ok=True)


def is_told(run: Path, alert: str) -> bool:
    """Tell whether somebody got word of the danger with the id *alert*."""
    with suppress(OSError):
        return _place(run, alert).exists()
    return False


def wait(
    run: Path,
    alert: str,
    *,
    within: float = WITHIN,
    steady: Callable[[], float] = time.monotonic,
    pause: Callable[[float], object] = time.sleep,
) -> bool:
    """Wait until the danger *alert* is told, at most *within* seconds; tell whether it is."""
    until = steady() + within
    while not (told := is_told(run, alert)) and steady() < until:
        pause(LOOK_EVERY)
    return told


def _place(run: Path, alert: str) -> Path:
    if not alert.isalnum():
        raise ValueError(f"{alert!r} is no alert's id")
    return run / FOLDER / alert
