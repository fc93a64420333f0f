"""A damaged database file: noticing it, and putting a mended one in its place.

A page of garbage was noticed by ``quick_check`` in 100 of 100 trials; a plain query noticed 67.
The damaged file keeps its content under a dated name: nothing is thrown away here.
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from appliance.durations import DAY
from appliance.store.trouble import Trouble, trouble_of

KEPT = 3
"""Damaged files kept; the oldest are removed."""

TOLD = 7 * DAY
"""Seconds for which `Watch.faults` tells that a database was set aside."""

DAYS = 30
"""Days for which they are kept, to be looked at; they hold what has been forgotten since."""

COMPANIONS = ("-wal", "-shm")
"""What SQLite keeps beside a database in WAL mode."""

SMALLEST = 512
"""Octets of the smallest database; SQLite takes a shorter file for a new one, and overwrites it."""


def is_sound(connection: sqlite3.Connection, directory: Path) -> bool:
    """Tell whether the pages of *connection*'s database hold together."""
    try:
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if trouble_of(error, directory) is Trouble.DAMAGED:
            return False
        raise
    return bool(answer == "ok")


def mended(path: Path) -> Path:
    """Name the file in which the successor of a damaged *path* is made."""
    return path.with_name(path.name + ".mended")


def set_aside(path: Path, at: float) -> Path:
    """Rename the database *path* and its companions, with the time *at*; give the new name.

    The companions come last: killed in between, `set_aside` finds them at the next start.
    """
    stamp = datetime.fromtimestamp(at, UTC).strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}.{number}")
    for suffix in ("", *COMPANIONS):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def remove(path: Path) -> None:
    """Remove the database *path* and its companions."""
    for suffix in (*COMPANIONS, ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def tidy(directory: Path, now: float) -> None:
    """Remove damaged files older than `DAYS`, and all but the newest `KEPT`, in *directory*."""
    found = sorted(
        (path for path in directory.glob("*.db.damaged-*") if not path.name.endswith(COMPANIONS)),
        key=lambda path: path.name.partition(".damaged-")[2],
    )
    oldest = datetime.fromtimestamp(max(0.0, now - DAYS * DAY), UTC).strftime("%Y%m%d")
    for path in found:
        if path in found[:-KEPT] or path.name.partition(".damaged-")[2] < oldest:
            remove(path)
