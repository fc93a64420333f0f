"""A sheet for each authority and partner: its own fields, filled as far as box and people know."""

from collections.abc import Mapping

from msgspec import Struct

from appliance.dossier import words
from appliance.dossier.facts import Facts
from appliance.durations import HOUR
from appliance.exchange.sheet import plain
from appliance.knowledge.authorities import Authority, Field, authorities, fields
from appliance.texts import say

BOX, PERSON = "box", "person"
"""Who filled a field."""


class Filled(Struct):
    """A field of a sheet."""

    field: str
    label: str
    value: str
    by: str
    """``box``, ``person``, both apart by a blank, or empty while it is to be completed."""
    complete: bool


class Sheet(Struct):
    """What one authority or partner asks for."""

    authority: str
    name: str
    act: str
    duty: str
    due: str
    """When its clock has run down; empty where none runs."""
    how: str
    site: str
    phone: str
    source: str
    fields: list[Filled]


def sheets(facts: Facts, particulars: Mapping[str, str]) -> list[Sheet]:
    """Give every sheet, those with a clock first, as the table has them."""
    language = facts.language
    every = {each.id: _filled(facts, each, particulars) for each in fields()}
    return [
        Sheet(
            authority=each.id,
            name=say(language, f"authority.{each.id}.name"),
            act=say(language, f"authority.{each.id}.act"),
            duty=say(language, f"duty.{each.duty}"),
            due=_due(facts, each),
            how=say(language, f"authority.{each.id}.how"),
            site=each.site,
            phone=each.phone,
            source=each.source,
            fields=[every[field.id] for field in fields() if each.sheet in field.sheets],
        )
        for each in authorities()
    ]


def _due(facts: Facts, authority: Authority) -> str:
    """Say when the clock of *authority* has run down: it runs from what a person said."""
    if not authority.hours:
        return ""
    known = facts.incident.known_at
    if known is None:
        return say(facts.language, "incident_file.known_none")
    return words.moment(facts.language, known + authority.hours * HOUR)


def _filled(facts: Facts, field: Field, particulars: Mapping[str, str]) -> Filled:
    language, parts, by = facts.language, list[str](), list[str]()
    box = facts.value(field.id) if field.by_box else None
    if box is not None:
        parts.append(box)
        by.append(BOX)
    if said := _said(facts, field, particulars):
        parts.append(said)
        by.append(PERSON)
    if not parts:
        hint = facts.hint(field.id)
        parts = [say(language, "incident_fact.to_complete"), *filter(None, [hint])]
    return Filled(
        field=field.id,
        label=say(language, f"incident_field.{field.id}"),
        value="\n".join(parts),
        by=" ".join(by),
        complete=bool(by),
    )


def _said(facts: Facts, field: Field, particulars: Mapping[str, str]) -> str:
    """Give what people said of *field*, for this incident or once for all."""
    incident, language = facts.incident, facts.language
    if field.id == "first_knowledge_at":
        known = incident.known_at
        return "" if known is None else words.moment(language, known)
    if field.id == "end_or_ongoing":
        if incident.closed is None:
            return ""
        at = words.moment(language, incident.closed.at)
        return say(language, "incident_fact.closed", at=at)
    answer = incident.answers.get(field.id)
    if answer is not None:
        return plain(answer.text)
    return plain(particulars.get(field.id, "")) if field.once else ""
