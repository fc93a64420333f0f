"""The list of alerts that a person asks for: what is in it, in order, and how many are where.

An alert stands where its row says, but for what people decided since the sensor last wrote it
(`_overruled`): those are few. What is counted is counted on the index on state, severity and
detector; only where a device, a time or words are asked for, rows are read.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from appliance.decisions import Standing
from appliance.model import Alert, AlertState, Case, Mac, Severity
from appliance.store import rows, search
from appliance.store.search import Term

DEVICES = 40
"""Devices that can be chosen among, those with most alerts: a list that people can read."""

CASES = 20
"""Cases above a list; a practice with more has another trouble than finding them."""

LATEST = 5_000
"""Alerts that these devices are looked for in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sift:
    """Which alerts are wanted; what is None or empty is not asked for."""

    state: AlertState | None = None
    seen: bool | None = None
    """Whether somebody has noted to have looked at them."""
    severity: Severity | None = None
    detector: str = ""
    mac: Mac | None = None
    since: float | None = None
    """When they were last heard, at the earliest."""
    terms: tuple[Term, ...] = ()
    """Looked for in the newest `search.MOST`."""
    newest: bool = False
    """The last heard of first; otherwise the worst, and among the equally bad the last heard of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """How many alerts of one kind there are."""

    state: AlertState
    seen: bool
    severity: Severity
    detector: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What was found."""

    cases: tuple[tuple[Case, tuple[Alert, ...]], ...] = ()
    """With those of their alerts that are wanted; a case without any is left out."""
    alerts: tuple[Alert, ...] = ()
    """Those of none of these cases: a page of them."""
    seen: frozenset[str] = frozenset()
    """Ids of all of these that somebody has looked at."""
    numbers: tuple[Number, ...] = ()
    """Of all that fit the device, the time and the words, wherever they stand."""
    devices: tuple[Mac, ...] = ()
    """Those with most of the latest alerts in the wanted state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of a list is shown."""

    start: int = 0
    length: int = 50


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question on its way: the database, what is wanted, and the values of its statements."""

    db: sqlite3.Connection
    wanted: Sift
    values: dict[str, object]

    def ask(self, statement: str) -> sqlite3.Cursor:
        return self.db.execute(statement, self.values)


def sift(  # noqa: PLR0913 - what the answer is made of
    db: sqlite3.Connection,
    wanted: Sift,
    page: Page,
    *,
    stand: Standing,
    macs: Collection[Mac] | None,
    cases: Iterable[Case],
    judged: Callable[[Alert], Alert],
) -> Sifted:
    """Give what *wanted* asks for, with *cases* apart; *judged* gives an alert its state now.

    *macs* are all addresses of the device that is asked for.
    """
    held = list(cases)
    values = _overruled(db, stand, judged) | _of_terms(wanted.terms)
    values |= {
        "severity": wanted.severity and wanted.severity.value,
        "detector": wanted.detector,
        "macs": json.dumps(list(macs or ())),
        "since": wanted.since,
        "cased": json.dumps([id_ for case in held for id_ in case.alerts]),
        "start": page.start,
        "length": page.length,
        "latest": LATEST,
        "devices": DEVICES,
    }
    asking = _Asking(db, wanted, values)
    inside = {one.id: one for one in _read(asking, _INSIDE)}
    told = [(case, tuple(inside[id_] for id_ in case.alerts if id_ in inside)) for case in held]
    alone = _read(asking, _ALONE_NEWEST if wanted.newest else _ALONE_WORST)
    asking.values["shown"] = json.dumps([*inside, *(one.id for one in alone)])
    return Sifted(
        cases=tuple((case, tuple(map(judged, its))) for case, its in told if its),
        alerts=tuple(map(judged, alone)),
        seen=frozenset(row["alert"] for row in asking.ask(_SEEN_OF)),
        numbers=rows.read(asking.ask(_filled(_NUMBERS, wanted)), _number),
        devices=tuple(Mac(row["about"]) for row in asking.ask(_filled(_DEVICES, wanted))),
    )


def _read(asking: _Asking, statement: str) -> tuple[Alert, ...]:
    return rows.read(asking.ask(_filled(statement, asking.wanted)), rows.alert)


def _overruled(
    db: sqlite3.Connection, stand: Standing, judged: Callable[[Alert], Alert]
) -> dict[str, object]:
    """Give the ids of alerts that people's decisions closed, or made normal, since their rows."""
    detectors = json.dumps(sorted({detector for detector, _, _ in stand.normal}))
    doubtful = rows.read(db.execute(_DOUBTFUL, (detectors,)), rows.alert)
    return {
        "closed": json.dumps([row["id"] for row in db.execute(_CLOSED_SINCE)]),
        "normal": json.dumps(
            [one.id for one in doubtful if judged(one).state is AlertState.NORMAL]
        ),
    }


