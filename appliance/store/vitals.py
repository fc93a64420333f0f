"""Health in ``vigie.db``: one row, how the sensor was last."""

import sqlite3

from appliance.model import Health
from appliance.store import rows


def save(db: sqlite3.Connection, health: Health) -> None:
    """Write *health* in the place of what was there."""
    db.execute(_SAVE, rows.health_row(health))


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
    )


_SAVE = """
    INSERT INTO health VALUES (1, :at, :body)
    ON CONFLICT (one) DO UPDATE SET at = excluded.at, body = excluded.body
"""
