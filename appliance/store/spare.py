"""The spare: a copy of ``vigie.db``, at most a day old, for what salvage cannot reach.

A page of garbage can make a whole file unreadable, when it is one that says where the tables are.
"""

import os
from pathlib import Path

from appliance.durations import DAY
from appliance.store.ballast import ENOUGH
from appliance.store.copying import copy
from appliance.store.trouble import named, room

EVERY = DAY
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
    return abs(now - made_at) >= EVERY


def make(path: Path, now: float) -> None:
    """Copy the database *path*, whole or not at all; raises StoreTrouble."""
    copy(path, spare_of(path))
    with named(path.parent):
        os.utime(spare_of(path), (now, now))
