"""Read-only connections for any number of threads."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from appliance.store.trouble import named

IDLE = 4
"""Connections kept open for the next question."""

PATIENCE = 5.0
"""Seconds to wait for a lock that somebody else holds."""


class Pool:
    """Connections to the database *path*, each lent to one thread at a time.

    When another file takes the path (a damaged one was set aside), the connections to the old one
    are closed instead of being lent again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()
        self._identity = (0, 0)

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection | None]:
        """Lend a connection, or None while there is no database; raises StoreTrouble."""
        with named(self._path.parent):
            identity = _identity(self._path)
            if identity is None:
                yield None
                return
            connection = self._taken(identity) or read_only(self._path)
            try:
                yield connection if _has_schema(connection) else None
            except BaseException:
                connection.close()
                raise
            self._give_back(connection, identity)

    def close(self) -> None:
        """Close the connections that are not lent."""
        with self._lock:
            self._close_idle()

    def _taken(self, identity: tuple[int, int]) -> sqlite3.Connection | None:
        with self._lock:
            if identity != self._identity:
                self._close_idle()
                self._identity = identity
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: sqlite3.Connection, identity: tuple[int, int]) -> None:
        with self._lock:
            if identity == self._identity and len(self._idle) < IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()


def read_only(path: Path) -> sqlite3.Connection:
    """Give a connection to *path* that SQLite lets nobody write through."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    return connection


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _has_schema(connection: sqlite3.Connection) -> bool:
    """Tell whether the first writer has finished making the tables."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version)