def _of_terms(terms: tuple[Term, ...]) -> dict[str, object]:
    values: dict[str, object] = {"most": search.MOST}
    for number, term in enumerate(terms):
        values |= search.values(number, term)
    return values


def _filled(statement: str, wanted: Sift) -> str:
    """Put into *statement* what limits it; only our own words go in, values stay apart."""
    found = []
    if wanted.mac is not None:
        found.append("about IN (SELECT value FROM json_each(:macs))")
    if wanted.since is not None:
        found.append("last_at >= :since")
    if wanted.terms:
        found.append(_AMONG)
        found += (search.TERM.format(number) for number in range(len(wanted.terms)))
    kind = [_STATES[wanted.state]]
    if wanted.seen is not None:
        kind.append(f"{'' if wanted.seen else 'NOT '}{_SEEN}")
    if wanted.severity is not None:
        kind.append("severity = :severity")
    if wanted.detector:
        kind.append("detector = :detector")
    return statement.format(
        bar="+" if found else "",
        limits=" AND ".join(found) or "1",
        kind=" AND ".join(kind),
        state=_STATES[wanted.state],
        closed=_CLOSED,
        normal=_NORMAL,
        seen=_SEEN,
    )


def _number(row: rows.Row) -> Number:
    return Number(
        state=AlertState(row["stands"]),
        seen=bool(row["seen"]),
        severity=Severity(row["severity"]),
        detector=row["detector"],
        number=row["number"],
    )


_CLOSED = "id IN (SELECT value FROM json_each(:closed))"
_NORMAL = "id IN (SELECT value FROM json_each(:normal))"
_SEEN = "id IN (SELECT alert FROM decisions WHERE verdict = 'seen')"

# A plus keeps SQLite from an index: where most rows are wanted, going through all is quicker.
_STATES = {
    None: "1",
    AlertState.OPEN: f"state = 'open' AND NOT {_CLOSED} AND NOT {_NORMAL}",
    AlertState.NORMAL: f"state <> 'closed' AND NOT {_CLOSED} AND (state = 'normal' OR {_NORMAL})",
    AlertState.CLOSED: f"(+state = 'closed' OR {_CLOSED})",
}

_AMONG = """number >= (
    SELECT min(number) FROM (SELECT number FROM alerts ORDER BY number DESC LIMIT :most))"""

_INSIDE = """
    SELECT * FROM alerts
    WHERE id IN (SELECT value FROM json_each(:cased)) AND {kind} AND {limits}
"""

_ALONE = """
    SELECT alerts.* FROM (
        SELECT number FROM alerts
        WHERE {kind} AND {limits} AND id NOT IN (SELECT value FROM json_each(:cased))
        ORDER BY ORDERED LIMIT :length OFFSET :start
    ) JOIN alerts USING (number) ORDER BY ORDERED
"""
_ALONE_WORST = _ALONE.replace("ORDERED", "severity DESC, last_at DESC, id DESC")
_ALONE_NEWEST = _ALONE.replace("ORDERED", "last_at DESC, id DESC")

_SEEN_OF = """
    SELECT DISTINCT alert FROM decisions
    WHERE verdict = 'seen' AND alert IN (SELECT value FROM json_each(:shown))
"""

_NUMBERS = """
    SELECT CASE WHEN {closed} THEN 'closed' WHEN {normal} THEN 'normal' ELSE state END AS stands,
        {seen} AS seen, severity, detector, count(*) AS number
    FROM alerts WHERE {bar}state IN ('open', 'normal') AND {limits} GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT 'closed', 0, severity, detector, count(*)
    FROM alerts WHERE {bar}state = 'closed' AND {limits} GROUP BY severity, detector
"""

_DEVICES = """
    SELECT about FROM (SELECT about FROM alerts WHERE {state} ORDER BY number DESC LIMIT :latest)
    GROUP BY about ORDER BY count(*) DESC, about LIMIT :devices
"""

_CLOSED_SINCE = """
    SELECT id FROM alerts WHERE state IN ('open', 'normal')
        AND id IN (SELECT alert FROM decisions WHERE verdict = 'close')
"""

_DOUBTFUL = """
    SELECT * FROM alerts WHERE state = 'open' AND detector IN (SELECT value FROM json_each(?))
"""
