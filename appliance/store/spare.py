"""The spare: a copy of ``vigie.db``, at most a day old, for what salvage cannot reach.

A page of garbage can make a whole file unreadable, when it is one that says where the tables are.
The copy is made with ``VACUUM INTO``, which keeps writers waiting for milliseconds; SQLite's
backup interface began again with every foreign write, and did not finish (measured).
"""

import os
from contextlib import closing
from pathlib import Path

from appliance.store import damage
from appliance.store.ballast import ENOUGH
from appliance.store.pool import read_only
from appliance.store.trouble import named, room

DAY = 86_400.0
"""Seconds after which a new copy is made."""


def spare_of(path: Path) -> Path:
    """Name the spare of the database *path*."""
    return path.with_name(path.name + ".spare")


def is_due(path: Path, now: float) -> bool:
    """Tell whether *path* has no spare of the last day, and there is ample room for a new one."""
    if room(path.parent) < ENOUGH + path.stat().st_size:
        return False
    try:
        made_at = spare_of(path).stat().st_mtime
    except FileNotFoundError:
        return True
    return abs(now - made_at) >= DAY


def make(path: Path, now: float) -> None:
    """Copy the database *path*, whole or not at all; raises StoreTrouble."""
    spare = spare_of(path)
    new = spare.with_name(spare.name + ".new")
    with named(path.parent):
        damage.remove(new)
        try:
            with closing(read_only(path)) as db:
                db.execute("VACUUM INTO ?", (str(new),))
            os.utime(new, (now, now))
            file = os.open(new, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(file)
            finally:
                os.close(file)
            new.chmod(0o660)
            new.replace(spare)
        except BaseException:
            damage.remove(new)
            raise
