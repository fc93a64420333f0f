"""What is owed to the people whom the box sees: ``data/privacy_duties.csv``, words in the texts."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from appliance.knowledge import tables

DUTIES = "privacy_duties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something owed, and where that is written."""

    id: str
    """A key of the texts, ``[privacy_duty]``."""
    source: str
    found: bool
    """It was read in the source; else it is to be read again before anybody relies on it."""


@cache
def duties() -> tuple[Duty, ...]:
    """Load the table, in its order."""
    return tuple(
        Duty(id=row["id"], source=row["source"], found="found" in row["basis"])
        for row in tables.rows(DUTIES)
    )


def stated() -> date:
    """Give the day whose law the table shows."""
    return tables.dated(DUTIES)
