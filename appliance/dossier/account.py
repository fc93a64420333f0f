"""An incident told as one value, in one language: PDF, JSON and sheets are made of it.

Everything in it is text of others as far as it was heard or typed; nothing in it is markup.
"""

from dataclasses import dataclass

from msgspec import Struct

from appliance.dossier import words
from appliance.dossier.facts import Facts
from appliance.dossier.scope import since
from appliance.dossier.sheets import Sheet, sheets
from appliance.exchange.sheet import plain
from appliance.incidents import Entry, Wrote
from appliance.packets import Caught
from appliance.texts import say


class Line(Struct):
    """One thing that happened."""

    at: float
    when: str
    who: str
    what: str


class Machine(Struct):
    """A device concerned."""

    mac: str
    name: str
    kind: str
    os: str
    addresses: str
    place: str


class Trace(Struct):
    """Something to look for."""

    sort: str
    value: str
    source: str


class Sent(Struct):
    """What left, from one device to one host; an empty host is all of them together."""

    name: str
    mac: str
    host: str
    octets: int
    size: str


class Account(Struct):
    """The incident, told."""

    id: str
    language: str
    practice: str
    version: str
    made_at: float
    made: str
    key: str
    """The fingerprint of the box's key."""
    opened_at: float
    opened: str
    opened_by: str
    known_at: float | None
    known: str
    """Empty while no person said it."""
    due: str
    closed: str
    law: str
    """The day whose law the sheets show."""
    chronology: list[Line]
    devices: list[Machine]
    indicators: list[Trace]
    volumes: list[Sent]
    volumes_said: str
    personal: list[tuple[str, str]]
    """What people said of the data concerned: label and text."""
    lessons: str
    sheets: list[Sheet]
    evidence: dict[str, str]
    """Hashes by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who makes the file, and when."""

    practice: str
    version: str
    at: float
    key: str
    law: str


PERSONAL = ("data_categories", "person_categories", "persons_count", "records_count")


def account(facts: Facts, maker: Maker, particulars: dict[str, str]) -> Account:
    """Tell what *facts* hold."""
    incident, language = facts.incident, facts.language
    answers = {key: plain(entry.text) for key, entry in incident.answers.items()}
    blank = say(language, "incident_fact.to_complete")
    return Account(
        id=incident.id,
        language=language,
        practice=plain(maker.practice),
        version=maker.version,
        made_at=maker.at,
        made=words.moment(language, maker.at),
        key=maker.key,
        opened_at=incident.opened_at,
        opened=words.moment(language, incident.opened_at),
        opened_by=facts.person(incident.opened_by),
        known_at=incident.known_at,
        known="" if incident.known_at is None else words.moment(language, incident.known_at),
        due="" if incident.due_at is None else words.moment(language, incident.due_at),
        closed=words.moment(language, incident.closed.at) if incident.closed else "",
        law=maker.law,
        chronology=_chronology(facts),
        devices=[Machine(mac=each.mac, **facts.described(each)) for each in facts.devices],
        indicators=[
            Trace(
                sort=say(language, f"incident_sort.{each.sort}"),
                value=each.value,
                source=words.known(language, f"{each.source}.title", each.source),
            )
            for each in facts.indicators
        ],
        volumes=_volumes(facts),
        volumes_said=facts.volume_out(),
        personal=[
            (say(language, f"incident_field.{key}"), answers.get(key, blank)) for key in PERSONAL
        ],
        lessons=answers.get("lessons", ""),
        sheets=sheets(facts, particulars),
        evidence=dict(facts.hashes),
    )


def _chronology(facts: Facts) -> list[Line]:
    """Give what happened and what was done, in order."""
    language, incident = facts.language, facts.incident
    box = say(language, "panel.who.box")
    found = [
        (
            alert.first_at,
            box,
            _wrote(language, "alert", title=words.titled(language, alert, facts.called)),
        )
        for alert in facts.scope.alerts
    ]
    for entry in facts.evidence.journal:
        if entry.at >= since(incident):
            what = facts.panel_words(entry.what)
            key = "panel_why" if entry.why else "panel"
            said = _wrote(
                language, key, what=what, **({"why": plain(entry.why)} if entry.why else {})
            )
            found.append((entry.at, facts.person(entry.who), said))
    found += [(each.at, box, _caught(language, file, each)) for file, each in facts.evidence.caught]
    origin = say(language, f"incident_origin.{incident.origin.value}")
    blanks = {"origin": origin} | ({"why": plain(incident.why)} if incident.why else {})
    opened = _wrote(language, "opened_why" if incident.why else "opened", **blanks)
    found.append((incident.opened_at, facts.person(incident.opened_by), opened))
    found += [
        (entry.at, facts.person(entry.who), _entry(facts, entry)) for entry in incident.entries
    ]
    return [
        Line(at=at, when=words.moment(language, at), who=who, what=what)
        for at, who, what in sorted(found, key=lambda each: each[0])
    ]


def _caught(language: str, file: str, caught: Caught) -> str:
    if not caught.packets:
        return say(language, "packets.wrote_none", file=file)
    first, last = (words.moment(language, at) for at in (caught.first_at, caught.last_at))
    blanks = {"n": caught.packets, "first": first, "last": last, "file": file}
    return say(language, "packets.wrote", **blanks)


def _entry(facts: Facts, entry: Entry) -> str:
    language = facts.language
    match entry.what:
        case Wrote.KNOWN:
            return _wrote(language, "known", at=words.moment(language, float(entry.text)))
        case Wrote.DONE | Wrote.SKIPPED | Wrote.UNDONE:
            return _wrote(language, entry.what.value, step=facts.step_words(entry.key))
        case Wrote.NOTE:
            return _wrote(language, "note", text=plain(entry.text))
        case Wrote.ANSWER:
            otherwise = words.known(language, f"incident_step.{entry.key}.title", entry.key)
            label = words.known(language, f"incident_field.{entry.key}", otherwise)
            return _wrote(language, "answer", field=label)
        case Wrote.JOINED:
            origin = say(language, f"incident_origin.{entry.key}")
            return _wrote(language, "joined", origin=origin)
        case Wrote.CLOSED:
            return _wrote(language, "closed")


def _volumes(facts: Facts) -> list[Sent]:
    found = []
    for each in facts.volumes:
        for host, sent in (("", each.octets), *each.hosts):
            size = words.octets(facts.language, sent)
            found.append(Sent(name=each.name, mac=each.mac, host=host, octets=sent, size=size))
    return found


def _wrote(language: str, key: str, **blanks: object) -> str:
    return say(language, f"incident_wrote.{key}", **blanks)
