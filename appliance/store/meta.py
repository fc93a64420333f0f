"""The few facts about the database itself: times, by name."""

import sqlite3

FIRST_STARTED = "first_started_at"
SET_ASIDE = "set_aside_at"
ERASED = "erased"
"""Number of the last thing that people had deleted, and the sensor did."""


def time(db: sqlite3.Connection, key: str) -> float | None:
    """Give the time kept under *key*, or None."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    try:
        return None if row is None else float(row["value"])
    except ValueError:  # a flipped bit
        return None


def set_time(db: sqlite3.Connection, key: str, at: float) -> None:
    """Keep *at* under *key*."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, repr(at)))
