"""Incidents in ``vigie.db``, and what the practice tells once for all of them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from appliance.incidents import ENTRIES, TEXT, Entry, Incident, Origin, Wrote
from appliance.store import erasures, rows
from appliance.store.rows import Row

PARTICULARS = 64
"""What the practice may tell once for all: more than any form asks."""


class NoRoomError(ValueError):
    """An incident takes no more entries, or there is none to add to."""


def begin(db: sqlite3.Connection, asked: Incident) -> Incident:
    """Open *asked*, and give it its id; where one is open, note there that it was opened again."""
    if (held := still_open(db)) is not None:
        if (asked.origin, asked.subject) not in held.subjects and len(held.entries) < ENTRIES:
            again = Entry(
                at=asked.opened_at,
                who=asked.opened_by,
                what=Wrote.JOINED,
                key=asked.origin.value,
                text=asked.subject,
            )
            add(db, held.id, again)
        return load(db, held.id) or held
    day = f"{datetime.fromtimestamp(asked.opened_at, UTC):%Y%m%d}"
    found = db.execute(_LAST_OF_DAY, (len(day) + 2, day))
    values = {
        "id": f"{day}-{found.fetchone()[0] + 1}",
        "opened_at": asked.opened_at,
        "opened_by": _text(asked.opened_by),
        "origin": asked.origin.value,
        "subject": _text(asked.subject),
        "why": _text(asked.why),
    }
    db.execute(_BEGIN, values)
    return _incident(values)


def add(db: sqlite3.Connection, identifier: str, entry: Entry) -> None:
    """Add *entry* to an incident that is open; raises NoRoomError."""
    held = load(db, identifier)
    full = held is not None and len(held.entries) >= ENTRIES and entry.what is not Wrote.CLOSED
    if held is None or held.closed or full:
        raise NoRoomError(identifier)
    db.execute(
        "INSERT INTO incident_entries (incident, at, who, what, key, text)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            identifier,
            entry.at,
            _text(entry.who),
            entry.what.value,
            _text(entry.key),
            _text(entry.text)[:TEXT],
        ),
    )


def remove(db: sqlite3.Connection, identifier: str) -> bool:
    """Delete an incident that is closed, and all its entries; tell whether there was one."""
    held = load(db, identifier)
    if held is None or not held.closed:
        return False
    with erasures.thorough(db):
        db.execute("DELETE FROM incident_entries WHERE incident = ?", (identifier,))
        db.execute("DELETE FROM incidents WHERE id = ?", (identifier,))
    return True


def load(db: sqlite3.Connection, identifier: str) -> Incident | None:
    """Give one incident with its entries, or None."""
    found = rows.read(db.execute("SELECT * FROM incidents WHERE id = ?", (identifier,)), _incident)
    return _filled(db, found[0]) if found else None


def newest_first(db: sqlite3.Connection, limit: int) -> tuple[Incident, ...]:
    """Give at most *limit* incidents, the last opened first."""
    found = db.execute("SELECT * FROM incidents ORDER BY number DESC LIMIT ?", (limit,))
    return tuple(_filled(db, one) for one in rows.read(found, _incident))


def still_open(db: sqlite3.Connection) -> Incident | None:
    """Give the incident that is open, or None: there is one at a time."""
    found = db.execute(
        "SELECT * FROM incidents WHERE id NOT IN"
        " (SELECT incident FROM incident_entries WHERE what = 'closed')"
        " ORDER BY number DESC LIMIT 1"
    )
    held = rows.read(found, _incident)
    return _filled(db, held[0]) if held else None


def open_id(db: sqlite3.Connection) -> str:
    """Give the id of the incident that is open, without reading it; empty where none is."""
    found = db.execute(
        "SELECT id FROM incidents WHERE id NOT IN"
        " (SELECT incident FROM incident_entries WHERE what = 'closed')"
        " ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return str(found[0]) if found else ""


def tell(db: sqlite3.Connection, key: str, value: str, at: float, who: str) -> None:
    """Keep what the practice says of itself under *key*; an empty *value* forgets it."""
    if not value:
        db.execute("DELETE FROM particulars WHERE key = ?", (key,))
        return
    (count,) = db.execute("SELECT count(*) FROM particulars").fetchone()
    if count >= PARTICULARS:
        raise NoRoomError(key)
    db.execute(
        "INSERT INTO particulars (key, value, at, who) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at,"
        " who = excluded.who",
        (_text(key), _text(value)[:TEXT], at, _text(who)),
    )


def particulars(db: sqlite3.Connection) -> Mapping[str, str]:
    """Give what the practice says of itself."""
    return {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM particulars")}


def _filled(db: sqlite3.Connection, incident: Incident) -> Incident:
    found = db.execute(
        "SELECT * FROM incident_entries WHERE incident = ? ORDER BY id", (incident.id,)
    )
    return replace(incident, entries=rows.read(found, _entry))


def _incident(row: Row) -> Incident:
    return Incident(
        id=row["id"],
        opened_at=row["opened_at"],
        opened_by=row["opened_by"],
        origin=Origin(row["origin"]),
        subject=row["subject"],
        why=row["why"],
    )


def _entry(row: Row) -> Entry:
    entry = Entry(
        at=row["at"],
        who=row["who"],
        what=Wrote(row["what"]),
        key=row["key"],
        text=row["text"],
    )
    if entry.what is Wrote.KNOWN:
        float(entry.text)
    return entry


def _text(value: str) -> str:
    """Give *value* as text that can be written: half a surrogate pair becomes ``?``."""
    return value.encode("utf-8", "replace").decode()


_LAST_OF_DAY = """
    SELECT coalesce(max(CAST(substr(id, ?) AS INTEGER)), 0) FROM incidents WHERE id GLOB ? || '-*'
"""
"""Not their count: one may have been deleted."""

_BEGIN = """
    INSERT INTO incidents (id, opened_at, opened_by, origin, subject, why)
    VALUES (:id, :opened_at, :opened_by, :origin, :subject, :why)
"""
