"""The details of a month's report, as tables."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from appliance.exchange.sheet import kind_words, plain
from appliance.model import Alert
from appliance.panel.journal import Entry
from appliance.panel.report import person
from appliance.report.facts import Event, Facts, Machine
from appliance.report.month import Report
from appliance.report.words import (
    FIRST,
    Section,
    Told,
    counted,
    first_page,
    moment,
    point,
    share,
)
from appliance.texts import say, say_part, sentences
from appliance.texts.spelling import number, written

SHORT = 60.0
"""Seconds without sight in a day that are not worth a line."""

NAME = 60
"""Signs of a device's name that are told."""

ORDERS = frozenset({"isolated", "reconnected"})
"""Entries of the journal whose reason is in a person's own words."""


def tell(report: Report, language: str) -> Told:
    """Tell *report* with its details."""
    told = first_page(report, language)
    told.sections = [each for each in _sections(report, language) if each.rows or each.none]
    return told


def _sections(report: Report, language: str) -> Iterator[Section]:
    facts = report.facts
    points = [point(language, each) for each in report.reasons[FIRST:]]
    yield _section(language, "points", ("what", "do"), ((each.what, each.do) for each in points))
    yield _section(
        language,
        "sorts",
        ("what", "severity", "count", "open"),
        (
            (
                sentences(language).get(f"{each.detector}.title", plain(each.detector)),
                say(language, f"severity.{each.severity.name.lower()}"),
                number(language, each.count),
                number(language, each.open),
            )
            for each in facts.sorts
        ),
    )
    worst = _section(
        language,
        "worst",
        ("at", "device", "what", "done"),
        (
            (
                _when(language, facts, each.alert),
                _name(facts.names.get(each.alert.about, each.alert.about)),
                _title(language, each),
                _done(language, facts, each),
            )
            for each in facts.worst
        ),
    )
    grave = int(next(one.value or 0 for one in report.figures if one.id == "alerts"))
    yield _cut(language, worst, grave)
    yield _incidents(language, facts)
    newcomers = _section(
        language,
        "newcomers",
        ("at", "device", "kind", "trust"),
        (
            (
                _at(language, facts, each.at),
                _name(each.name),
                kind_words(language, each.kind),
                say(language, f"trust.{each.trust.value}"),
            )
            for each in facts.newcomers
        ),
    )
    yield _cut(language, newcomers, facts.this.newcomers)
    yield _section(
        language,
        "machines",
        ("device", "system", "updates", "antivirus", "age"),
        (_machine(language, facts, each) for each in facts.machines),
    )
    yield _cuts(language, facts)
    yield _watch(language, facts)


def _section(
    language: str, id_: str, columns: Iterable[str], rows: Iterable[Iterable[str]]
) -> Section:
    """Give a section with its words; one without words for "nothing" is left out when empty."""
    key = f"report.section.{id_}"
    return Section(
        id=id_,
        title=say(language, f"{key}.title"),
        lead=sentences(language)[f"{key}.lead"],
        head=[say(language, f"{key}.{column}") for column in columns],
        rows=[list(row) for row in rows],
        none=sentences(language).get(f"{key}.none", ""),
    )


def _cut(language: str, section: Section, count: int) -> Section:
    """Have *section* say that of *count* rows it shows only the first."""
    left = count - len(section.rows)
    if left > 0:
        section.more = say(language, "report.and_more", n=number(language, left))
    return section


def _incidents(language: str, facts: Facts) -> Section:
    return _section(
        language,
        "incidents",
        ("id", "at", "state"),
        (
            (
                each.id,
                _at(language, facts, each.at),
                say(language, f"report.section.incidents.{'closed' if each.closed else 'open'}"),
            )
            for each in facts.incidents
        ),
    )


def _cuts(language: str, facts: Facts) -> Section:
    found = _section(
        language,
        "cuts",
        ("at", "who", "what"),
        (
            (
                _at(language, facts, each.at),
                plain(person(each.who, language)),
                _said(language, each),
            )
            for each in facts.journal
        ),
    )
    if facts.panel is None:
        found.none = say(language, "gap.panel")
    return found


def _watch(language: str, facts: Facts) -> Section:
    """Tell the days in which time was missing; where all was seen there are none."""
    key, part = "report.section.watch", facts.this.watch.share
    rows = [
        (
            written(language, each.day, with_year=False),
            _length(language, each.watch.unseen),
            share(language, each.watch.share or 0.0),
        )
        for each in facts.days
        if each.watch.unseen >= SHORT
    ]
    found = _section(language, "watch", ("day", "unseen", "part"), rows)
    if part is None:
        found.lead = found.none = say(language, f"{key}.lead_none")
    else:
        found.lead = say(language, f"{key}.lead", share=share(language, part))
    return found


def _name(text: str) -> str:
    """Give what a device is called, cut where it is longer than a table has room for."""
    name = plain(text)
    return name if len(name) <= NAME else f"{name[:NAME]}…"


def _title(language: str, event: Event) -> str:
    alert = event.alert
    try:
        return say_part(language, alert.detector, "title", alert.words)
    except KeyError:  # of another version
        return plain(alert.detector)


def _done(language: str, facts: Facts, event: Event) -> str:
    if event.open:
        return say(language, "report.cell.to_do")
    done = event.done
    if done is None:
        return say(language, "report.cell.done_alone")
    words = {
        "what": say(language, f"report.cell.{done.what}"),
        "who": plain(done.who),
        "at": _at(language, facts, done.at),
    }
    if not done.reason:
        return say(language, "report.cell.done", **words)
    return say(language, "report.cell.done_why", why=plain(done.reason), **words)


def _machine(language: str, facts: Facts, machine: Machine) -> Iterator[str]:
    nothing = say(language, "report.cell.not_asked")
    yield _name(machine.name)
    system = plain(machine.system) or nothing
    yield say(language, "report.cell.ended", system=system) if machine.ended else system
    yield _updates(language, facts, machine) if machine.computer else nothing
    if machine.antivirus:
        yield ", ".join(machine.antivirus)
    else:
        yield say(language, "report.cell.not_seen") if machine.computer else nothing
    age = counted(language, "report.count.years", machine.years) if machine.aged else nothing
    yield say(language, f"report.cell.{machine.due}", age=age) if machine.due else age


def _updates(language: str, facts: Facts, machine: Machine) -> str:
    if not machine.updated_at:
        return say(language, "report.cell.not_seen_updates")
    then = datetime.fromtimestamp(machine.updated_at, UTC).astimezone(facts.zone)
    at = written(language, then, with_year=then.year != facts.month.year)
    return at if machine.updated else say(language, "report.cell.quiet", at=at)


def _at(language: str, facts: Facts, at: float) -> str:
    year = datetime.fromtimestamp(at, UTC).astimezone(facts.zone).year
    return moment(language, at, facts.zone, year=year != facts.month.year)


def _when(language: str, facts: Facts, alert: Alert) -> str:
    at = _at(language, facts, alert.first_at)
    return at if alert.timed else say(language, "clock.uncertain", at=at)


def _said(language: str, entry: Entry) -> str:
    """Tell what happened to the uplink; with the reason where a person gave one."""
    what = sentences(language).get(f"panel.log.{entry.what}", plain(entry.what))
    if not entry.why or entry.what not in ORDERS:
        return what
    return say(language, "report.cell.why", what=what, why=plain(entry.why))


def _length(language: str, seconds: float) -> str:
    """Write a time in hours and minutes."""
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hours"), (rest, "minutes")]
    return " ".join(counted(language, f"count.{what}", n) for n, what in parts if n)
