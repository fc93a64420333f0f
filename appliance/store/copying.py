"""Copies of a database that is in use.

``VACUUM INTO`` keeps writers waiting for milliseconds; SQLite's backup interface began again with
every foreign write, and did not finish (measured).
"""

import os
from contextlib import closing
from pathlib import Path

from appliance.store import damage
from appliance.store.pool import read_only
from appliance.store.trouble import named


def copy(path: Path, to: Path) -> None:
    """Have *to* be a copy of the database *path*, whole or not at all; raises StoreTrouble."""
    new = to.with_name(to.name + ".new")
    with named(to.parent):
        damage.remove(new)
        try:
            with closing(read_only(path)) as db:
                db.execute("VACUUM INTO ?", (str(new),))
            file = os.open(new, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(file)
            finally:
                os.close(file)
            new.chmod(0o660)
            new.replace(to)
        except BaseException:
            damage.remove(new)
            raise
