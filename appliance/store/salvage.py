"""What can still be read of a damaged database, carried into a fresh one.

Rows are read in the order of their whole-number key up to the first that cannot be read; then the
next key from which on reading works is searched for. A page of garbage costs the rows of that
page; one of the few through which other pages are found costs the rows of those.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from appliance.store import audit, rows
from appliance.store.pool import read_only
from appliance.store.rows import Row
from appliance.store.spare import spare_of

TABLES: Mapping[str, str] = {
    "users": "id",
    "decisions": "id",
    "incidents": "number",
    "incident_entries": "id",
    "particulars": "number",
    "audit": "id",
    "erasures": "id",
    "alerts": "number",
    "cases": "number",
    "devices": "id",
    "traffic_day": "at",
    "traffic_hour": "at",
    "traffic_minute": "at",
}
"""The tables worth saving, the dearest first, and the key by which they are read. Sessions are
not: people sign in again."""

META = ("first_started_at", "audit_before")

HIGHEST = 1 << 40
"""The largest key looked for; row numbers and times are far below."""

_FROM = "SELECT * FROM {table} WHERE {key} >= ? ORDER BY {key}"

_CHECKS: Mapping[str, Callable[[Row], object]] = {
    "devices": rows.device,
    "alerts": rows.alert,
    "cases": rows.case,
    "decisions": rows.decision,
}


def salvage(damaged: Path, into: sqlite3.Connection, at: float) -> None:
    """Carry what is readable of *damaged* over *into* a fresh database; the caller commits.

    What is missing then is taken from the spare. New decisions will be numbered from the time
    *at*, so that whoever still remembers a lost one's number cannot miss a new one. The audit
    says that there may be a gap.

    What people had deleted may come back from the spare: it is deleted again, as nothing says that
    it was done.
    """
    for source in (damaged, spare_of(damaged)):
        if source.exists():
            with closing(read_only(source)) as old:
                _carry_all(old, into)
    into.execute(
        "INSERT OR IGNORE INTO meta SELECT 'first_started_at', min(first_at) FROM devices"
        " HAVING count(*) > 0"
    )
    into.execute("DELETE FROM sqlite_sequence WHERE name = 'decisions'")
    into.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('decisions', ?)", (int(at),))
    audit.add(into, at, "vigie", "database_set_aside", "")


def _carry_all(old: sqlite3.Connection, into: sqlite3.Connection) -> None:
    # Somebody removed since the spare was made must not come back.
    have_users = into.execute("SELECT 1 FROM users").fetchone() is not None
    for table, key in TABLES.items():
        if not (table == "users" and have_users):
            _carry(old, into, table, key)
    for name in META:
        _carry_meta(old, into, name)


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
    """Yield all rows of *table* that can be read, in the order of *key*."""
    start: int | None = 0
    while start is not None:
        last = start - 1
        try:
            for row in old.execute(_FROM.format(table=table, key=key), (start,)):
                yield row
                last = row[key]
        except sqlite3.Error as error:
            if _hopeless(error):
                return
            start = _next_readable(old, table, key, last)
        else:
            return


def _next_readable(old: sqlite3.Connection, table: str, key: str, last: int) -> int | None:
    """Give the smallest key above *last* from which on rows can be read again, or None.

    Found in ever longer steps, and then by halving the last one.
    """

    def is_readable(start: int) -> bool:
        try:
            old.execute(_FROM.format(table=table, key=key), (start,)).fetchone()
        except sqlite3.Error:
            return False
        return True

    bad, good, step = last, last + 1, 1
    while not is_readable(good):
        bad, step = good, step * 2
        good = last + step
        if good > HIGHEST:
            return None
    while good - bad > 1:
        middle = (good + bad) // 2
        if is_readable(middle):
            good = middle
        else:
            bad = middle
    return good


def _hopeless(error: sqlite3.Error) -> bool:
    """Tell whether nothing of the table can be read: not a database, or no such table."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [
        name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    ]
