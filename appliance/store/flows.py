"""Conversations, in one file per day (UTC): ``flows-YYYYMMDD.db``.

A day is forgotten by removing its file: deleting its rows would write 34 to 46 MB. The only index
is on the time: one on the device as well would make the card write four times as much (measured).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from appliance.model import Ip, Mac
from appliance.store import damage
from appliance.store.opening import connect, use_wal
from appliance.store.rows import Row
from appliance.store.trouble import StoreTrouble, Trouble, named

SHARE = 24
"""One minute may write at most this part of a day's rows, so that a scan does not use up the day;
those with most octets are kept."""

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS flows (
        id INTEGER PRIMARY KEY,
        first_at REAL NOT NULL,
        last_at REAL NOT NULL,
        mac TEXT NOT NULL,
        peer_mac TEXT NOT NULL,
        src TEXT NOT NULL,
        dst TEXT NOT NULL,
        sport INTEGER NOT NULL,
        dport INTEGER NOT NULL,
        proto INTEGER NOT NULL,
        packets_out INTEGER NOT NULL,
        packets_in INTEGER NOT NULL,
        octets_out INTEGER NOT NULL,
        octets_in INTEGER NOT NULL
    ) STRICT
"""

_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = OFF",  # Debian's library has it on
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What one conversation did in one minute; *src* is the side that began."""

    first_at: float
    last_at: float
    mac: Mac
    """Hardware address of the side that began."""
    peer_mac: Mac
    """Hardware address the beginner's frames went to: a gateway's when *dst* is outside."""
    src: Ip
    dst: Ip
    sport: int
    """Port, or for ICMP the type."""
    dport: int
    """Port, or for ICMP the code."""
    proto: int
    """IANA protocol number."""
    packets_out: int
    packets_in: int
    octets_out: int
    """IP octets that the beginner sent."""
    octets_in: int


class DayFiles:
    """The writing end of the day files in *directory*; at most *rows_a_day* rows go into each."""

    def __init__(self, directory: Path, rows_a_day: int) -> None:
        self._directory = directory
        self._rows_a_day = rows_a_day
        self._day: date | None = None
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def write(self, rows: Sequence[Conversation]) -> int:
        """Write *rows*, day by day; give how many there was no room for.

        Raises StoreTrouble; days before the troubled one may have been written by then.
        """
        left_out = 0
        for day, of_day in groupby(rows, key=_day_of):
            left_out += self._write_day(day, list(of_day))
        return left_out
