"""To whom a practice turns after an incident, what each asks, and what is only offered.

``data/incident_authorities.csv`` and ``data/incident_fields.csv``; their words are in the texts.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from appliance.knowledge import tables

AUTHORITIES, FIELDS = "incident_authorities", "incident_fields"

SHEETS = ("complaint", "cnil", "cert_sante", "insurer", "it_provider", "register")
"""Columns of the fields: what a sheet is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Somebody to tell."""

    id: str
    """A key of the texts."""
    sheet: str
    """Which fields it asks for; empty where it has no form."""
    hours: int
    """Of the clock that runs from first knowledge; 0 where the source sets no number."""
    duty: str
    """``insured``, ``unless_no_risk``, ``high_risk``, ``always``, ``contract``, ``voluntary`` or
    ``recommended``: a key of the texts."""
    site: str
    phone: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that is asked for."""

    id: str
    """A key of the texts."""
    by_box: bool
    """The box fills it, alone or as a draft."""
    by_person: bool
    """A person fills it, or corrects what the box wrote."""
    once: bool
    """It is the same for every incident."""
    sheets: frozenset[str]
    """Which sheets ask for it."""


@cache
def authorities() -> tuple[Authority, ...]:
    """Load the table, in its order."""
    return tuple(
        Authority(
            id=row["id"],
            sheet=row["sheet"],
            hours=int(row["hours"]),
            duty=row["duty"],
            site=row["site"],
            phone=row["phone"],
            source=row["source"],
        )
        for row in tables.rows(AUTHORITIES)
    )


@cache
def fields() -> tuple[Field, ...]:
    """Load the table, in its order."""
    return tuple(
        Field(
            id=row["field"],
            by_box=row["filled_by"].startswith("appliance"),
            by_person="human" in row["filled_by"],
            once="once" in row["filled_by"],
            sheets=frozenset(sheet for sheet in SHEETS if row[sheet] == "1"),
        )
        for row in tables.rows(FIELDS)
    )


def stated() -> date:
    """Give the day whose law the table of authorities shows."""
    return tables.dated(AUTHORITIES)
