"""Forgetting what is too old or too much, a few thousand rows at a time."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial
from math import inf

from appliance.config import Keep
from appliance.durations import DAY
from appliance.model import Mac
from appliance.store import alerts, cases, roll, traffic, watched
from appliance.store.writer import Writer

CHUNK = 5_000
"""Rows forgotten in one transaction, so that nobody waits long for the lock."""

CHUNKS = 20
"""Transactions for one table; what is left then waits for the next time."""

MINUTE_DAYS = 2.0
HOUR_DAYS = 35.0
"""Days for which traffic is kept by minutes and by hours."""

WATCHED_DAYS = 400.0
"""Days for which it is kept how long the box saw in each hour: a year of months and the one before.
At most 9,600 short rows, and nothing in them is of anybody."""

TRAFFIC_ROWS: Mapping[str, int] = {"minute": 500_000, "hour": 250_000, "day": 100_000}
"""Rows kept of each step: several times what fifty devices need."""


def tidy(writer: Writer, keep: Keep, now: float) -> dict[Mac, float]:
    """Forget what *keep* says is too old at the time *now*, and what is too much.

    Gives the devices that were forgotten, and when each was last heard.
    """
    _in_chunks(
        writer,
        lambda db: alerts.tidy(db, now - keep.alert_days * DAY, keep.alerts, CHUNK),
    )
    _in_chunks(
        writer,
        lambda db: cases.tidy(db, now - keep.alert_days * DAY, keep.alerts, CHUNK),
    )
    days = {"minute": MINUTE_DAYS, "hour": HOUR_DAYS, "day": float(keep.traffic_days)}
    for step, kept in days.items():
        _in_chunks(
            writer,
            partial(
                traffic.tidy,
                step=step,
                before=now - kept * DAY,
                limit=TRAFFIC_ROWS[step],
                at_most=CHUNK,
            ),
        )
    _in_chunks(writer, lambda db: watched.tidy(db, now - WATCHED_DAYS * DAY, CHUNK))
    return writer.write(lambda db: roll.silent(db, now - keep.device_days * DAY, CHUNK))


def cap(db: sqlite3.Connection, keep: Keep) -> None:
    """Forget devices, alerts and cases beyond the number that *keep* allows."""
    roll.tidy(db, keep.devices)
    alerts.tidy(db, -inf, keep.alerts, CHUNK)
    cases.tidy(db, -inf, keep.alerts, CHUNK)


def _in_chunks(writer: Writer, forget: Callable[[sqlite3.Connection], int]) -> None:
    for _ in range(CHUNKS):
        if writer.write(forget) == 0:
            return
