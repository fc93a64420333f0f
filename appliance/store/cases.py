"""Cases in ``vigie.db``: one row each, with the ids of their alerts."""

import sqlite3
from collections.abc import Iterable, Iterator

from appliance.model import Case
from appliance.store import rows


def save(db: sqlite3.Connection, cases: Iterable[Case]) -> None:
    """Write *cases*, new ones and known ones that changed."""
    db.executemany(_SAVE, map(rows.case_row, cases))


def load(db: sqlite3.Connection, identifier: str) -> Case | None:
    """Give one case, or None."""
    found = rows.read(db.execute("SELECT * FROM cases WHERE id = ?", (identifier,)), rows.case)
    return found[0] if found else None


def not_closed(db: sqlite3.Connection) -> tuple[Case, ...]:
    """Give the cases that the sensor has not closed, the one quiet for longest first."""
    return rows.read(
        db.execute("SELECT * FROM cases WHERE state <> 'closed' ORDER BY last_at, id"), rows.case
    )


def newest_first(db: sqlite3.Connection) -> Iterator[Case]:
    """Yield cases, the last heard of first."""
    for row in db.execute("SELECT * FROM cases ORDER BY last_at DESC, id DESC"):
        yield from rows.read([row], rows.case)


def tidy(db: sqlite3.Connection, before: float, limit: int, at_most: int) -> int:
    """Forget cases not heard of since *before*, and all but *limit*; say how many were forgotten.

    At most *at_most* at once. Those that are not open go first.
    """
    forgotten = db.execute(_FORGET_OLD, (before, at_most)).rowcount
    (count,) = db.execute("SELECT count(*) FROM cases").fetchone()
    if count > limit:
        forgotten += db.execute(_FORGET_MOST, (min(count - limit, at_most),)).rowcount
    return forgotten


_SAVE = """
    INSERT INTO cases (id, about, also, severity, first_at, last_at, state, stages, alerts)
    VALUES (:id, :about, :also, :severity, :first_at, :last_at, :state, :stages, :alerts)
    ON CONFLICT (id) DO UPDATE SET about = excluded.about, also = excluded.also,
        severity = excluded.severity, first_at = excluded.first_at, last_at = excluded.last_at,
        state = excluded.state, stages = excluded.stages, alerts = excluded.alerts
"""

_FORGET_OLD = """
    DELETE FROM cases WHERE number IN (SELECT number FROM cases WHERE last_at < ? LIMIT ?)
"""

_FORGET_MOST = """
    DELETE FROM cases WHERE number IN (
        SELECT number FROM cases ORDER BY state = 'open', last_at LIMIT ?
    )
"""
