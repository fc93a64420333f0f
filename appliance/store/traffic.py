"""How much each device sent and received: minutes, hours and days.

Every minute is added to its hour and its day in the same transaction, so the three always hold
the same sums, and minutes can be forgotten long before days. Steps are cut in UTC, where every
day has 24 hours.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import inf

from appliance.model import NO_MAC, Mac
from appliance.store import rows
from appliance.store.rows import Row

STEPS: Mapping[str, int] = {"minute": 60, "hour": 3600, "day": 86_400}
"""Seconds in each step, by its name."""

DEVICES_A_MINUTE = 512
"""Devices counted apart in one minute; all further ones are counted together as `NO_MAC`, so that
a flood of made-up addresses costs accuracy, not room."""

ROWS_WAITING = 16_384
"""Rows held while the database cannot be written; what no longer fits is counted as dropped."""

Numbers = tuple[int, int, int, int]
"""Octets in, octets out, packets in, packets out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What a device received (``in``) and sent (``out``), in IP octets and packets."""

    octets_in: int = 0
    octets_out: int = 0
    packets_in: int = 0
    packets_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What one device did in one step."""

    at: int
    """When the step begins."""
    mac: Mac
    """`NO_MAC` stands for the devices that were too many to be counted apart."""
    lan: Count
    """With other devices of the practice."""
    outside: Count
    """With hosts of the internet."""


class Tally:
    """Counts not yet in the database."""

    def __init__(self) -> None:
        self.dropped = 0
        self._rows: dict[tuple[int, Mac], list[int]] = {}
        self._minute = 0
        self._devices = 0
        """Devices counted apart in `_minute`."""

    def add(self, minute: int, mac: Mac, numbers: Numbers, *, outside: bool) -> None:
        """Add *numbers* to what *mac* did in the minute that begins at *minute*."""
        if minute != self._minute:
            self._minute, self._devices = minute, 0
        row = self._rows.get((minute, mac))
        if row is None:
            row = self._new_row(minute, mac)
        if row is None:
            self.dropped += 1
            return
        first = 4 if outside else 0
        for place, number in enumerate(numbers, first):
            row[place] += number

    def save(self, connection: sqlite3.Connection) -> None:
        """Add everything to the three tables; `clear` when that is committed."""
        for step, seconds in STEPS.items():
            sums: dict[tuple[int, Mac], list[int]] = {}
            for (minute, mac), row in self._rows.items():
                total = sums.setdefault((minute - minute % seconds, mac), [0] * 8)
                total[:] = map(int.__add__, total, row)
            connection.executemany(
                _ADD.format(step), ((at, mac, *row) for (at, mac), row in sorted(sums.items()))
            )

    def clear(self) -> None:
        """Forget what has been saved."""
        self._rows.clear()
        self._minute = 0

    def forget(self, macs: Collection[Mac] | None) -> None:
        """Forget what *macs* did, or all, that is not in the database yet."""
        for key in [each for each in self._rows if macs is None or each[1] in macs]:
            del self._rows[key]
        self._minute = 0

    def __len__(self) -> int:
        return len(self._rows)

    def _new_row(self, minute: int, mac: Mac) -> list[int] | None:
        if self._devices >= DEVICES_A_MINUTE and mac != NO_MAC:
            return self._rows.get((minute, NO_MAC)) or self._new_row(minute, NO_MAC)
        if len(self._rows) >= ROWS_WAITING:
            return None
        self._devices += 1
        return self._rows.setdefault((minute, mac), [0] * 8)


def _traffic(row: Row) -> Traffic:
    return Traffic(
        at=row["at"], mac=Mac(row["mac"]), lan=_count(row, "lan"), outside=_count(row, "outside")
    )


def load(
    db: sqlite3.Connection,
    step: str,
    macs: Collection[Mac] | None,
    since: float,
    until: float,
) -> tuple[Traffic, ...]:
    """Give the steps that touch [*since*, *until*), of any of *macs* or of all, in order.

    Raises KeyError for a *step* that does not exist.
    """
    begin = since - since % STEPS[step]
    either = macs and json.dumps(list(macs))
    found = db.execute(_LOAD.format(step), {"since": begin, "until": until, "macs": either})
    return rows.read(found, _traffic)


def outside(
    db: sqlite3.Connection, step: str, since: float, until: float
) -> tuple[tuple[int, int, int], ...]:
    """Give what all devices together did with the internet in each step from *since* to *until*.

    When the step begins, octets in, octets out. Raises KeyError as `load`.
    """
    begin = since - since % STEPS[step]
    found = db.execute(_OUTSIDE.format(step), {"since": begin, "until": until})
    return tuple((int(at), int(received), int(sent)) for at, received, sent in found)


def tidy(db: sqlite3.Connection, step: str, before: float, limit: int, at_most: int) -> int:
    """Forget rows of a step that began earlier than *before*, and all but the newest *limit*.

    At most *at_most* at once; gives how many were forgotten.
    """
    forgotten = db.execute(_FORGET.format(step), (before, at_most)).rowcount
    (count,) = db.execute(f"SELECT count(*) FROM traffic_{step}").fetchone()  # noqa: S608 - our own names
    if count > limit:
        too_many = min(count - limit, at_most)
        forgotten += db.execute(_FORGET.format(step), (inf, too_many)).rowcount
    return forgotten


def _count(row: Row, side: str) -> Count:
    return Count(
        octets_in=row[f"{side}_octets_in"],
        octets_out=row[f"{side}_octets_out"],
        packets_in=row[f"{side}_packets_in"],
        packets_out=row[f"{side}_packets_out"],
    )


_ADD = """
    INSERT INTO traffic_{} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (at, mac) DO UPDATE SET
        lan_octets_in = lan_octets_in + excluded.lan_octets_in,
        lan_octets_out = lan_octets_out + excluded.lan_octets_out,
        lan_packets_in = lan_packets_in + excluded.lan_packets_in,
        lan_packets_out = lan_packets_out + excluded.lan_packets_out,
        outside_octets_in = outside_octets_in + excluded.outside_octets_in,
        outside_octets_out = outside_octets_out + excluded.outside_octets_out,
        outside_packets_in = outside_packets_in + excluded.outside_packets_in,
        outside_packets_out = outside_packets_out + excluded.outside_packets_out
"""

_LOAD = """
    SELECT * FROM traffic_{} WHERE at >= :since AND at < :until
        AND (:macs IS NULL OR mac IN (SELECT value FROM json_each(:macs)))
    ORDER BY at, mac
"""

_OUTSIDE = """
    SELECT at, sum(outside_octets_in), sum(outside_octets_out) FROM traffic_{}
    WHERE at >= :since AND at < :until GROUP BY at ORDER BY at
"""

_FORGET = """
    DELETE FROM traffic_{0} WHERE (at, mac) IN
        (SELECT at, mac FROM traffic_{0} WHERE at < ? ORDER BY at LIMIT ?)
"""
