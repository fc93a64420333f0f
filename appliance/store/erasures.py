"""What people had deleted, in ``vigie.db``: asked by the pages, carried out by each writer.

A page freed by a deletion keeps its content until something else is written there
(``secure_delete = FAST``). That will do for what leaves by its age: the next rows take its place.
What a person had deleted is overwritten at once (`thorough`), and then the file is written anew
(VACUUM): pages that were put together still have copies of rows in their gaps (measured).
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.durations import DAY
from appliance.erasures import Erasure, What
from appliance.model import NO_MAC, Mac
from appliance.store import meta, rows
from appliance.store.rows import Row

REMEMBERED = 60 * DAY
"""Seconds for which it is remembered what was deleted: longer than any copy or message lives."""


def ask(db: sqlite3.Connection, asked: Erasure) -> Erasure:
    """Write down what is to be deleted, delete what people wrote of it, and give it its number."""
    alerts: tuple[str, ...] = ()
    if asked.what is What.DEVICE:
        names = {"macs": json.dumps(asked.macs), "at": asked.at}
        alerts = tuple(row["id"] for row in db.execute(_NAMING, names))
    with thorough(db):
        number = db.execute(
            "INSERT INTO erasures (at, who, what, macs, alerts) VALUES (?, ?, ?, ?, ?)",
            (
                asked.at,
                asked.who,
                asked.what.value,
                json.dumps(asked.macs),
                json.dumps(alerts),
            ),
        ).lastrowid
        match asked.what:
            case What.DEVICE:
                values = json.dumps(asked.macs), json.dumps(alerts)
                db.execute(_DECISIONS_OF, values)
            case What.DEVICES:
                db.execute("DELETE FROM decisions WHERE mac <> ?", (NO_MAC,))
            case What.ALERTS:
                db.execute("DELETE FROM decisions WHERE alert <> ''")
            case What.SESSIONS:
                db.execute("DELETE FROM sessions")
    return Erasure(
        id=number or 0, at=asked.at, who=asked.who, what=asked.what, macs=asked.macs, alerts=alerts
    )


def load(db: sqlite3.Connection, *, after: int = 0) -> tuple[Erasure, ...]:
    """Give what people had deleted, with a number above *after*, oldest first."""
    found = db.execute("SELECT * FROM erasures WHERE id > ? ORDER BY id", (after,))
    return rows.read(found, _erasure)


def tidy(db: sqlite3.Connection, now: float) -> None:
    """Forget what was deleted long ago, and whose it was as soon as that is done."""
    db.execute("DELETE FROM erasures WHERE at < ?", (now - REMEMBERED,))
    done = meta.time(db, meta.ERASED) or 0.0
    with thorough(db):
        db.execute("UPDATE erasures SET macs = '[]' WHERE id <= ? AND macs <> '[]'", (done,))


def from_watch(db: sqlite3.Connection, one: Erasure) -> None:
    """Delete alerts, cases and devices of *one*: what the sensor goes on with after a restart."""
    named = {"macs": json.dumps(one.macs), "at": one.at}
    with thorough(db):
        if one.what is What.DEVICE:
            for statement in _DEVICE:
                db.execute(statement, named)
        if one.what is What.DEVICES:
            db.execute("DELETE FROM devices WHERE first_at <= ?", (one.at,))
            for statement in _ORPHANS:
                db.execute(statement)
        if one.what is What.ALERTS:
            db.execute("DELETE FROM alerts WHERE first_at <= ?", (one.at,))
            db.execute("DELETE FROM cases WHERE first_at <= ?", (one.at,))


def traffic(db: sqlite3.Connection, step: str, one: Erasure, at_most: int) -> int:
    """Delete at most *at_most* sums of a step of *one*; give how many there were."""
    macs = json.dumps(one.macs) if one.what is What.DEVICE else None
    values = {"at": one.at, "macs": macs, "most": at_most}
    with thorough(db):
        return db.execute(_TRAFFIC.format(step), values).rowcount


@contextmanager
def thorough(db: sqlite3.Connection) -> Iterator[None]:
    """Have what is deleted meanwhile be overwritten, freed pages as well."""
    db.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        db.execute("PRAGMA secure_delete = FAST")


def _erasure(row: Row) -> Erasure:
    return Erasure(
        id=row["id"],
        at=row["at"],
        who=row["who"],
        what=What(row["what"]),
        macs=tuple(map(Mac, json.loads(row["macs"]))),
        alerts=tuple(map(str, json.loads(row["alerts"]))),
    )


_NAMED = "EXISTS (SELECT 1 FROM json_each(:macs) AS one WHERE {})"
_IN_ALERT = _NAMED.format(
    "alerts.about = one.value OR instr(alerts.key || alerts.words || alerts.peers, one.value)"
)

_IN_CASE = _NAMED.format("cases.about = one.value OR instr(cases.also, one.value)")

_EVIDENCE = """
    UPDATE devices SET evidence = (
        SELECT json_group_array(json(piece.value)) FROM json_each(devices.evidence) AS piece
        WHERE NOT EXISTS (SELECT 1 FROM json_each(:macs) AS one
            WHERE instr(piece.value, one.value))), stamp = random()
    WHERE EXISTS (SELECT 1 FROM json_each(:macs) AS one WHERE instr(devices.evidence, one.value))
"""
"""Others remember a device as one that they are not to be joined with."""

_NAMING = f"SELECT id FROM alerts WHERE first_at <= :at AND {_IN_ALERT}"  # noqa: S608 - our own names

_DECISIONS_OF = """
    DELETE FROM decisions WHERE mac IN (SELECT value FROM json_each(?1))
        OR other IN (SELECT value FROM json_each(?1)) OR peer IN (SELECT value FROM json_each(?1))
        OR (alert <> '' AND alert IN (SELECT value FROM json_each(?2)))
"""

_ORPHANS = tuple(
    f"DELETE FROM {table} WHERE mac NOT IN (SELECT mac FROM devices)"  # noqa: S608 - our own names
    for table in ("presence", "device_addresses")
)

_DEVICE = (
    f"DELETE FROM alerts WHERE first_at <= :at AND {_IN_ALERT}",  # noqa: S608 - our own names
    f"DELETE FROM cases WHERE first_at <= :at AND {_IN_CASE}",  # noqa: S608 - our own names
    "DELETE FROM devices WHERE first_at <= :at AND mac IN (SELECT value FROM json_each(:macs))",
    _EVIDENCE,
    *_ORPHANS,
)

_TRAFFIC = """
    DELETE FROM traffic_{0} WHERE (at, mac) IN (SELECT at, mac FROM traffic_{0}
        WHERE at <= :at AND (:macs IS NULL OR mac IN (SELECT value FROM json_each(:macs)))
        LIMIT :most)
"""
