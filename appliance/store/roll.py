"""Which devices must be written again, and which have only been seen again.

Most devices are heard every second. Rewriting their rows each time would wear the card out, so a
device's row is written when something about it changed; that it is still there goes into a
narrow table once a minute, and everything is written in full once an hour.

There is a row for each hardware address, also for those that are joined: what people see as one
device is put together when they ask (`appliance.store.reader`), so nothing is lost by a join.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice

from appliance.durations import DAY
from appliance.memory import Memory
from appliance.model import Device, Ip, Mac
from appliance.store import rows

ADDRESSES = 32
"""Network addresses of a device whose first use is remembered: machines with IPv6 take a new one
each day."""

WRITES_A_MINUTE = 512
"""Device rows written in one minute; the rest wait, so that a flood of made-up addresses does not
wear the card out."""


class Roll:
    """The devices as they are, and as they were last written; at most *limit* of them."""

    def __init__(self, limit: int) -> None:
        self._latest: Memory[Mac, Device] = Memory(limit)
        self._written: Memory[Mac, Device] = Memory(limit)
        self._waiting: dict[Mac, None] = {}
        """Those of `_latest` whose row must be written."""
        self._seen: dict[Mac, float] = {}
        self._retired: Memory[Mac, float] = Memory(limit)
        """Devices forgotten for their age, of whom the sensor still knows, and when last heard."""
        self._left = WRITES_A_MINUTE
        self.dropped = 0
        """Devices that were let go before they could be written."""

    def take(self, devices: Iterable[Device]) -> None:
        """Note *devices* as they are now."""
        for device in devices:
            retired = self._retired.get(device.mac)
            if retired is not None and device.last_at <= retired:
                continue
            gone = self._latest.put(device.mac, device)
            if gone is not None:
                self._seen.pop(gone, None)
                if gone in self._waiting:
                    del self._waiting[gone]
                    self.dropped += 1
            self._seen[device.mac] = device.last_at
            written = self._written.get(device.mac)
            if written is None or not _alike(device, written):
                self._waiting[device.mac] = None

    def forget(self, macs: Collection[Mac] | None) -> None:
        """Forget the devices *macs*, or all: their rows are gone."""
        for mac in list(self._latest) if macs is None else macs:
            self._latest.pop(mac)
            self._written.pop(mac)
            self._waiting.pop(mac, None)
            self._seen.pop(mac, None)

    def retire(self, gone: Mapping[Mac, float]) -> None:
        """Forget devices that were last heard then, until they are heard again."""
        self.forget(gone.keys())
        for mac, at in gone.items():
            self._retired.put(mac, at)

    def due(self) -> list[Device]:
        """Give the devices whose rows are to be written now, those that waited longest first."""
        found = (self._latest.get(mac) for mac in islice(self._waiting, self._left))
        return [device for device in found if device is not None]

    def wrote(self, devices: Iterable[Device]) -> None:
        """Note that the rows of *devices* are on the card."""
        for device in devices:
            self._left -= 1
            self._waiting.pop(device.mac, None)
            self._written.put(device.mac, device)

    def begin_minute(self) -> None:
        """Allow a minute's writes again."""
        self._left = WRITES_A_MINUTE

    def rewrite(self) -> None:
        """Have every row written again that is not exactly the device as it is."""
        for device in self._latest.values():
            if self._written.get(device.mac) != device:
                self._waiting[device.mac] = None

    def seen(self) -> list[tuple[float, Mac]]:
        """Give when devices were last heard, as far as that is not on the card; see `noted`."""
        return [(at, mac) for mac, at in self._seen.items()]

    def noted(self) -> None:
        """Forget what `seen` gave."""
        self._seen.clear()


def save(db: sqlite3.Connection, devices: Iterable[Device], at: float) -> None:
    """Write the rows of *devices* at the time *at*."""
    every = list(devices)
    db.executemany(_SAVE, (rows.device_row(device, at) for device in every))
    db.executemany(_TAKES, ((device.mac, ip, at) for device in every for ip in device.addresses))
    db.executemany(_TOOK_LONG_AGO, ((device.mac, ADDRESSES) for device in every))


def save_seen(db: sqlite3.Connection, seen: Iterable[tuple[float, Mac]]) -> None:
    """Write when devices were last heard, as far as they have a row."""
    db.executemany(_SEEN, seen)


def load(db: sqlite3.Connection, mac: Mac | None = None) -> tuple[Device, ...]:
    """Give all devices, or the one *mac*, as last written and last heard; oldest first."""
    where, values = ("", ()) if mac is None else (" WHERE mac = ?", (mac,))
    seen = {row["mac"]: row["last_at"] for row in db.execute(_LOAD_SEEN + where, values)}
    devices = rows.read(db.execute(_LOAD + where + " ORDER BY first_at, mac", values), rows.device)
    return tuple(
        replace(device, last_at=max(device.last_at, seen.get(device.mac, device.last_at)))
        for device in devices
    )


def load_stamps(db: sqlite3.Connection) -> dict[Mac, int]:
    """Give a number for each row, which changes with every write of it."""
    return dict(map(tuple, db.execute("SELECT mac, stamp FROM devices")))


def load_seen(db: sqlite3.Connection) -> dict[Mac, float]:
    """Give when devices were last heard, as far as that was noted apart from their rows."""
    return dict(map(tuple, db.execute("SELECT mac, last_at FROM presence")))


