"""Alerts in which something is said: an address, a host, a name.

The text of alerts has no index: one for parts of words would be larger than the alerts. The newest
`MOST` alerts are gone through instead, twice as many as a box keeps unless it is told otherwise.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from appliance.model import Alert, Mac
from appliance.store import rows

MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that is looked for."""

    text: str
    macs: Collection[Mac] = ()
    """Devices that it means; alerts about them count."""
    detectors: Collection[str] = ()
    """Detectors whose words it is in; their alerts count."""


def alerts(db: sqlite3.Connection, terms: Sequence[Term], limit: int) -> tuple[Alert, ...]:
    """Give at most *limit* alerts that all *terms* are found in, the last heard of first."""
    if not terms:
        return ()
    where = " AND ".join(TERM.format(number) for number in range(len(terms)))
    bound: dict[str, object] = {"most": MOST, "limit": limit}
    for number, term in enumerate(terms):
        bound |= values(number, term)
    return rows.read(db.execute(_SEARCH.format(where), bound), rows.alert)


def values(number: int, term: Term) -> dict[str, object]:
    """Give what is bound to the blanks of `TERM` with *number* in it."""
    return {
        f"like{number}": f"%{_escaped(term.text)}%",
        f"macs{number}": json.dumps(list(term.macs)),
        f"detectors{number}": json.dumps(list(term.detectors)),
    }


def _escaped(text: str) -> str:
    """Give *text* as it stands in the JSON of a row, with nothing left that LIKE reads."""
    return re.sub(r"([%_!])", r"!\1", json.dumps(text)[1:-1])


TERM = """(about IN (SELECT value FROM json_each(:macs{0}))
    OR detector IN (SELECT value FROM json_each(:detectors{0}))
    OR words || ' ' || peers || ' ' || src_ip || ' ' || dest_ip LIKE :like{0} ESCAPE '!')"""
"""One word found in an alert; several are told apart by their numbers."""

_SEARCH = """
    SELECT * FROM (SELECT * FROM alerts ORDER BY number DESC LIMIT :most)
    WHERE {} ORDER BY last_at DESC, id DESC LIMIT :limit
"""
