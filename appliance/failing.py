"""Which parts of the box keep failing.

When a part has failed five times in ten minutes, systemd leaves a file with its name for us
(``systemd/vigie-alarm@.service``), and gives it its next five chances.
"""

from contextlib import suppress
from pathlib import Path

from appliance.durations import HOUR

FOLDER = "failing"
"""In the directory of the sockets, which is empty after a restart of the machine."""

RECENT = HOUR
"""Seconds for which it is told: long enough to be seen, and to call somebody."""


def failing(run: Path, now: float) -> tuple[str, ...]:
    """Give the names of the units that kept failing within the last hour."""
    found: list[str] = []
    with suppress(OSError):  # there is no such directory while all is well
        found += [
            file.name
            for file in (run / FOLDER).iterdir()
            if abs(now - file.stat().st_mtime) < RECENT
        ]
    return tuple(sorted(found))
