"""``outbox.db``: what is to be told, by which way, and what became of it.

A file of its own with one writer, the process of the outputs; pages and commands only count in it
(`tally.py`). A message is written down whole before it is sent and marked when it was taken, so a
crash in between repeats it under the same id, and never loses it. Messages that were sent stay for
a while, so that the same one is not made again.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from appliance.durations import DAY
from appliance.erasures import Erasure
from appliance.store import damage, unsent
from appliance.store.opening import SETTINGS, connect, use_wal
from appliance.store.trouble import named

T = TypeVar("T")

NAME = "outbox.db"

MOST = 5_000
"""Messages that wait at once, months of alerts; the mildest and oldest are let go first."""

KEPT = 40 * DAY
"""Seconds for which a message that waits no more is remembered, longer than `plan` looks back."""

TRIED = 30 * DAY
"""Seconds after which a message is no longer tried: nobody needs the news any more."""

_WHY = 200
"""Characters kept of what went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A message that waits to be sent by one way."""

    id: str
    """The same for each attempt: whoever gets it twice can tell by it."""
    way: str
    who: str
    """The person it is for; empty for a program."""
    kind: str
    alert: str
    """The alert's id; empty when it is about several or none."""
    severity: int
    created: float
    due: float
    """When it is to be tried next."""
    content: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
    """Its place in the order; given by the outbox."""
    attempts: int = 0
    waits: bool = True
    """Otherwise it is only remembered: another one says the same."""


