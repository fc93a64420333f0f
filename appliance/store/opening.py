"""Opening ``vigie.db``: sound, in WAL mode and with today's schema, or mended on the spot."""

import os
import sqlite3
from contextlib import closing, suppress
from logging import getLogger
from pathlib import Path

from appliance.store import damage, meta
from appliance.store.salvage import TABLES, salvage
from appliance.store.trouble import Trouble, trouble_of

SCHEMA = 11
"""Steps in ``migrations.py``; kept in the file's ``user_version``, so that sqlite-utils is loaded
only when there is a step to take."""

PATIENCE = 5.0
"""Seconds to wait for a lock that somebody else holds."""

SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = FAST",
    "PRAGMA journal_size_limit = 8388608",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)

log = getLogger(__name__)


class _NotOursError(Exception):
    """The file is a database with other tables than ours."""


def open_sound(path: Path, at: float, *, damaged: bool = False) -> sqlite3.Connection:
    """Give a connection to the database *path*, made, migrated or mended as needed.

    *damaged*: it is known not to be sound. The caller holds the gate alone.
    """
    successor = damage.mended(path)
    if path.exists():
        damage.remove(successor)  # begun, and not finished
    else:
        damage.set_aside(path, at)  # companions of a file that is gone
        if successor.exists():
            successor.rename(path)
    connection = None if damaged else _sound(path)
    if connection is None:
        _mend(path, at)
        connection = _ready(path)
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """Give a connection to the database *path*, made readable for our group only when new."""
    # Never opened otherwise when it exists: closing it would drop SQLite's locks on it.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660))
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    return connection


def use_wal(connection: sqlite3.Connection) -> None:
    """Have the database of *connection* in WAL mode; only a change of mode needs a lock."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _sound(path: Path) -> sqlite3.Connection | None:
    """Give a connection to *path*, or None when it is damaged or not ours."""
    if path.exists() and 0 < path.stat().st_size < damage.SMALLEST:
        return None
    try:
        with closing(connect(path)) as connection:
            if not damage.is_sound(connection, path.parent):
                return None
        return _ready(path)
    except sqlite3.Error as error:
        if trouble_of(error, path.parent) is Trouble.DAMAGED:
            return None
        raise
    except _NotOursError:
        return None


def _ready(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    try:
        for setting in SETTINGS:
            connection.execute(setting)
        use_wal(connection)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA:
            _migrate(connection, version)
        _look_over(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _look_over(connection: sqlite3.Connection) -> None:
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not found.issuperset(TABLES):
        raise _NotOursError


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    from appliance.store.migrations import migrate  # noqa: PLC0415 - loads 30 MB, seldom needed

    connection.execute("BEGIN IMMEDIATE")
    try:
        migrate(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if version == 0 and getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise _NotOursError from error
        raise
    # Until the first checkpoint the schema is in the WAL alone, and a power cut can take it.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _mend(path: Path, at: float) -> None:
    """Put a fresh database in the place of *path*, with all that could be read of it."""
    successor = damage.mended(path)
    with closing(_ready(successor)) as fresh:
        fresh.execute("BEGIN IMMEDIATE")
        salvage(path, fresh, at)
        meta.set_time(fresh, meta.SET_ASIDE, at)
        fresh.execute("COMMIT")
        fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = damage.set_aside(path, at)
    successor.rename(path)
    log.warning("The database was damaged. It was set aside as %s; a new one was begun.", aside)
