"""What the API sends of incidents; see `web.api.shapes`."""

from typing import Any

from msgspec import Struct

from appliance import incidents
from appliance.incidents import Origin, Wrote


class Incident(Struct):
    """An incident that people deal with."""

    id: str
    opened_at: float
    opened_by: str
    origin: Origin
    subject: str
    """The id of the alert or case it was opened from; else empty."""
    why: str
    known_at: float | None
    """When the practice first knew: a person says it, and the clocks run from there."""
    due_at: float | None
    """When the two clocks of 72 hours have run down."""
    closed_at: float | None
    steps: dict[str, Wrote]
    """Which steps were done, or skipped."""


class Entry(Struct):
    """One thing that somebody did or said in an incident; key names a step, field or origin."""

    at: float
    who: str
    what: Wrote
    key: str
    text: str


class IncidentRead(Incident):
    """An incident with all that people added, in order."""

    entries: list[Entry]


def shaped(one: incidents.Incident) -> Incident:
    """Give an incident as the list has it."""
    return Incident(**_told(one))


def read(one: incidents.Incident) -> IncidentRead:
    """Give an incident with all that people added."""
    entries = [
        Entry(at=each.at, who=each.who, what=each.what, key=each.key, text=each.text)
        for each in one.entries
    ]
    return IncidentRead(**_told(one), entries=entries)


def _told(one: incidents.Incident) -> dict[str, Any]:
    return {
        "id": one.id,
        "opened_at": one.opened_at,
        "opened_by": one.opened_by,
        "origin": one.origin,
        "subject": one.subject,
        "why": one.why,
        "known_at": one.known_at,
        "due_at": one.due_at,
        "closed_at": one.closed.at if one.closed else None,
        "steps": {key: entry.what for key, entry in one.steps.items()},
    }