def load_rows(db: sqlite3.Connection, macs: Collection[Mac] | None) -> tuple[Device, ...]:
    """Give the devices *macs*, or all, as last written."""
    if macs is None:
        return rows.read(db.execute(_LOAD), rows.device)
    found = db.execute(_LOAD_SOME, (json.dumps(list(macs)),))
    return rows.read(found, rows.device)


def load_taken(db: sqlite3.Connection, macs: Collection[Mac]) -> tuple[tuple[float, Ip], ...]:
    """Give when the devices *macs* were first seen with which address, the first one first.

    Those that were there before times were noted are left out.
    """
    found = db.execute(_TAKEN, (json.dumps(list(macs)),))
    return tuple((row["since"], Ip(row["ip"])) for row in found)


def tidy(db: sqlite3.Connection, limit: int) -> None:
    """Forget all but *limit* devices, first those that nobody decided about and silent longest."""
    (count,) = db.execute("SELECT count(*) FROM devices").fetchone()
    if count > limit:
        db.execute(_FORGET, (count - limit,))
        for table in ("presence", "device_addresses"):
            db.execute(f"DELETE FROM {table} WHERE mac NOT IN (SELECT mac FROM devices)")  # noqa: S608 - our own names


def silent(db: sqlite3.Connection, before: float, at_most: int) -> dict[Mac, float]:
    """Forget devices not heard since *before*, at most *at_most*; give when each was last heard."""
    found = {Mac(row["mac"]): row["at"] for row in db.execute(_SILENT, (before, at_most))}
    gone = json.dumps(list(found))
    for table in ("devices", "presence", "device_addresses"):
        db.execute(f"DELETE FROM {table} WHERE mac IN (SELECT value FROM json_each(?))", (gone,))  # noqa: S608 - our own names
    return found


def _alike(one: Device, other: Device) -> bool:
    """Tell whether two states of a device differ in nothing but times."""
    return one is other or _lasting(one) == _lasting(other)


def _lasting(device: Device) -> tuple[object, ...]:
    return (
        frozenset(device.addresses),  # the order follows their use, which changes all the time
        device.names,
        device.maker,
        device.randomised,
        device.gateway,
        device.first_at,
        [replace(evidence, first_at=0.0, last_at=0.0) for evidence in device.evidence],
        device.trust,
        device.given_name,
        device.role,
        device.place,
        device.kind,
        device.model,
        device.os,
        device.given_kind,
        device.bought_on,
        # What was sent grows all the time; that something was loaded counts once a day.
        frozenset((each.table, each.host, each.loaded_at // DAY) for each in device.contacts),
        device.also,
    )


_SAVE = """
    INSERT INTO devices (mac, addresses, names, maker, randomised, gateway, first_at, last_at,
        evidence, trust, given_name, role, place, kind, model, os, given_kind, bought_on,
        contacts, also, socket, saved_at, stamp)
    VALUES (:mac, :addresses, :names, :maker, :randomised, :gateway, :first_at, :last_at,
        :evidence, :trust, :given_name, :role, :place, :kind, :model, :os, :given_kind,
        :bought_on, :contacts, :also, :socket, :saved_at, random())
    ON CONFLICT (mac) DO UPDATE SET addresses = excluded.addresses, names = excluded.names,
        maker = excluded.maker, randomised = excluded.randomised, gateway = excluded.gateway,
        first_at = excluded.first_at, last_at = excluded.last_at, evidence = excluded.evidence,
        trust = excluded.trust, given_name = excluded.given_name, role = excluded.role,
        place = excluded.place, kind = excluded.kind, model = excluded.model, os = excluded.os,
        given_kind = excluded.given_kind, bought_on = excluded.bought_on,
        contacts = excluded.contacts, also = excluded.also, socket = excluded.socket,
        saved_at = excluded.saved_at, stamp = excluded.stamp
"""

_TAKES = "INSERT INTO device_addresses VALUES (?, ?, ?) ON CONFLICT DO NOTHING"

_TOOK_LONG_AGO = """
    DELETE FROM device_addresses WHERE mac = ?1 AND ip IN
        (SELECT ip FROM device_addresses WHERE mac = ?1 ORDER BY since DESC, ip LIMIT -1 OFFSET ?2)
"""

_TAKEN = """
    SELECT ip, since FROM device_addresses
    WHERE mac IN (SELECT value FROM json_each(?)) AND since > 0 ORDER BY since, ip
"""

_SEEN = """
    INSERT INTO presence (last_at, mac) SELECT ?1, ?2
        WHERE EXISTS (SELECT 1 FROM devices WHERE mac = ?2)
    ON CONFLICT (mac) DO UPDATE SET last_at = excluded.last_at
"""

_LOAD = "SELECT * FROM devices"

_LOAD_SOME = "SELECT * FROM devices WHERE mac IN (SELECT value FROM json_each(?))"

_LOAD_SEEN = "SELECT * FROM presence"

_SILENT = """
    SELECT mac, max(devices.last_at, coalesce(presence.last_at, devices.last_at)) AS at
    FROM devices LEFT JOIN presence USING (mac) WHERE at < ? LIMIT ?
"""

_FORGET = """
    DELETE FROM devices WHERE mac IN (
        SELECT mac FROM devices LEFT JOIN presence USING (mac)
        ORDER BY mac IN (SELECT mac FROM decisions),
            max(devices.last_at, coalesce(presence.last_at, devices.last_at))
        LIMIT ?
    )
"""
