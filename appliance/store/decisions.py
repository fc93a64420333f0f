"""Decisions in ``vigie.db``: only ever added, numbered upwards."""

import sqlite3
from dataclasses import fields

from appliance.decisions import Decision
from appliance.model import NO_MAC
from appliance.store import rows


def add(db: sqlite3.Connection, decision: Decision) -> Decision:
    """Write *decision*, and give it with the id it got."""
    row = rows.decision_row(decision)
    number = db.execute(_ADD, row).lastrowid
    return rows.decision(row | {"id": number})


def load(db: sqlite3.Connection, *, after: int = 0) -> tuple[Decision, ...]:
    """Give the decisions with an id above *after*, oldest first."""
    found = db.execute("SELECT * FROM decisions WHERE id > ? ORDER BY id", (after,))
    return rows.read(found, rows.decision)


def tidy(db: sqlite3.Connection, devices: float, alerts: float) -> None:
    """Forget what was said before *devices* of devices that are gone, and likewise of alerts."""
    db.execute(_OF_GONE_DEVICES, (NO_MAC, devices))
    db.execute(_OF_GONE_ALERTS, (alerts,))


_COLUMNS = tuple(field.name for field in fields(Decision) if field.name != "id")

_ADD = (
    f"INSERT INTO decisions ({', '.join(_COLUMNS)})"  # noqa: S608 - our own names
    f" VALUES (:{', :'.join(_COLUMNS)})"
)

_OF_GONE_DEVICES = """
    DELETE FROM decisions WHERE mac <> ?1 AND at < ?2
        AND mac NOT IN (SELECT mac FROM devices) AND other NOT IN (SELECT mac FROM devices)
"""

_OF_GONE_ALERTS = """
    DELETE FROM decisions WHERE alert <> '' AND at < ? AND alert NOT IN (SELECT id FROM alerts)
"""