class Outbox:
    """The writer of the outbox in *directory*, for any of its process's threads.

    Raises `StoreTrouble` when it cannot be opened, read or written.
    """

    def __init__(self, directory: Path, now: Callable[[], float]) -> None:
        self._directory = directory
        self._turn = RLock()
        with named(directory):
            directory.mkdir(mode=0o770, parents=True, exist_ok=True)
            self._db = _open(directory / NAME, now())

    def close(self) -> None:
        """Close the database."""
        with self._turn:
            self._db.close()

    def since(self, names: Collection[str], now: float) -> Mapping[str, float]:
        """Give since when each of *names* is told; one that is new, since *now*."""

        def ask(db: sqlite3.Connection) -> Mapping[str, float]:
            rows = [(name, now) for name in names]
            db.executemany("INSERT INTO told_since VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
            found = db.execute("SELECT name, at FROM told_since").fetchall()
            return {name: at for name, at in found if name in names}

        return self._do(ask)

    def made(self, alerts: Collection[str], after: float) -> Mapping[str, float]:
        """Give, by id, when each message about *alerts* or made *after* was made."""
        chosen = json.dumps(list(alerts))
        return self._do(lambda db: dict(db.execute(_MADE, (chosen, after)).fetchall()))

    def put(self, items: Iterable[Item]) -> int:
        """Add *items*, in order, but those that are there; say how many messages were let go."""

        def add(db: sqlite3.Connection) -> int:
            db.executemany(_PUT, map(_row, items))
            (waiting,) = db.execute("SELECT count(*) FROM messages WHERE is_waiting").fetchone()
            return db.execute(_DROP, (max(0, waiting - MOST),)).rowcount

        return self._do(add)

    def next(self, way: str) -> Item | None:
        """Give what is to be sent first by *way*: dangers, then the rest, each in order."""
        found = self._do(lambda db: db.execute(_NEXT, (way,)).fetchone())
        return None if found is None else _item(found)

    def delivered(self, item: Item, now: float) -> None:
        """Note that *item* was taken; what waits behind it may be tried at once."""

        def note(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE messages SET is_waiting = 0, delivered = ?, attempts = attempts + 1,"
                " trouble = '' WHERE number = ?",
                (now, item.number),
            )
            db.execute(_WAKE, {"way": item.way, "now": now})

        self._do(note)

    def failed(self, item: Item, due: float, why: str) -> None:
        """Note that *item* was not taken, and is to be tried again when it is *due*."""
        self._do(
            lambda db: db.execute(
                "UPDATE messages SET attempts = attempts + 1, trouble = ?, due = ?"
                " WHERE number = ?",
                (why[:_WHY], due, item.number),
            )
        )

    def refused(self, item: Item, why: str) -> None:
        """Note that *item* will never be taken."""
        self._do(
            lambda db: db.execute(
                "UPDATE messages SET is_waiting = 0, is_refused = 1, attempts = attempts + 1,"
                " trouble = ? WHERE number = ?",
                (why[:_WHY], item.number),
            )
        )

    def wake(self, now: float) -> None:
        """Let everything that waits be tried at once: the world has changed."""
        self._do(lambda db: db.execute(_WAKE, {"way": None, "now": now}))

    def tidy(self, alerts: Collection[str], now: float) -> None:
        """Let go what is too old to send, and forget what was sent, but not of *alerts*."""

        def work(db: sqlite3.Connection) -> None:
            db.execute(_DROP_OLD, (now - TRIED,))
            db.execute(_FORGET, (now - KEPT, json.dumps(list(alerts))))

        self._do(work)

    def erase(self, asked: Iterable[Erasure]) -> None:
        """Delete what people had deleted of it, each once, so that nothing of it is left here."""
        done = self._do(unsent.done)
        for one in (each for each in asked if each.id > done):
            self._do(lambda db, one=one: unsent.erase(db, one))  # type: ignore[misc] # bound
            with self._turn, named(self._directory):
                if unsent.is_ours(one):
                    self._db.execute("VACUUM")
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._turn, named(self._directory):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                found = work(self._db)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            return found


def _open(path: Path, at: float) -> sqlite3.Connection:
    """Give a connection to *path*; a damaged file is set aside, and a new one begun."""
    if path.exists() and not _sound(path):
        damage.set_aside(path, at)
    db = connect(path)
    try:
        for setting in SETTINGS:
            db.execute(setting)
        use_wal(db)
        db.executescript(_SCHEMA + unsent.SCHEMA)
    except BaseException:
        db.close()
        raise
    return db


def _sound(path: Path) -> bool:
    if 0 < path.stat().st_size < damage.SMALLEST:
        return False
    with closing(connect(path)) as db:
        return damage.is_sound(db, path.parent)


def _row(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "way": item.way,
        "who": item.who,
        "kind": item.kind,
        "alert": item.alert,
        "severity": item.severity,
        "created": item.created,
        "due": item.due,
        "waits": int(item.waits),
        "content": json.dumps(item.content, ensure_ascii=False),
    }


def _item(row: sqlite3.Row) -> Item:
    names = ("number", "id", "way", "who", "kind", "alert", "severity", "created", "due")
    return Item(
        **{name: row[name] for name in names},
        attempts=row["attempts"],
        content=json.loads(row["content"]),
    )


_SCHEMA = """
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS messages (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        way TEXT NOT NULL,
        who TEXT NOT NULL,
        kind TEXT NOT NULL,
        alert TEXT NOT NULL,
        severity INTEGER NOT NULL,
        created REAL NOT NULL,
        due REAL NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        trouble TEXT NOT NULL DEFAULT '',
        is_waiting INTEGER NOT NULL DEFAULT 1,
        is_refused INTEGER NOT NULL DEFAULT 0,
        delivered REAL,
        content TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS messages_waiting ON messages (way, number) WHERE is_waiting;
    CREATE INDEX IF NOT EXISTS messages_alert ON messages (alert);
    CREATE TABLE IF NOT EXISTS told_since (
        name TEXT NOT NULL PRIMARY KEY,
        at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;
    COMMIT;
"""

_PUT = """
    INSERT INTO messages (id, way, who, kind, alert, severity, created, due, is_waiting, content)
    VALUES (:id, :way, :who, :kind, :alert, :severity, :created, :due, :waits, :content)
    ON CONFLICT DO NOTHING
"""

_DROP = """
    UPDATE messages SET is_waiting = 0, trouble = 'dropped' WHERE number IN (
        SELECT number FROM messages WHERE is_waiting ORDER BY severity, number LIMIT ?
    )
"""

_DROP_OLD = (
    "UPDATE messages SET is_waiting = 0, trouble = 'dropped' WHERE is_waiting AND created < ?"
)

_FORGET = """
    DELETE FROM messages WHERE NOT is_waiting AND created < ?
        AND alert NOT IN (SELECT value FROM json_each(?))
"""

_NEXT = """
    SELECT * FROM messages WHERE way = ? AND is_waiting ORDER BY severity < 3, number LIMIT 1
"""

_WAKE = """
    UPDATE messages SET due = :now
    WHERE is_waiting AND due > :now AND (:way IS NULL OR way = :way)
"""

_MADE = """
    SELECT id, created FROM messages
    WHERE alert IN (SELECT value FROM json_each(?)) OR (alert = '' AND created > ?)
"""
