"""Alerts in ``vigie.db``: one row each, however often the trouble was found.

There is no index on the time: it would be written with every repeat. Of a hundred thousand rows
only times and numbers are sorted, some hundreds are read whole, and it takes twenty milliseconds.
The index on state and severity is written only when one of them changes (`_BEGIN`).
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator

from appliance.model import Alert, Mac
from appliance.store import rows

AT_ONCE = 256
"""Alerts read whole, at least, before the next are looked for."""


def save(db: sqlite3.Connection, alerts: Iterable[Alert]) -> None:
    """Write *alerts*, new ones and known ones that changed."""
    written = [rows.alert_row(alert) for alert in alerts]
    db.executemany(_BEGIN, written)
    db.executemany(_GO_ON, written)


def load(db: sqlite3.Connection, identifier: str) -> Alert | None:
    """Give one alert, or None."""
    found = rows.read(db.execute("SELECT * FROM alerts WHERE id = ?", (identifier,)), rows.alert)
    return found[0] if found else None


def not_closed(db: sqlite3.Connection) -> tuple[Alert, ...]:
    """Give the alerts that the sensor has not closed, the one quiet for longest first."""
    return rows.read(
        db.execute("SELECT * FROM alerts WHERE state <> 'closed' ORDER BY last_at, id"), rows.alert
    )


def newest_first(  # noqa: PLR0913 - what is asked for, by name
    db: sqlite3.Connection,
    *,
    macs: Collection[Mac] | None,
    detector: str | None,
    after: Alert | None,
    closed: bool = True,
    wanted: int = 0,
) -> Iterator[Alert]:
    """Yield alerts, the last heard of first: about *macs*, of one detector, behind *after*.

    Without *closed*, those that the sensor has not closed; *wanted* is how many are likely read.
    """
    at_once = max(wanted, AT_ONCE)
    asked = {
        "macs": macs and json.dumps(list(macs)),
        "detector": detector,
        "closed": closed,
        "at": after and after.last_at,
        "id": after and after.id,
        "most": at_once,
    }
    while True:
        found = db.execute(_NEWEST_FIRST if macs is None else _NEWEST_FIRST_OF, asked).fetchall()
        for row in found:
            yield from rows.read([row], rows.alert)
        if len(found) < at_once:
            return
        asked |= {"at": found[-1]["last_at"], "id": found[-1]["id"]}


def tidy(db: sqlite3.Connection, before: float, limit: int, at_most: int) -> int:
    """Forget alerts not heard of since *before*, and all but *limit*; say how many were forgotten.

    At most *at_most* at once. Those that are not open go first.
    """
    forgotten = db.execute(_FORGET_OLD, (before, at_most)).rowcount
    (count,) = db.execute("SELECT count(*) FROM alerts").fetchone()
    if count > limit:
        too_many = min(count - limit, at_most)
        forgotten += db.execute(_FORGET_MOST, (too_many,)).rowcount
    return forgotten


_BEGIN = """
    INSERT INTO alerts (id, key, detector, severity, about, first_at, last_at, count, state, words,
        attack, src_ip, dest_ip, peers, again, at_night, timed)
    VALUES (:id, :key, :detector, :severity, :about, :first_at, :last_at, :count, :state, :words,
        :attack, :src_ip, :dest_ip, :peers, :again, :at_night, :timed)
    ON CONFLICT (id) DO UPDATE SET detector = excluded.detector,
        severity = excluded.severity, about = excluded.about, state = excluded.state
    WHERE (detector, severity, about, state)
        <> (excluded.detector, excluded.severity, excluded.about, excluded.state)
"""
"""New ones, and what an index is on: one is written whenever an update names a column of it."""

_GO_ON = """
    UPDATE alerts SET key = :key, first_at = :first_at, last_at = :last_at, count = :count,
        words = :words, attack = :attack, src_ip = :src_ip, dest_ip = :dest_ip, peers = :peers,
        again = :again, at_night = :at_night, timed = :timed
    WHERE id = :id
"""

_NEWEST_FIRST = """
    SELECT alerts.* FROM (
        SELECT number FROM alerts
        WHERE (:detector IS NULL OR detector = :detector)
            AND (:closed OR state <> 'closed')
            AND (:at IS NULL OR (last_at, id) < (:at, :id))
        ORDER BY last_at DESC, id DESC
        LIMIT :most
    ) JOIN alerts USING (number)
    ORDER BY last_at DESC, id DESC
"""

_NEWEST_FIRST_OF = _NEWEST_FIRST.replace(
    "WHERE ", "WHERE about IN (SELECT value FROM json_each(:macs)) AND "
)

_FORGET_OLD = """
    DELETE FROM alerts WHERE number IN (SELECT number FROM alerts WHERE last_at < ? LIMIT ?)
"""

_FORGET_MOST = """
    DELETE FROM alerts WHERE number IN (
        SELECT number FROM alerts ORDER BY state = 'open', last_at LIMIT ?
    )
"""
