"""What pages, the API and outputs read; nothing is written through here.

Every answer carries what people decided, at once, also when the sensor is down; what has several
hardware addresses is one device, and what is asked for any of them is answered for all. While there
is no database yet, every answer is empty.
"""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import islice
from math import inf
from pathlib import Path
from typing import TypeVar

from appliance.decisions import Decision, Standing, standing
from appliance.erasures import OF_SENSOR, Erasure
from appliance.incidents import Incident
from appliance.inventory.whole import gather, settle
from appliance.model import Alert, AlertState, Case, Device, Health, Mac
from appliance.store import (
    alerts,
    audit,
    cases,
    decisions,
    erasing,
    erasures,
    flows,
    incidents,
    roll,
    rows,
    traffic,
)
from appliance.store.audit import AuditEntry
from appliance.store.flows import Conversation
from appliance.store.pool import Pool, read_only
from appliance.store.traffic import Traffic
from appliance.store.trouble import StoreTrouble, named
from appliance.store.writer import NAME

T = TypeVar("T")


class Reader:
    """Asks the databases in *directory*, read-only, from any thread.

    Every method raises StoreTrouble when there is a database that cannot be read.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pool = Pool(directory / NAME)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def devices(self) -> tuple[Device, ...]:
        """Give all devices, dressed with what people said of them; the first seen first."""
        return self._ask(_devices, ())

    def device(self, mac: Mac) -> Device | None:
        """Give the device that has this hardware address, if need be among others, or None."""
        return next((one for one in self.devices() if mac in (one.mac, *one.also)), None)

    def alerts(
        self,
        *,
        states: Collection[AlertState] | None = None,
        mac: Mac | None = None,
        detector: str | None = None,
        limit: int = 200,
        before: str | None = None,
    ) -> tuple[Alert, ...]:
        """Give at most *limit* alerts, the last heard of first, each in the state it has now.

        *before* is the id of the last alert of the page before this one; nothing follows one that
        does not exist.
        """

        def ask(db: sqlite3.Connection) -> tuple[Alert, ...]:
            last = alerts.load(db, before) if before is not None else None
            if before is not None and last is None:
                return ()
            stand, macs = _standing(db), _addresses(db, mac)
            found = (
                _judged(alert, stand)
                for alert in alerts.newest_first(db, macs=macs, detector=detector, after=last)
            )
            wanted = (alert for alert in found if states is None or alert.state in states)
            return tuple(islice(wanted, limit))

        return self._ask(ask, ())

    def alert(self, identifier: str) -> Alert | None:
        """Give one alert in the state it has now, or None."""

        def ask(db: sqlite3.Connection) -> Alert | None:
            found = alerts.load(db, identifier)
            return found and _judged(found, _standing(db))

        return self._ask(ask, None)

    def cases(
        self, *, states: Collection[AlertState] | None = None, limit: int = 200
    ) -> tuple[Case, ...]:
        """Give at most *limit* cases, the last heard of first, each in the state it has now."""

        def ask(db: sqlite3.Connection) -> tuple[Case, ...]:
            stand = _standing(db)
            found = (_judged_case(db, case, stand) for case in cases.newest_first(db))
            wanted = (case for case in found if states is None or case.state in states)
            return tuple(islice(wanted, limit))

        return self._ask(ask, ())

    def case(self, identifier: str) -> tuple[Case, tuple[Alert, ...]] | None:
        """Give one case in the state it has now, with those of its alerts that are kept."""

        def ask(db: sqlite3.Connection) -> tuple[Case, tuple[Alert, ...]] | None:
            found = cases.load(db, identifier)
            if found is None:
                return None
            stand = _standing(db)
            held = filter(None, (alerts.load(db, each) for each in found.alerts))
            judged = tuple(_judged(alert, stand) for alert in held)
            return _judged_case(db, found, stand), judged

        return self._ask(ask, None)

    def incidents(self, limit: int = 50) -> tuple[Incident, ...]:
        """Give at most *limit* incidents, the last opened first."""
        return self._ask(lambda db: incidents.newest_first(db, limit), ())

    def incident(self, identifier: str) -> Incident | None:
        """Give one incident, or None."""
        return self._ask(lambda db: incidents.load(db, identifier), None)

    def open_incident(self) -> Incident | None:
        """Give the incident that is open, or None."""
        return self._ask(incidents.still_open, None)

    def particulars(self) -> Mapping[str, str]:
        """Give what the practice says of itself: who to call, who it is."""
        return self._ask(incidents.particulars, {})

    def decisions(self, mac: Mac | None = None) -> tuple[Decision, ...]:
        """Give what people decided, of one device or of all, oldest first."""
        found: tuple[Decision, ...] = self._ask(decisions.load, ())
        return tuple(decision for decision in found if mac is None or decision.mac == mac)

    def health(self) -> Health | None:
        """Give how the sensor was last, or None when it never ran."""

        def ask(db: sqlite3.Connection) -> Health | None:
            found = rows.read(db.execute("SELECT * FROM health"), rows.health)
            return found[0] if found else None

        return self._ask(ask, None)

    def traffic(
        self, *, mac: Mac | None = None, since: float, until: float = inf, step: str = "hour"
    ) -> tuple[Traffic, ...]:
        """Give what one device, or each device, did in every ``minute``, ``hour`` or ``day``.

        The steps that touch [*since*, *until*), in order; steps without traffic are left out.
        A device with several hardware addresses has steps for each. Raises KeyError for another
        *step*.
        """
        return self._ask(lambda db: traffic.load(db, step, _addresses(db, mac), since, until), ())

    def outside_traffic(
        self, *, since: float, until: float = inf, step: str = "hour"
    ) -> tuple[tuple[int, int, int], ...]:
        """Give what all devices together did with the internet: as `traffic`, step by step.

        When the step begins, octets that came in, octets that went out.
        """
        return self._ask(lambda db: traffic.outside(db, step, since, until), ())

    def flows(
        self, *, mac: Mac | None = None, since: float, until: float = inf, limit: int = 200
    ) -> tuple[Conversation, ...]:
        """Give at most *limit* conversations that spoke in [*since*, *until*), newest first.

        With *mac*, those of that device at either end. One that went on has a row per minute.
        """
        found: list[Conversation] = []
        only: tuple[Mac, ...] | None = None if mac is None else (mac,)
        macs = self._ask(lambda db: _addresses(db, mac), only)
        for path in reversed(flows.files(self._directory, since, until)):
            found += self._of_day(path, macs, since, until, limit - len(found))
            if len(found) >= limit:
                break
        return tuple(found)

    def has_flows(self, since: float, until: float) -> bool:
        """Tell whether there are days that may hold conversations of [*since*, *until*)."""
        return bool(flows.files(self._directory, since, until))

    def audit_entries(
        self, *, limit: int = 200, before: int | None = None
    ) -> tuple[AuditEntry, ...]:
        """Give at most *limit* entries of the audit, newest first, from below the id *before*."""
        return self._ask(lambda db: audit.newest_first(db, limit, before), ())

    def erasures(self) -> tuple[Erasure, ...]:
        """Give what people had deleted, oldest first, as long as that is remembered."""
        return self._ask(erasures.load, ())

    def erasing(self) -> tuple[Erasure, ...]:
        """Give what the sensor has still to delete."""
        found: tuple[Erasure, ...] = self._ask(erasing.due, ())
        return tuple(one for one in found if one.what in OF_SENSOR)

    def changed(self) -> str:
        """Give a mark that differs when alerts, devices, decisions or health have changed."""
        return self._ask(_mark, "")

    def _of_day(
        self, path: Path, macs: Collection[Mac] | None, since: float, until: float, limit: int
    ) -> tuple[Conversation, ...]:
        try:
            with named(self._directory), closing(read_only(path)) as db:
                return flows.load(db, macs, since, until, limit)
        except StoreTrouble:
            if path.exists():
                raise
            return ()  # its time was over just now

    def _ask(self, question: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Ask *question* of one unchanging view of ``vigie.db``."""
        with self._pool.lend() as db:
            if db is None:
                return otherwise
            db.execute("BEGIN")
            try:
                return question(db)
            finally:
                db.execute("ROLLBACK")


