"""The sensor's share of what people had deleted, a piece at a time: packets must not wait for it.

First what it goes on with after a restart (devices, alerts, cases), at once; then traffic, the day
files, free pages, the write-ahead log, and the copies of the database. Only when all is gone is the
number noted as done.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from logging import getLogger
from pathlib import Path

from appliance.erasures import Erasure, What
from appliance.memory import Memory
from appliance.model import Alert, Case
from appliance.store import damage, erasures, meta, spare
from appliance.store.flows import day_of, files
from appliance.store.ledger import Ledger
from appliance.store.opening import connect
from appliance.store.roll import Roll
from appliance.store.traffic import STEPS
from appliance.store.trouble import StoreTrouble, named
from appliance.store.writer import NAME, Writer

CHUNK = 5_000
"""Sums of traffic deleted in one piece."""
ROWS = 50_000
"""Conversations looked through in one piece."""
TRIES = 60
"""Times that the write-ahead log is tried to be emptied: somebody who reads is in the way."""

log = getLogger(__name__)


class Erasing:
    """What is under way in *directory*, by its *writer*."""

    def __init__(self, writer: Writer, directory: Path) -> None:
        self._writer = writer
        self._directory = directory
        self._begun: Erasure | None = None
        self._pieces: Iterator[None] = iter(())

    @property
    def is_under_way(self) -> bool:
        """Something was begun and is not done."""
        return self._begun is not None

    def is_due(self) -> bool:
        """Tell whether there is something to begin; nothing while something is under way."""
        return self._begun is None and bool(self._writer.read(due))

    def begin(self) -> Erasure | None:
        """Delete devices, alerts and cases of what is due first, and give it."""
        found = self._writer.read(due)
        if not found:
            return None
        one = found[0]
        self._writer.write(lambda db: erasures.from_watch(db, one))
        self._begun = one
        return one

    def go_on(self, now: float) -> None:
        """Delete another piece of what was begun; what went wrong is begun again."""
        one = self._begun
        if one is None:
            return
        try:
            next(self._pieces)
        except StopIteration:
            if one in self._writer.read(due):
                self._pieces = pieces(self._writer, self._directory, one, now)
            else:
                self._begun = None


def due(db: sqlite3.Connection) -> tuple[Erasure, ...]:
    """Give what is still to be deleted by the sensor, oldest first."""
    done = int(meta.time(db, meta.ERASED) or 0)
    return erasures.load(db, after=done)


def forget(
    one: Erasure,
    devices: Roll,
    ledger: Ledger,
    alerts: Memory[str, Alert],
    cases: Memory[str, Case],
) -> None:
    """Forget what the sensor holds of *one* and has not written yet."""
    macs = frozenset(one.macs) if one.what is What.DEVICE else None
    if one.what in {What.DEVICE, What.DEVICES}:
        devices.forget(macs)
    if one.what in {What.DEVICE, What.CONVERSATIONS}:
        ledger.forget(macs)
    if one.what in {What.DEVICE, What.TRAFFIC}:
        ledger.tally.forget(macs)
    for held in (alerts, cases):
        for key in list(held):
            held.pop(key)


def pieces(writer: Writer, directory: Path, one: Erasure, now: float) -> Iterator[None]:
    """Delete the sensor's share of *one*, but devices, alerts and cases; stop after each piece.

    Raises StoreTrouble: what is not done then is to be begun again.
    """
    if one.what in {What.DEVICE, What.TRAFFIC}:
        for step in STEPS:
            delete = partial(erasures.traffic, step=step, one=one, at_most=CHUNK)
            while writer.write(lambda db, delete=delete: delete(db)):  # type: ignore[misc] # bound
                yield
    if one.what in {What.DEVICE, What.CONVERSATIONS}:
        yield from _days(directory, one)
    if one.what is not What.MESSAGES:
        if writer.compact():
            yield
        else:
            log.warning("No room to write the database anew: remains are left in its pages.")
    for _ in range(TRIES):
        if writer.empty_log():
            break
        yield
    _renew_copies(directory, now)
    writer.write(lambda db: meta.set_time(db, meta.ERASED, float(one.id)))
    log.info("What was to be deleted (%d) is gone.", one.id)


def _days(directory: Path, one: Erasure) -> Iterator[None]:
    for unfinished in directory.glob("flows-*.db.new"):
        unfinished.unlink()
    for path in files(directory, until=one.at):
        yield from _conversations(path, one)


def _conversations(path: Path, one: Erasure) -> Iterator[None]:
    """Delete those of one day; the file is written anew, as its pages would keep remains."""
    if one.what is What.CONVERSATIONS and path.name < day_of(one.at):
        with named(path.parent):
            damage.remove(path)
        return
    macs = json.dumps(one.macs) if one.what is What.DEVICE else None
    with named(path.parent), closing(connect(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'flows'").fetchone():
            return
        (last,) = db.execute("SELECT coalesce(max(id), 0) FROM flows").fetchone()
        before = db.total_changes
        for first in range(0, last + 1, ROWS):
            db.execute(_FLOWS, {"first": first, "rows": ROWS, "at": one.at, "macs": macs})
            yield
        if db.total_changes == before:
            return
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        db.execute("VACUUM INTO ?", (str(new),))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with named(path.parent):
        new.chmod(0o660)
        for suffix in damage.COMPANIONS:  # a log of the old file would be taken for the new one's
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        new.replace(path)


def _renew_copies(directory: Path, now: float) -> None:
    """Remove what copies hold of it; a new one is made at once where there is room."""
    database = directory / NAME
    for path in directory.glob("*.db.damaged-*"):
        path.unlink(missing_ok=True)
    spare.spare_of(database).unlink(missing_ok=True)
    try:
        if spare.is_due(database, now):
            spare.make(database, now)
    except StoreTrouble as trouble:  # the next hour tries again
        log.warning("No copy of the database: %s", trouble)


_FLOWS = """
    DELETE FROM flows WHERE id BETWEEN :first AND :first + :rows - 1 AND last_at <= :at
        AND (:macs IS NULL OR mac IN (SELECT value FROM json_each(:macs))
            OR peer_mac IN (SELECT value FROM json_each(:macs)))
"""
