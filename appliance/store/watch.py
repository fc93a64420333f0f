"""What the sensor writes: devices, alerts, health, traffic and conversations.

The sensor calls once a second and must never wait for long or fall over because of the card.
While the database cannot be written (full, locked, failing), what matters is held in bounded
memory and tried again at every `Watch.flush`; the trouble stands in `Watch.faults` meanwhile.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from logging import getLogger
from pathlib import Path

from appliance.addresses import Place
from appliance.config import Keep
from appliance.decisions import Decision
from appliance.erasures import Erasure
from appliance.facts import FlowDelta
from appliance.memory import Memory
from appliance.model import Alert, Case, Device, Health, Ip
from appliance.store import alerts as alert_rows
from appliance.store import cases as case_rows
from appliance.store import damage, decisions, meta, roll, spare, tidying, vitals
from appliance.store.erasing import Erasing, forget
from appliance.store.flows import DayFiles
from appliance.store.ledger import LATE, MINUTE, Ledger
from appliance.store.opening import PATIENCE
from appliance.store.recall import Recall
from appliance.store.trouble import StoreTrouble, Trouble
from appliance.store.writer import NAME, Writer

HEALTH = 15.0
"""Seconds after which health is written again when only its counters moved."""

IMPATIENCE = 0.05
"""Seconds to wait for a lock once the database was found locked."""

FLOW_DAYS_LEFT = 7
"""Days of conversations that are not given up to free a full disk."""

log = getLogger(__name__)


class Watch(Recall):
    """The sensor's writer in *directory*; *keep* bounds what is kept, *now* is the clock.

    Raises StoreTrouble when the database cannot even be opened.
    """

    def __init__(self, directory: Path, keep: Keep, now: Callable[[], float]) -> None:
        self._keep = keep
        self._database = directory / NAME
        self._writer = Writer(directory, now)
        self._erasing = Erasing(self._writer, directory)
        self._day_files = DayFiles(directory, keep.flow_rows_per_day)
        self._ledger = Ledger()
        self._roll = roll.Roll(keep.devices)
        self._alerts: Memory[str, Alert] = Memory(keep.alerts)
        """Alerts not yet on the card."""
        self._cases: Memory[str, Case] = Memory(keep.alerts)
        """Cases not yet on the card."""
        self._health: Health | None = None
        """Health not yet on the card."""
        self._health_written: Health | None = None
        self._trouble: Trouble | None = None
        """Why ``vigie.db`` cannot be written now."""
        self._flow_trouble: Trouble | None = None
        self._set_aside_at: float | None = None
        self._now = now()
        self._minute = (self._now - LATE) // MINUTE
        self._closed = False
        self.first_started_at = self._now
        """When a Watch first opened this database: the learning time counts from here."""
        try:
            if self._writer.read(self._recall) is None:
                self._writer.write(self._begin)
        except BaseException:
            self._writer.close()
            raise
        self._writer.ballast.keep()

    def decisions_after(self, number: int) -> tuple[Decision, ...]:
        """Give the decisions above *number*, oldest first; none while they cannot be read."""
        try:
            return self._writer.read(lambda db: decisions.load(db, after=number))
        except StoreTrouble as trouble:
            self._in_trouble(trouble)
            return ()

    def save_devices(self, devices: Iterable[Device]) -> bool:
        """Have *devices* written; False while they cannot be, and are held.

        At once where more than times changed, otherwise with the next hour.
        """
        self._roll.take(devices)
        return self._save()

    def save_alerts(self, alerts: Iterable[Alert], cases: Iterable[Case] = ()) -> bool:
        """Write *alerts* and *cases*: True when they are on the card, False while only held."""
        for alert in alerts:
            self._alerts.put(alert.id, alert)
        for case in cases:
            self._cases.put(case.id, case)
        return self._save()

    def save_health(self, health: Health) -> bool:
        """Have *health* written: at once when it says something new, else every 15 seconds."""
        before = self._health_written
        if (
            before is None
            or vitals.says(health) != vitals.says(before)
            or abs(health.at - before.at) >= HEALTH
        ):
            self._health = health
        return self._save()

    def count_traffic(self, deltas: Iterable[FlowDelta], place: Callable[[Ip], Place]) -> None:
        """Add up what conversations did; *place* tells where an address is (`Home.place`)."""
        self._ledger.count(deltas, place)

    def flush(self, now: float) -> None:
        """Write what is due at *now*; call it once a second."""
        self._now = now
        self._save(again=True)
        self._ledger.settle(now)
        minute = (now - LATE) // MINUTE
        if minute != self._minute:
            self._minute = minute
            self._write_minute()

    def begin_erasing(self) -> Erasure | None:
        """Begin with what people had deleted, if anything is due; `LEARNT`: ask `Recall` then."""
        try:
            if not self._erasing.is_due():
                return None
            self._roll.rewrite()
            one = self._erasing.begin() if self._save(again=True) else None
        except StoreTrouble as trouble:
            self._in_trouble(trouble)
            return None
        if one is not None:
            forget(one, self._roll, self._ledger, self._alerts, self._cases)
        return one

    def go_on_erasing(self, now: float) -> None:
        """Delete a piece of what was begun; call it once a second."""
        if self._erasing.is_under_way:
            self._day_files.close()
        try:
            self._erasing.go_on(now)
        except StoreTrouble as trouble:
            self._in_trouble(trouble)

    def tidy(self, now: float) -> None:
        """Forget what is too old or too much; call it once an hour."""
        self._now = now
        self._roll.rewrite()
        try:
            self._roll.retire(tidying.tidy(self._writer, self._keep, now))
            self._day_files.tidy(now, self._keep.flow_days)
            if spare.is_due(self._database, now):
                self._writer.check()
                self._writer.read(self._recall)
                spare.make(self._database, now)
        except StoreTrouble as trouble:
            self._in_trouble(trouble)
        damage.tidy(self._database.parent, now)

    def close(self) -> None:
        """Write everything and close; once is enough."""
        if self._closed:
            return
        self._closed = True
        self._writer.be_patient(PATIENCE)
        self._roll.rewrite()
        self._ledger.close_minute()
        self._save(again=True)
        self._write_minute()
        self._day_files.close()
        self._writer.close()

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the databases: keys of texts (``[health]``)."""
        found = {self._trouble, self._flow_trouble}
        if not self._writer.ballast.is_aboard:
            found.add(Trouble.FULL)
        since = self._set_aside_at
        if since is not None and abs(self._now - since) < damage.TOLD:
            found.add(Trouble.DAMAGED)
        return tuple(trouble.value for trouble in Trouble if trouble in found)

    @property
    def dropped(self) -> Mapping[str, int]:
        """What could not be written and had to be let go, by its name."""
        return {
            "unsaved_alerts": self._alerts.dropped + self._cases.dropped,
            "unsaved_devices": self._roll.dropped,
            "conversations": self._ledger.dropped + self._day_files.left_out,
            "traffic": self._ledger.tally.dropped,
        }

    def _save(self, *, again: bool = False) -> bool:
        """Write what is due, in one transaction; in trouble only when told to try *again*."""
        if self._trouble and not again:
            return False
        alerts, cases = list(self._alerts.values()), list(self._cases.values())
        devices, health = self._roll.due(), self._health
        if not (alerts or cases or devices or health or self._trouble):
            return True

        def work(db: sqlite3.Connection) -> None:
            alert_rows.save(db, alerts)
            case_rows.save(db, cases)
            roll.save(db, devices, self._now)
            if health is not None:
                vitals.save(db, health)

        if not self._written(work):
            return False
        for alert in alerts:
            self._alerts.pop(alert.id)
        for case in cases:
            self._cases.pop(case.id)
        self._roll.wrote(devices)
        if health is not None:
            self._health, self._health_written = None, health
        return True

    def _write_minute(self) -> None:
        """Write the last minute's traffic, and look after the card."""
        self._roll.begin_minute()
        seen, tally = self._roll.seen(), self._ledger.tally

        def work(db: sqlite3.Connection) -> None:
            if self._recall(db) is None:
                self._begin(db)
            roll.save_seen(db, seen)
            tally.save(db)
            tidying.cap(db, self._keep)

        if self._written(work):
            self._roll.noted()
            tally.clear()
        if self._writer.ballast.keep():
            self._write_flows()
        else:
            self._free()

    def _write_flows(self) -> None:
        damaged = self._day_files.set_aside
        try:
            self._day_files.write(self._ledger.ready, self._now)
            self._flow_trouble = None
        except StoreTrouble as trouble:
            self._flow_trouble = trouble.what
            log.warning("Conversations wait in memory. %s", trouble)
            if trouble.what is Trouble.FULL:
                self._free()
        if self._day_files.set_aside > damaged:
            self._set_aside_at = self._now
            self._written(lambda db: meta.set_time(db, meta.SET_ASIDE, self._now))

    def _free(self) -> None:
        """Give up the oldest day of conversations: alerts and decisions need the room more."""
        try:
            if self._day_files.free(FLOW_DAYS_LEFT):
                log.warning("The disk is full: the oldest day of conversations was removed.")
        except StoreTrouble as trouble:
            self._in_trouble(trouble)

    def _written(self, work: Callable[[sqlite3.Connection], None]) -> bool:
        try:
            self._writer.write(work)
        except StoreTrouble as trouble:
            self._in_trouble(trouble)
            return False
        if self._trouble:
            log.warning("The database can be written again.")
            self._trouble = None
            self._writer.be_patient(PATIENCE)
        return True

    def _in_trouble(self, trouble: StoreTrouble) -> None:
        if self._trouble is not trouble.what:
            log.warning("What is new waits in memory. %s", trouble)
        self._trouble = trouble.what
        self._writer.be_patient(IMPATIENCE)

    def _recall(self, db: sqlite3.Connection) -> float | None:
        """Read when this database was begun, if it was, and when one was set aside."""
        self._set_aside_at = meta.time(db, meta.SET_ASIDE)
        started = meta.time(db, meta.FIRST_STARTED)
        self.first_started_at = started if started is not None else self.first_started_at
        return started

    def _begin(self, db: sqlite3.Connection) -> None:
        meta.set_time(db, meta.FIRST_STARTED, self.first_started_at)
