"""The audit: who did what on the box, chained so that a change is noticed.

Each entry carries the SHA-256 of itself and of the hash before it. This finds entries changed,
removed, added or put in another order, and a bit that flipped; the end cut off is found by the
number SQLite gave last. Whoever can write the file can also make a whole new chain: it protects
against mistakes and against hiding one thing, not against somebody who owns the box.
"""

import json
import sqlite3
from dataclasses import dataclass
from hashlib import sha256

from appliance.store import rows
from appliance.store.rows import Row

KEPT = 100_000
"""Entries; the oldest are forgotten, and the chain then begins at the first one kept."""

SLACK = 1_000
"""Entries beyond `KEPT` before they are forgotten, all at once."""

BREAKS = 100
"""Breaks that are listed."""

BEFORE = "audit_before"
"""Key in ``meta`` of the hash that came before the first entry kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that somebody did."""

    id: int
    at: float
    who: str
    what: str
    """A word for the kind of act: ``sign_in``, ``decide``, ``isolate``, …"""
    detail: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCheck:
    """What became of the audit."""

    entries: int
    """Entries that follow from the one before them."""
    breaks: tuple[int, ...] = ()
    """Numbers of the entries that do not, or that are missing at the end; at most `BREAKS`."""

    @property
    def whole(self) -> bool:
        """All entries are there and as they were written."""
        return not self.breaks


def add(connection: sqlite3.Connection, at: float, who: str, what: str, detail: str) -> AuditEntry:
    """Write an entry, in a transaction that already holds the write lock."""
    last = connection.execute("SELECT * FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number = _last_given(connection) + 1
    before = last["hash"] if last else _before(connection)
    who, what, detail = (text.encode("utf-8", "replace").decode() for text in (who, what, detail))
    new = AuditEntry(
        id=number,
        at=at,
        who=who,
        what=what,
        detail=detail,
        hash=_chained(before, (number, at, who, what, detail)),
    )
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", (number, at, who, what, detail, new.hash)
    )
    if number % SLACK == 0:
        _forget(connection)
    return new


def newest_first(
    connection: sqlite3.Connection, limit: int, before: int | None
) -> tuple[AuditEntry, ...]:
    """Give at most *limit* entries, the newest first, from below the id *before*."""
    found = connection.execute(
        "SELECT * FROM audit WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
        (before, limit),
    )
    return rows.read(found, _entry)


def verify(connection: sqlite3.Connection) -> AuditCheck:
    """Check every entry that is kept (a hundred thousand take about half a second)."""
    before = _before(connection)
    entries = expected = 0
    breaks = []
    for row in connection.execute("SELECT * FROM audit ORDER BY id"):
        number: int = row["id"]
        hash_ = _chained(before, (number, row["at"], row["who"], row["what"], row["detail"]))
        if hash_ == row["hash"] and expected in (0, number):
            entries += 1
        else:
            breaks.append(number)
        before, expected = row["hash"], number + 1
    if _last_given(connection) >= max(1, expected):
        breaks.append(max(1, expected))
    return AuditCheck(entries=entries, breaks=tuple(breaks[:BREAKS]))


def _entry(row: Row) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        at=row["at"],
        who=row["who"],
        what=row["what"],
        detail=row["detail"],
        hash=row["hash"],
    )


def _forget(connection: sqlite3.Connection) -> None:
    last = connection.execute(
        "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1 OFFSET ?", (KEPT,)
    ).fetchone()
    if last is not None:
        _forget_up_to(connection, last)


def _forget_up_to(connection: sqlite3.Connection, last: sqlite3.Row) -> None:
    connection.execute("DELETE FROM audit WHERE id <= ?", (last["id"],))
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (BEFORE, last["hash"]))


def tidy(connection: sqlite3.Connection, before: float) -> None:
    """Forget entries written before then, but the last; the chain begins at the first kept."""
    last = connection.execute(
        "SELECT id, hash FROM audit WHERE id < coalesce("
        "(SELECT min(id) FROM audit WHERE at >= ?), (SELECT max(id) FROM audit))"
        " ORDER BY id DESC LIMIT 1",
        (before,),
    ).fetchone()
    if last is not None:
        _forget_up_to(connection, last)


def _before(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (BEFORE,)).fetchone()
    return row["value"] if row else ""


def _last_given(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
    return row["seq"] if row else 0


def _chained(before: str, said: tuple[int, float, str, str, str]) -> str:
    return sha256(json.dumps((before, *said)).encode()).hexdigest()
