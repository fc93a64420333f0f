"""The writing end of ``vigie.db``: every write one whole transaction, damage mended on the way.

The sensor and the web each have one, in processes of their own; whoever starts first makes the
schema. Settings are those measured for SD cards: WAL, ``synchronous=FULL`` (it costs no octet
against NORMAL and loses nothing in a power cut), ``BEGIN IMMEDIATE``.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import TypeVar

from appliance.store import damage
from appliance.store.ballast import ENOUGH, Ballast
from appliance.store.gate import Gate
from appliance.store.opening import PATIENCE, open_sound
from appliance.store.trouble import StoreTrouble, Trouble, named, room

T = TypeVar("T")

NAME = "vigie.db"


class Writer:
    """One process's writing connection to ``vigie.db`` in *directory*, for any of its threads.

    Raises `StoreTrouble` when the database cannot be opened, read or written. Before anybody is
    told, damage is mended and the ballast thrown, and it is tried once more.
    """

    def __init__(self, directory: Path, now: Callable[[], float]) -> None:
        with named(directory):
            directory.mkdir(mode=0o770, parents=True, exist_ok=True)
            self._gate = Gate(directory)
        self.ballast = Ballast(directory)
        self._directory = directory
        self._path = directory / NAME
        self._now = now
        self._turn = RLock()
        self._connection: sqlite3.Connection | None = None
        self._identity = (0, 0)
        self._patience = PATIENCE
        try:
            self.read(lambda connection: None)
        except BaseException:
            self.close()
            raise

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do *work* in one transaction, which is on the card when this returns.

        *work* is done again when the first time fails for a reason that could be mended.
        """
        return self._do(work, "BEGIN IMMEDIATE")

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do *work*, which only reads, on one unchanging view of the database."""
        return self._do(work, "BEGIN")

    def be_patient(self, seconds: float) -> None:
        """Wait for other writers no longer than *seconds* from now on."""
        with self._turn:
            self._patience = seconds
            if self._connection is not None:
                self._connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def check(self) -> None:
        """Look through the whole file for damage, and mend it (milliseconds for a few MB)."""
        with self._turn:
            if not self.read(lambda connection: damage.is_sound(connection, self._directory)):
                self._open(damaged=True)

    def compact(self) -> bool:
        """Write the file anew, with nothing in it but rows; False where there is no room for it."""
        with self._turn, named(self._directory), self._gate.together():
            needed = ENOUGH + 3 * self._path.stat().st_size  # a copy, the log, and some
            if self._connection is None or room(self._directory) < needed:
                return False
            self._connection.execute("PRAGMA temp_store = FILE")  # in memory it would be too much
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA temp_store = MEMORY")
            return True

    def empty_log(self) -> bool:
        """Have all be in the file itself, and nothing in its write-ahead log; tell whether it is.

        Not while somebody still reads what was.
        """
        with self._turn, named(self._directory), self._gate.together():
            if self._connection is None:
                return False
            busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def close(self) -> None:
        """Close the database."""
        with self._turn:
            self._disconnect()
            self._gate.close()

    def _do(self, work: Callable[[sqlite3.Connection], T], begin: str) -> T:
        with self._turn:
            try:
                return self._transact(work, begin)
            except StoreTrouble as trouble:
                if trouble.what is Trouble.DAMAGED:
                    self._open(damaged=True)
                elif not (trouble.what is Trouble.FULL and self.ballast.release()):
                    raise
            return self._transact(work, begin)

    def _transact(self, work: Callable[[sqlite3.Connection], T], begin: str) -> T:
        while True:
            with named(self._directory):
                connection = self._connection
                if connection is None or self._moved():
                    connection = self._open(damaged=False)
                with self._gate.together():
                    if not self._moved():
                        return _transaction(connection, work, begin)

    def _moved(self) -> bool:
        """Tell whether the file that is open no longer has our name: somebody set it aside."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return True
        return (found.st_dev, found.st_ino) != self._identity

    def _open(self, *, damaged: bool) -> sqlite3.Connection:
        """Open the file; *damaged* says that the one open now must be mended first."""
        with self._gate.alone(), named(self._directory):
            damaged = damaged and not self._moved()
            self._disconnect()
            connection = open_sound(self._path, self._now(), damaged=damaged)
            self._connection = connection
            found = self._path.stat()
            self._identity = (found.st_dev, found.st_ino)
            self._gate.sync()
            self.be_patient(self._patience)
            return connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _transaction(
    connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T], begin: str
) -> T:
    connection.execute(begin)
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some errors have rolled back already
            connection.execute("ROLLBACK")
        raise
    return result
