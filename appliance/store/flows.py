"""Conversations, in one file per day (UTC): ``flows-YYYYMMDD.db``.

A day is forgotten by removing its file: deleting its rows would write 34 to 46 MB. The only index
is on the time: one on the device as well would make the card write four times as much (measured).
"""

import json
import sqlite3
from collections import deque
from collections.abc import Collection
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from itertools import groupby
from math import inf
from pathlib import Path

from appliance.durations import DAY
from appliance.model import Ip, Mac
from appliance.store import damage, rows
from appliance.store.opening import connect, use_wal
from appliance.store.rows import Row
from appliance.store.trouble import StoreTrouble, Trouble, named

SHARE = 24
"""One minute may write at most this part of a day's rows, so that a scan does not use up the day;
those with most octets are kept."""


_SCHEMA = (
    """
    CREATE TABLE flows (
        id INTEGER PRIMARY KEY,
        first_at REAL NOT NULL,
        last_at REAL NOT NULL,
        mac TEXT NOT NULL,
        peer_mac TEXT NOT NULL,
        src TEXT NOT NULL,
        dst TEXT NOT NULL,
        sport INTEGER NOT NULL,
        dport INTEGER NOT NULL,
        proto INTEGER NOT NULL,
        packets_out INTEGER NOT NULL,
        packets_in INTEGER NOT NULL,
        octets_out INTEGER NOT NULL,
        octets_in INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX flows_by_time ON flows (last_at)",
)

_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = OFF",  # Debian's library has it on
    "PRAGMA busy_timeout = 250",  # the sensor must not wait; a minute later it tries again
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What one conversation did in one minute; *src* is the side that began."""

    first_at: float
    last_at: float
    mac: Mac
    """Hardware address of the side that began."""
    peer_mac: Mac
    """Hardware address the beginner's frames went to: a gateway's when *dst* is outside."""
    src: Ip
    dst: Ip
    sport: int
    """Port, or for ICMP the type."""
    dport: int
    """Port, or for ICMP the code."""
    proto: int
    """IANA protocol number."""
    packets_out: int
    packets_in: int
    octets_out: int
    """IP octets that the beginner sent."""
    octets_in: int


class DayFiles:
    """The writing end of the day files in *directory*; at most *rows_a_day* rows go into each."""

    def __init__(self, directory: Path, rows_a_day: int) -> None:
        self.left_out = 0
        """Conversations for which there was no room in their day."""
        self.set_aside = 0
        """Files found damaged."""
        self._directory = directory
        self._rows_a_day = rows_a_day
        self._path: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._written = 0
        """Rows in the file that is open."""

    def write(self, ready: deque[Conversation], at: float) -> None:
        """Write *ready*, day by day, and take from it what is on the card.

        A damaged file is set aside with the time *at* in its name, and the day begun anew.
        Raises StoreTrouble; what was not written is still in *ready* then.
        """
        while ready:
            day, rows_of_day = next(groupby(ready, key=_name_of))
            path, batch = self._directory / day, list(rows_of_day)
            try:
                self._write_day(path, batch)
            except StoreTrouble as trouble:
                self.close()
                if trouble.what is not Trouble.DAMAGED:
                    raise
                damage.set_aside(path, at)
                self.set_aside += 1
                self._write_day(path, batch)
            for _ in batch:
                ready.popleft()

    def tidy(self, today: float, days: int) -> None:
        """Remove the files of days that ended more than *days* days before *today*."""
        oldest = _name(today - days * DAY)
        for path in files(self._directory):
            if path.name < oldest:
                self._remove(path)

    def free(self, days: int) -> bool:
        """Remove the oldest file when there are more than *days*; tell whether there were."""
        found = files(self._directory)
        if len(found) <= days:
            return False
        self._remove(found[0])
        return True

    def close(self) -> None:
        """Close the file that is open."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._path = None

    def _write_day(self, path: Path, batch: list[Conversation]) -> None:
        with named(self._directory):
            connection = self._open(path)
            room = min(self._rows_a_day - self._written, max(1, self._rows_a_day // SHARE))
            kept = batch
            if len(batch) > room:
                kept = sorted(batch, key=_weight, reverse=True)[: max(0, room)]
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(_INSERT, map(astuple, kept))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        self._written += len(kept)
        self.left_out += len(batch) - len(kept)

    def _open(self, path: Path) -> sqlite3.Connection:
        if self._connection is not None and path == self._path and self._is_there(path):
            return self._connection
        self.close()
        connection = connect(path)
        try:
            for setting in _SETTINGS:
                connection.execute(setting)
            use_wal(connection)
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in ("BEGIN IMMEDIATE", *_SCHEMA, "COMMIT"):
                    connection.execute(statement)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (written,) = connection.execute("SELECT max(id) FROM flows").fetchone()
        except BaseException:
            connection.close()
            raise
        self._connection, self._path = connection, path
        self._inode, self._written = path.stat().st_ino, written or 0
        return connection

    def _is_there(self, path: Path) -> bool:
        return path.exists() and path.stat().st_ino == self._inode

    def _remove(self, path: Path) -> None:
        if path == self._path:
            self.close()
        with named(self._directory):
            damage.remove(path)


def files(directory: Path, since: float = 0.0, until: float = inf) -> list[Path]:
    """Give the day files in *directory* that may hold rows from *since* to *until*, in order."""
    first, last = _name(since), _name(until)
    return sorted(
        path for path in directory.glob("flows-????????.db") if first <= path.name <= last
    )


def day_of(at: float) -> str:
    """Name the file of the day that *at* is in."""
    return _name(at)


def load(
    db: sqlite3.Connection,
    macs: Collection[Mac] | None,
    since: float,
    until: float,
    limit: int,
) -> tuple[Conversation, ...]:
    """Give a day's conversations that ended in [*since*, *until*), the newest first.

    With *macs*, those with any of them at either end. None while the file has only just been made.
    """
    if not db.execute("SELECT 1 FROM sqlite_master").fetchone():
        return ()
    either = macs and json.dumps(list(macs))
    found = db.execute(_LOAD, {"since": since, "until": until, "macs": either, "limit": limit})
    return rows.read(found, _conversation)


def _conversation(row: Row) -> Conversation:
    return Conversation(**{name: row[name] for name in Conversation.__dataclass_fields__})


def _name(at: float) -> str:
    return f"flows-{datetime.fromtimestamp(min(max(at, 0.0), _LAST_AT), UTC):%Y%m%d}.db"


def _name_of(row: Conversation) -> str:
    return _name(row.last_at)


def _weight(row: Conversation) -> int:
    return row.octets_out + row.octets_in


_LAST_AT = datetime(9999, 12, 31, tzinfo=UTC).timestamp()

_INSERT = "INSERT INTO flows VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_LOAD = """
    SELECT * FROM flows
    WHERE last_at >= :since AND last_at < :until
        AND (:macs IS NULL OR mac IN (SELECT value FROM json_each(:macs))
            OR peer_mac IN (SELECT value FROM json_each(:macs)))
    ORDER BY last_at DESC, id DESC
    LIMIT :limit
"""
