"""Health in ``vigie.db``: one row, how the sensor was last, and how long it saw in this hour."""

import sqlite3

from appliance.model import Health
from appliance.store import rows, watched
from appliance.store.watched import HOUR, Hour


def save(db: sqlite3.Connection, health: Health) -> None:
    """Write *health* in the place of what was there; an hour that ended meanwhile is kept."""
    last = db.execute(_LAST).fetchone()
    if last is None:
        last = (health.at, False, int(health.at // HOUR) * HOUR, 0.0, 0.0)
    since, saw, at, ran, seen = last
    hour = Hour(at=at, ran=ran, saw=seen)
    *over, runs = watched.passed(hour, since, health.at, saw=bool(saw) and health.seeing)
    for each in over:
        if each.ran:
            watched.keep(db, each)
    values = {"hour": runs.at, "ran": runs.ran, "saw": runs.saw}
    db.execute(_SAVE, rows.health_row(health) | values)


def says(health: Health) -> tuple[object, ...]:
    """Give what *health* says, without its time and its running counters."""
    return (
        health.seeing,
        health.why,
        health.source,
        health.learning,
        health.dropped_by_kernel > 0,
        frozenset(name for name, number in health.dropped_by_us.items() if number),
        health.unicast_of_others,
        health.both_directions,
        health.internet_side,
        health.faults,
        health.clock_unset > 0,
    )


# A bit may have flipped in the body: then it is not known that it saw.
_LAST = """
    SELECT at, CASE WHEN json_valid(body) THEN json_extract(body, '$.seeing') END, hour, ran, saw
    FROM health
"""

_SAVE = """
    INSERT INTO health (one, at, body, hour, ran, saw) VALUES (1, :at, :body, :hour, :ran, :saw)
    ON CONFLICT (one) DO UPDATE SET at = excluded.at, body = excluded.body, hour = excluded.hour,
        ran = excluded.ran, saw = excluded.saw
"""