def _devices(db: sqlite3.Connection) -> tuple[Device, ...]:
    return tuple(gather(roll.load(db), standing(decisions.load(db))))


def _standing(db: sqlite3.Connection) -> Standing:
    """Give what people decided, holding for all hardware addresses of a device."""
    return settle(standing(decisions.load(db)), *roll.load_also(db))


def _addresses(db: sqlite3.Connection, mac: Mac | None) -> tuple[Mac, ...] | None:
    """Give all hardware addresses of the device that *mac* is one of; None for None."""
    if mac is None:
        return None
    mains = _standing(db).mains
    main = mains.get(mac, mac)
    return (main, *(part for part, of in mains.items() if of == main))


def _judged(alert: Alert, stand: Standing) -> Alert:
    """Give *alert* the state that people's decisions mean for it.

    Whether it is normal is asked of the time it was last found: what was normal then stays so.
    """
    if alert.state is not AlertState.CLOSED:
        if alert.id in stand.closed:
            return replace(alert, state=AlertState.CLOSED)
        if stand.is_normal(alert.detector, alert.about, alert.peers, alert.last_at):
            return replace(alert, state=AlertState.NORMAL)
    return alert


def _judged_case(db: sqlite3.Connection, case: Case, stand: Standing) -> Case:
    """Give *case* closed when people have dealt with all its alerts, though the sensor is down."""
    if case.state is AlertState.CLOSED:
        return case
    held = (alerts.load(db, each) for each in case.alerts)
    still = any(
        alert is not None and _judged(alert, stand).state is AlertState.OPEN for alert in held
    )
    return case if still else replace(case, state=AlertState.CLOSED)


def _mark(db: sqlite3.Connection) -> str:
    return ".".join(str(part) for part in db.execute(_MARK).fetchone())


_MARK = """
    SELECT (SELECT coalesce(max(id), 0) FROM decisions),
        (SELECT count(*) || '.' || coalesce(sum(count), 0) || '.' || coalesce(max(last_at), 0)
            FROM alerts),
        (SELECT count(*) || '.' || total(severity) || '.' || total(length(alerts)) || '.'
            || total(state = 'open') FROM cases),
        (SELECT count(*) || '.' || coalesce(max(saved_at), 0) FROM devices),
        (SELECT coalesce(max(at), 0) FROM health),
        (SELECT count(*) FROM incidents), (SELECT coalesce(max(id), 0) FROM erasures),
        (SELECT coalesce(max(id), 0) FROM incident_entries)
"""
