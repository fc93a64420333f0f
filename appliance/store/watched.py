"""How long the sensor ran and saw in each hour: what its own availability is told from.

The sensor writes how it is (`vitals`) at once when that changes, and every 15 seconds. What passed
since it last wrote counts as watched, when that is not too long ago; a longer silence is time in
which nobody watched. The sums of the hour that runs stand in the row of its health, which is
written anyway; an hour that is over becomes a row of ``watch_hours``. Hours are cut in UTC.
"""

import sqlite3
from dataclasses import dataclass, replace

HOUR = 3600
"""Seconds."""

SILENCE = 25.0
"""Seconds without a word of the sensor that are no longer counted as watched: as for the pages
(`appliance.sight.STALE`), 15 between two words and 10 for which the light waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One hour."""

    at: int
    """When it begins."""
    ran: float = 0.0
    """Seconds for which the sensor ran."""
    saw: float = 0.0
    """Seconds of these for which it saw."""


def passed(hour: Hour, since: float, at: float, *, saw: bool) -> tuple[Hour, ...]:
    """Give *hour* with the time from *since* to *at* in it; a later hour stands behind it.

    *saw*: it saw at both ends. A clock that was set back has nothing counted.
    """
    now = int(at // HOUR) * HOUR
    begun = Hour(at=now)
    if not 0 < at - since <= SILENCE:
        return (hour,) if now == hour.at else (hour, begun)
    if now == hour.at:
        return (_longer(hour, at - since, saw=saw),)
    return (
        _longer(hour, max(0.0, now - since), saw=saw),
        _longer(begun, at - max(since, now), saw=saw),
    )


def keep(db: sqlite3.Connection, hour: Hour) -> None:
    """Write an hour that is over."""
    db.execute(_KEEP, (hour.at, hour.ran, hour.saw))


def load(db: sqlite3.Connection, since: float, until: float) -> tuple[Hour, ...]:
    """Give the hours that begin in [*since*, *until*), in order, the one that runs included."""
    found = db.execute(_LOAD, {"since": since, "until": until})
    return tuple(Hour(at=at, ran=ran, saw=saw) for at, ran, saw in found)


def first(db: sqlite3.Connection) -> int | None:
    """Give when the first hour that is kept begins, or None."""
    (at,) = db.execute("SELECT min(at) FROM watch_hours").fetchone()
    return None if at is None else int(at)


def tidy(db: sqlite3.Connection, before: float, at_most: int) -> int:
    """Forget hours that began before *before*, at most *at_most*; say how many were forgotten."""
    return db.execute(_FORGET, (before, at_most)).rowcount


def _longer(hour: Hour, seconds: float, *, saw: bool) -> Hour:
    ran, seen = hour.ran + seconds, hour.saw + (seconds if saw else 0.0)
    return replace(hour, ran=min(ran, float(HOUR)), saw=min(seen, float(HOUR)))


# A clock that was set back lives an hour twice: it has no more than its seconds all the same.
_KEEP = """
    INSERT INTO watch_hours VALUES (?, ?, ?)
    ON CONFLICT (at) DO UPDATE SET
        ran = min(3600.0, ran + excluded.ran), saw = min(3600.0, saw + excluded.saw)
"""

_LOAD = """
    SELECT at, min(3600.0, sum(ran)), min(3600.0, sum(saw)) FROM (
        SELECT at, ran, saw FROM watch_hours WHERE at >= :since AND at < :until
        UNION ALL
        SELECT hour, ran, saw FROM health WHERE hour >= :since AND hour < :until AND ran > 0
    ) GROUP BY at ORDER BY at
"""

_FORGET = """
    DELETE FROM watch_hours WHERE at IN
        (SELECT at FROM watch_hours WHERE at < ? ORDER BY at LIMIT ?)
"""
