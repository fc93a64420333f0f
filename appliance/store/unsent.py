"""The outputs' share of what people had deleted: messages, in ``outbox.db``."""

import json
import sqlite3

from appliance.erasures import OF_OUTPUTS, Erasure, What
from appliance.store import erasures


def erase(db: sqlite3.Connection, one: Erasure) -> None:
    """Delete the messages of *one*, and note its number. In a transaction.

    A message that still waits is sent all the same, unless what it tells of was deleted. Of what
    was sent, the id stays until its time is over, or it would be sent again.
    """
    with erasures.thorough(db):
        values = {"at": one.at, "alerts": json.dumps(one.alerts)}
        match one.what:
            case What.DEVICE:
                db.execute(_PARTS_OF_WAITING, values)
                db.execute(_OF_ALERTS, values)
            case What.ALERTS:
                db.execute("DELETE FROM messages WHERE created <= :at", values)
            case What.MESSAGES:
                db.execute(_EMPTY, values)
    note(db, one)


def note(db: sqlite3.Connection, one: Erasure) -> None:
    """Note that *one* is done."""
    db.execute("INSERT OR REPLACE INTO erased (one, number) VALUES (1, ?)", (one.id,))


def done(db: sqlite3.Connection) -> int:
    """Give the number of the last that is done."""
    found = db.execute("SELECT number FROM erased").fetchone()
    return found[0] if found else 0


def is_ours(one: Erasure) -> bool:
    """Tell whether the outputs have a share in *one*."""
    return one.what in OF_OUTPUTS


SCHEMA = """
    CREATE TABLE IF NOT EXISTS erased (
        one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
        number INTEGER NOT NULL
    ) STRICT;
"""

IS_PART = """
    NOT part.is_waiting AND part.delivered IS NULL AND part.content = '{}'
        AND whole.kind = 'gathered' AND part.way = whole.way AND part.created = whole.created
        AND part.who IN (whole.who, '')
"""
"""Of two messages: *whole*, a gathered one, says what *part* would, which is only remembered."""

# Messages about several alerts do not say which; those of the uplink, and tests, name no device.
_OF_ALERTS = """
    DELETE FROM messages WHERE created <= :at AND (
        kind IN ('digest', 'gathered') OR alert IN (SELECT value FROM json_each(:alerts))
    )
"""

# What a gathered message had yet to say of other devices is not forgotten with it.
_PARTS_OF_WAITING = """
    DELETE FROM messages AS part WHERE EXISTS (
        SELECT 1 FROM messages AS whole
        WHERE whole.is_waiting AND whole.created <= :at AND IS_PART
    )
""".replace("IS_PART", IS_PART)

_EMPTY = """
    UPDATE messages SET content = '{}', who = '', trouble = ''
    WHERE NOT is_waiting AND created <= :at
"""
