"""What happened between two moments, added up by the database: for the report of a month.

A hundred thousand alerts come out as a few dozen numbers, and no more rows than a page shows.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from appliance.model import Alert, Severity
from appliance.store import meta, rows, watched
from appliance.store.pool import Pool
from appliance.store.watched import Hour
from appliance.store.writer import NAME

WORST = 30
"""Alerts that are told one by one, the worst first: what people read on two pages."""

INCIDENTS = 20
"""Incidents that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """Alerts of one kind and severity that began in the time asked about."""

    detector: str
    severity: Severity
    count: int
    open: int
    """How many of them nobody has dealt with until now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An incident that was opened then."""

    id: str
    at: float
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What happened from one moment to another."""

    sorts: tuple[Sort, ...] = ()
    """The worst first, of these the most frequent."""
    worst: tuple[Alert, ...] = ()
    """Dangers and warnings, at most `WORST`: the worst first, of these the latest."""
    kept: int = 0
    """Alerts in the database, of whatever time."""
    open: Mapping[Severity, int] = field(default_factory=dict)
    """Alerts and cases open now that began before the end."""
    incidents: tuple[Opened, ...] = ()
    incident_open: bool = False
    """One is open now that was opened before the end."""
    hours: tuple[Hour, ...] = ()
    hours_since: int | None = None
    """When the first hour that is kept begins."""
    began: float | None = None
    """When this box began to watch."""


class Months:
    """Asks the database in *directory*, read-only; raises StoreTrouble when it cannot be read."""

    def __init__(self, directory: Path) -> None:
        self._pool = Pool(directory / NAME)

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()

    def sums(self, since: float, until: float) -> Sums:
        """Give what happened in [*since*, *until*), in one unchanging view."""
        with self._pool.lend() as db:
            if db is None:
                return Sums()
            db.execute("BEGIN")
            try:
                return load(db, since, until)
            finally:
                db.execute("ROLLBACK")

    def began(self) -> float | None:
        """Give when this box began to watch, None when it never did."""
        with self._pool.lend() as db:
            return None if db is None else meta.time(db, meta.FIRST_STARTED)


def load(db: sqlite3.Connection, since: float, until: float) -> Sums:
    """Give what happened in [*since*, *until*)."""
    span = {"since": since, "until": until}
    (kept,) = db.execute("SELECT count(*) FROM alerts").fetchone()
    (going_on,) = db.execute(_GOING_ON, span).fetchone()
    return Sums(
        sorts=rows.read(db.execute(_SORTS, span), _sort),
        worst=rows.read(db.execute(_WORST, span | {"limit": WORST}), rows.alert),
        kept=kept,
        open=dict(rows.read(db.execute(_OPEN, span), _open)),
        incidents=rows.read(db.execute(_INCIDENTS, span | {"limit": INCIDENTS}), _opened),
        incident_open=bool(going_on),
        hours=watched.load(db, since, until),
        hours_since=watched.first(db),
        began=meta.time(db, meta.FIRST_STARTED),
    )


def _sort(row: rows.Row) -> Sort:
    return Sort(
        detector=row["detector"],
        severity=Severity(row["severity"]),
        count=row["count"],
        open=row["open"],
    )


def _open(row: rows.Row) -> tuple[Severity, int]:
    return Severity(row["severity"]), row["count"]


def _opened(row: rows.Row) -> Opened:
    return Opened(id=row["id"], at=row["opened_at"], closed=bool(row["closed"]))


# What people closed counts as closed at once, also while the sensor is down.
_STILL = """
    state = 'open' AND id NOT IN (SELECT alert FROM decisions WHERE verdict = 'close')
"""

_SORTS = f"""
    SELECT detector, severity, count(*) AS count, sum({_STILL}) AS open FROM alerts
    WHERE first_at >= :since AND first_at < :until
    GROUP BY detector, severity ORDER BY severity DESC, count DESC, detector
"""  # noqa: S608 - our own words

_WORST = """
    SELECT * FROM alerts WHERE first_at >= :since AND first_at < :until AND severity >= 2
    ORDER BY severity DESC, first_at DESC, id LIMIT :limit
"""

# A case counts where it is graver than what is open of its alerts: else it would count twice.
_OPEN = f"""
    SELECT severity, count(*) AS count FROM (
        SELECT severity FROM alerts WHERE first_at < :until AND {_STILL}
        UNION ALL
        SELECT cases.severity FROM cases WHERE cases.first_at < :until AND cases.state = 'open'
            AND cases.severity > (
                SELECT coalesce(max(severity), 9) FROM alerts
                WHERE {_STILL} AND id IN (SELECT value FROM json_each(
                    CASE WHEN json_valid(cases.alerts) THEN cases.alerts ELSE '[]' END)))
    ) GROUP BY severity
"""  # noqa: S608 - our own words

_INCIDENTS = """
    SELECT id, opened_at, EXISTS (SELECT 1 FROM incident_entries
        WHERE incident = incidents.id AND what = 'closed') AS closed
    FROM incidents WHERE opened_at >= :since AND opened_at < :until
    ORDER BY number DESC LIMIT :limit
"""

_GOING_ON = """
    SELECT EXISTS (SELECT 1 FROM incidents WHERE opened_at < :until AND id NOT IN
        (SELECT incident FROM incident_entries WHERE what = 'closed'))
"""
