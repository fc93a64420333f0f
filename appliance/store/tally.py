"""How many messages wait in the outbox, for pages and commands: nothing is written through here."""

import json
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.store import unsent
from appliance.store.outbox import NAME
from appliance.store.pool import read_only
from appliance.store.trouble import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the queue is."""

    waiting: int = 0
    oldest: float | None = None
    """Since when the first of those waits."""
    dropped: int = 0
    """Let go because there were too many, or too old."""
    refused: int = 0
    """Not taken for good: a wrong address."""
    troubles: Mapping[str, str] = field(default_factory=dict)
    """By way, what went wrong last, where something waits for that reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A test message."""

    who: str
    way: str
    went: str
    """``sent``, ``refused``, ``trouble`` (it is tried again) or ``waiting``."""
    trouble: str = ""
    """What the way said, for the technician."""


def tally(directory: Path) -> Tally:
    """Count the queue in *directory*; where there is none, nothing waits. Raises StoreTrouble."""
    path = directory / NAME
    if not path.exists():
        return Tally()
    with named(directory), closing(read_only(path)) as db:
        if not db.execute("PRAGMA user_version").fetchone()[0]:
            return Tally()
        waiting, oldest, dropped, refused = db.execute(_TALLY).fetchone()
        troubles = dict(db.execute(_TROUBLES).fetchall())
    return Tally(
        waiting=waiting, oldest=oldest, dropped=dropped, refused=refused, troubles=troubles
    )


def erased(directory: Path) -> int | None:
    """Give the number of the last deletion that the outputs did; None without an outbox."""
    path = directory / NAME
    if not path.exists():
        return None
    with named(directory), closing(read_only(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'erased'").fetchone():
            return 0
        return unsent.done(db)


def told(directory: Path, alerts: Collection[str]) -> list[dict[str, Any]]:
    """Give the messages about *alerts* that are kept, in order; also about others beside them."""
    path = directory / NAME
    if not path.exists():
        return []
    with named(directory), closing(read_only(path)) as db:
        if not db.execute("PRAGMA user_version").fetchone()[0]:
            return []
        return [dict(row) for row in db.execute(_TOLD, {"alerts": json.dumps(list(alerts))})]


def tried(directory: Path, since: float) -> list[Tried]:
    """Give the test messages made *since* then, in order, and what became of each."""
    path = directory / NAME
    if not path.exists():
        return []
    with named(directory), closing(read_only(path)) as db:
        if not db.execute("PRAGMA user_version").fetchone()[0]:
            return []
        return [Tried(**row) for row in db.execute(_TRIED, (since,))]


_TRIED = """
    SELECT who, way, trouble,
        CASE WHEN delivered IS NOT NULL THEN 'sent' WHEN is_refused THEN 'refused'
            WHEN trouble <> '' THEN 'trouble' ELSE 'waiting' END AS went
    FROM messages WHERE kind = 'test' AND created >= ? ORDER BY number LIMIT 50
"""

_TOLD = """
    SELECT id, way, who, kind, alert, created, delivered, content FROM messages AS whole
    WHERE alert IN (SELECT value FROM json_each(:alerts)) OR EXISTS (
        SELECT 1 FROM messages AS part
        WHERE part.alert IN (SELECT value FROM json_each(:alerts)) AND IS_PART
    )
    ORDER BY number
""".replace("IS_PART", unsent.IS_PART)

_TALLY = """
    SELECT coalesce(sum(is_waiting), 0), min(CASE WHEN is_waiting THEN created END),
        coalesce(sum(trouble = 'dropped'), 0),
        coalesce(sum(is_refused), 0)
    FROM messages
"""

_TROUBLES = "SELECT way, trouble FROM messages WHERE is_waiting AND trouble <> '' ORDER BY number"
