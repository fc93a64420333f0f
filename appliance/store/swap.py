"""Another database in the place of one that nobody has open: judged, rehearsed, put there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from appliance.store import damage
from appliance.store.opening import SCHEMA, open_sound
from appliance.store.pool import read_only
from appliance.store.trouble import named

DATABASES = ("vigie.db", "outbox.db")
"""Those that hold more than traffic."""


def schema_of(path: Path) -> int:
    """Give how many steps the database *path* has taken, -1 for what is no sound database."""
    if not path.exists():
        return -1
    try:
        with closing(read_only(path)) as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            return int(version) if damage.is_sound(db, path.parent) else -1
    except sqlite3.Error:
        return -1


def is_too_new(path: Path) -> bool:
    """Tell whether a later version than this one wrote the database *path*."""
    return schema_of(path) > SCHEMA


def rehearse(path: Path, at: float) -> None:
    """Take the missing steps in *path*, a copy, and open it; raises StoreTrouble and ValueError."""
    if schema_of(path) < 0:
        raise ValueError("it does not hold together")
    with named(path.parent):
        open_sound(path, at).close()


def settle(path: Path) -> None:
    """Have all of the database *path* in its one file; nobody else may have it open."""
    if schema_of(path) < 0:
        return
    with named(path.parent), closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def replace(path: Path, by: Path) -> None:
    """Have the database *by* in the place of *path*; nobody may have either open.

    What was written beside the old one is settled first: SQLite would play it into the new one.
    """
    if path.exists():
        settle(path)
        for suffix in damage.COMPANIONS:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    by.replace(path)
