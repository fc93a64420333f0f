"""The audit: who did what on the box, chained so that a change is noticed.

Each entry carries the SHA-256 of itself and of the hash before it, over the JSON list
``[before, number, at, who, what, detail]`` as Python writes it: ASCII with escapes, a
comma and a space between, times as the shortest decimal that reads back the same. This finds
entries changed, removed, added or put in another order, and a bit that flipped; the end cut off is
found by the number SQLite gave last. The oldest are forgotten by an entry of its own, which names
the last one forgotten and its hash. Whoever can write the file can also make a whole new chain:
that shows only beside a `Head` that was written down elsewhere (``docs/people.md``).
"""

import json
import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from math import inf

from appliance.durations import DAY
from appliance.store import rows
from appliance.store.rows import Row

KEPT = 100_000
"""Entries; the oldest are forgotten, and the chain then begins at the first one kept."""

SLACK = 1_000
"""Entries beyond `KEPT` before they are forgotten, all at once."""

BREAKS = 100
"""Breaks that are listed."""

PRUNED = "audit_pruned"
"""What an entry says that the oldest were forgotten: the last one's number and hash."""

BOX = "vigie"
"""Who wrote it, when it was no person."""

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
class Head:
    """Where the chain ended at some time: written down elsewhere, it holds all before it."""

    id: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which entries are asked for; what is empty leaves nothing out."""

    who: str = ""
    what: str = ""
    since: float = 0.0
    until: float = inf


EVERYTHING = Asked()


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
        _forget(connection, at)
    return new


def newest_first(
    connection: sqlite3.Connection, limit: int, before: int | None, asked: Asked
) -> tuple[AuditEntry, ...]:
    """Give at most *limit* entries, the newest first, from below the id *before*."""
    found = connection.execute(
        "SELECT * FROM audit WHERE (?1 IS NULL OR id < ?1) AND (?3 = '' OR who = ?3)"
        " AND (?4 = '' OR what = ?4) AND at >= ?5 AND at < ?6 ORDER BY id DESC LIMIT ?2",
        (before, limit, asked.who, asked.what, asked.since, asked.until),
    )
    return rows.read(found, _entry)


def choices(connection: sqlite3.Connection, most: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give who and what occur in it, at most *most* of each, in the order of the alphabet.

    Names that somebody typed who was then let in nowhere are left out: they may be anything.
    """
    who = connection.execute(
        "SELECT DISTINCT who FROM audit WHERE what NOT IN ('wrong_password', 'setup_refused')"
        " AND who <> '' ORDER BY who LIMIT ?",
        (most,),
    )
    what = connection.execute("SELECT DISTINCT what FROM audit ORDER BY what LIMIT ?", (most,))
    return tuple(one for (one,) in who), tuple(one for (one,) in what)


def head(connection: sqlite3.Connection) -> Head:
    """Give where the chain ends."""
    last = connection.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return Head(id=last["id"], hash=last["hash"]) if last else Head(id=0, hash="")


def holds(connection: sqlite3.Connection, noted: Head) -> bool | None:
    """Tell whether the chain still goes through *noted*; None when that was forgotten since."""
    row = connection.execute("SELECT hash FROM audit WHERE id = ?", (noted.id,)).fetchone()
    if row is not None:
        return bool(row["hash"].startswith(noted.hash.lower()))
    first = connection.execute("SELECT min(id) AS id FROM audit").fetchone()["id"]
    return None if first is not None and 0 < noted.id < first else False


def verify(connection: sqlite3.Connection) -> AuditCheck:
    """Check every entry that is kept (a hundred thousand take about half a second)."""
    before = _before(connection)
    entries = expected = 0
    breaks = []
    first, told, is_told = 1, "", False
    for row in connection.execute("SELECT * FROM audit ORDER BY id"):
        number: int = row["id"]
        hash_ = _chained(before, (number, row["at"], row["who"], row["what"], row["detail"]))
        if not expected:
            first, told = number, f"{number - 1} {before}"
        is_told = is_told or (row["what"] == PRUNED and row["detail"] == told)
        if hash_ == row["hash"] and expected in (0, number):
            entries += 1
        else:
            breaks.append(number)
        before, expected = row["hash"], number + 1
    if first > 1 and not is_told and first not in breaks:
        entries, breaks = entries - 1, [first, *breaks]
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


def _forget(connection: sqlite3.Connection, at: float) -> None:
    last = connection.execute(
        "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1 OFFSET ?", (KEPT,)
    ).fetchone()
    if last is not None:
        _forget_up_to(connection, last, at)


def _forget_up_to(connection: sqlite3.Connection, last: sqlite3.Row, at: float) -> None:
    """Forget what is not newer than *last*; the chain begins behind it, and says so *at* once."""
    connection.execute("DELETE FROM audit WHERE id <= ?", (last["id"],))
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (BEFORE, last["hash"]))
    add(connection, at, BOX, PRUNED, f"{last['id']} {last['hash']}")


def tidy(connection: sqlite3.Connection, before: float, at: float) -> None:
    """Forget entries written *before* then, but the last; the chain begins at the first kept.

    A day's worth together, as each time leaves an entry of its own.
    """
    if not connection.execute(
        "SELECT 1 FROM audit WHERE id = (SELECT min(id) FROM audit) AND at < ?", (before - DAY,)
    ).fetchone():
        return
    last = connection.execute(
        "SELECT id, hash FROM audit WHERE id < coalesce("
        "(SELECT min(id) FROM audit WHERE at >= ?), (SELECT max(id) FROM audit))"
        " ORDER BY id DESC LIMIT 1",
        (before,),
    ).fetchone()
    if last is not None:
        _forget_up_to(connection, last, at)


def _before(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (BEFORE,)).fetchone()
    return row["value"] if row else ""


def _last_given(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
    return row["seq"] if row else 0


def _chained(before: str, said: tuple[int, float, str, str, str]) -> str:
    return sha256(json.dumps((before, *said)).encode()).hexdigest()
