"""What pages, the API and outputs read; nothing is written through here.

Every answer carries what people decided, at once, also when the sensor is down; what has several
hardware addresses is one device, and what is asked for any of them is answered for all. While there
is no database yet, every answer is empty.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import inf
from pathlib import Path
from typing import TypeVar

from appliance.decisions import Decision, Standing
from appliance.model import Alert, AlertState, Case, Device, Health, Ip, Mac
from appliance.store import alerts, cases, flows, roll, rows, search, sifting, traffic
from appliance.store.acts import Acts
from appliance.store.days import Days
from appliance.store.flows import Conversation
from appliance.store.pool import Pool
from appliance.store.search import Term
from appliance.store.sifting import Page, Sift, Sifted
from appliance.store.traffic import Traffic
from appliance.store.view import View, look
from appliance.store.writer import NAME

T = TypeVar("T")


class Reader(Acts):
    """Asks the databases in *directory*, read-only, from any thread.

    Every method raises StoreTrouble when there is a database that cannot be read.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pool = Pool(directory / NAME)
        self._view = View()
        self.days = Days(directory)
        """Conversations added up."""

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def devices(self) -> tuple[Device, ...]:
        """Give all devices, dressed with what people said of them; the first seen first."""
        return self._ask(lambda db: self._look(db).devices, ())

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
            view = self._look(db)
            stand, macs = view.stand, _addresses(view, mac)
            closed = states is None or AlertState.CLOSED in states
            every = alerts.newest_first(
                db, macs=macs, detector=detector, after=last, closed=closed, wanted=limit
            )
            found = (_judged(alert, stand) for alert in every)
            wanted = (alert for alert in found if states is None or alert.state in states)
            return tuple(islice(wanted, limit))

        return self._ask(ask, ())

    def sift(self, wanted: Sift, page: Page, *, cases_at_most: int = sifting.CASES) -> Sifted:
        """Give a page of the alerts that are *wanted*, cases apart, and how many are where."""
        anywhere = wanted.state in {None, AlertState.NORMAL}  # cases are never normal

        def ask(db: sqlite3.Connection) -> Sifted:
            view = self._look(db)
            found = _cases(db, view.stand, None if anywhere else {wanted.state})
            return sifting.sift(
                db,
                wanted,
                page,
                stand=view.stand,
                macs=_addresses(view, wanted.mac),
                cases=islice(found, cases_at_most),
                judged=lambda alert: _judged(alert, view.stand),
            )

        return self._ask(ask, Sifted())

    def alert(self, identifier: str) -> Alert | None:
        """Give one alert in the state it has now, or None."""

        def ask(db: sqlite3.Connection) -> Alert | None:
            found = alerts.load(db, identifier)
            return found and _judged(found, self._look(db).stand)

        return self._ask(ask, None)

    def cases(
        self, *, states: Collection[AlertState] | None = None, limit: int = 200
    ) -> tuple[Case, ...]:
        """Give at most *limit* cases, the last heard of first, each in the state it has now."""

        def ask(db: sqlite3.Connection) -> tuple[Case, ...]:
            return tuple(islice(_cases(db, self._look(db).stand, states), limit))

        return self._ask(ask, ())

    def case(self, identifier: str) -> tuple[Case, tuple[Alert, ...]] | None:
        """Give one case in the state it has now, with those of its alerts that are kept."""

        def ask(db: sqlite3.Connection) -> tuple[Case, tuple[Alert, ...]] | None:
            found = cases.load(db, identifier)
            if found is None:
                return None
            stand = self._look(db).stand
            held = filter(None, (alerts.load(db, each) for each in found.alerts))
            judged = tuple(_judged(alert, stand) for alert in held)
            return _judged_case(db, found, stand), judged

        return self._ask(ask, None)

    def decisions(self, mac: Mac | None = None) -> tuple[Decision, ...]:
        """Give what people decided, of one device or of all, oldest first."""
        found: tuple[Decision, ...] = self._ask(lambda db: self._look(db).decisions, ())
        return tuple(decision for decision in found if mac is None or decision.mac == mac)

    def taken(self, device: Device) -> tuple[tuple[float, Ip], ...]:
        """Give when *device* was first seen with which of its last addresses, the first first."""
        return self._ask(lambda db: roll.load_taken(db, (device.mac, *device.also)), ())

    def find_alerts(self, terms: Sequence[Term], limit: int) -> tuple[Alert, ...]:
        """Give at most *limit* of the newest alerts that all *terms* are found in."""

        def ask(db: sqlite3.Connection) -> tuple[Alert, ...]:
            stand = self._look(db).stand
            return tuple(_judged(alert, stand) for alert in search.alerts(db, terms, limit))

        return self._ask(ask, ())

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

        def ask(db: sqlite3.Connection) -> tuple[Traffic, ...]:
            return traffic.load(db, step, _addresses(self._look(db), mac), since, until)

        return self._ask(ask, ())

    def total(self, macs: Collection[Mac] | None, since: float) -> tuple[Traffic, ...]:
        """Give what each of the hardware addresses *macs*, or each there is, did since then.

        As one sum each, of all hours that touch that time.
        """
        return self._ask(lambda db: traffic.total(db, macs, since), ())

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
        only: tuple[Mac, ...] | None = None if mac is None else (mac,)
        macs = self._ask(lambda db: _addresses(self._look(db), mac), only)
        return self.days.conversations(macs, since, until, limit)

    def has_flows(self, since: float, until: float) -> bool:
        """Tell whether there are days that may hold conversations of [*since*, *until*)."""
        return bool(flows.files(self._directory, since, until))

    def changed(self) -> str:
        """Give a mark that differs when alerts, devices, decisions or health have changed."""
        return self._ask(_mark, "")

    def _look(self, db: sqlite3.Connection) -> View:
        """Give devices and decisions as they are now; threads may do the same work twice."""
        self._view = look(db, self._view)
        return self._view

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


def _addresses(view: View, mac: Mac | None) -> tuple[Mac, ...] | None:
    """Give all hardware addresses of the device that *mac* is one of; None for None."""
    if mac is None:
        return None
    mains = view.stand.mains
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


def _cases(
    db: sqlite3.Connection, stand: Standing, states: Collection[AlertState | None] | None
) -> Iterator[Case]:
    """Yield the cases in one of *states*, the last heard of first."""
    for case in cases.newest_first(db):
        judged = _judged_case(db, case, stand)
        if states is None or judged.state in states:
            yield judged


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
