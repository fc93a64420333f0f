"""The report of a month in one language: page, PDF and console are made of the same words.

Names and reasons in it are text of others; nothing in it is markup.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata
from zoneinfo import ZoneInfo

from msgspec import Struct

from appliance.durations import HOUR
from appliance.exchange.sheet import plain
from appliance.report.calendar import Month
from appliance.report.facts import Facts
from appliance.report.month import Figure, Reason, Report
from appliance.texts import say
from appliance.texts.spelling import THIN, number, plural, written

FIRST = 5
"""Reasons on the first page; the others stand in the details."""

PRACTICE = 80
"""Signs of the practice's name on paper."""


class Point(Struct):
    """A reason, and what to do about it."""

    level: str
    what: str
    do: str


class Shown(Struct):
    """A figure of the first page."""

    id: str
    value: str
    label: str
    line: str
    change: str
    """Against the month before; empty where that is not known."""


class Section(Struct):
    """A part of the details: a table, or that there is nothing for it."""

    id: str
    title: str
    lead: str
    head: list[str]
    rows: list[list[str]]
    none: str = ""
    """What to say when there are no rows."""
    more: str = ""
    """That there are further rows."""


class Told(Struct):
    """The report, told."""

    language: str
    month: str
    """``2026-10``."""
    title: str
    practice: str
    made: str
    made_at: float
    verdict: str
    verdict_title: str
    verdict_sentence: str
    points: list[Point]
    points_more: str
    figures: list[Shown]
    notes: list[str]
    sections: list[Section]


def level_name(level: int) -> str:
    """Give the key of a verdict."""
    return ("calm", "look", "unsure", "act")[level]


def first_page(report: Report, language: str) -> Told:
    """Tell *report* without its details."""
    facts = report.facts
    verdict = f"report.verdict.{level_name(report.verdict)}"
    more = len(report.reasons) - FIRST
    notes = ["running"] * facts.running + ["holds", "not_seen"]
    notes += ["nothing_before"] * (facts.before is None)
    made = moment(language, facts.made_at, facts.zone)
    return Told(
        language=language,
        month=facts.month.name,
        title=say(language, "report.title", month=month_words(language, facts.month)),
        practice=plain(facts.practice)[:PRACTICE],
        made=say(language, "report.made", at=made, version=metadata.version("vigie")),
        made_at=facts.made_at,
        verdict=level_name(report.verdict),
        verdict_title=say(language, f"{verdict}.title"),
        verdict_sentence=say(language, f"{verdict}.sentence"),
        points=[point(language, each) for each in report.reasons[:FIRST]],
        points_more="" if more < 1 else _more(language, more),
        figures=[_shown(language, facts, each) for each in report.figures],
        notes=[say(language, f"report.{each}") for each in notes],
        sections=[],
    )


def point(language: str, reason: Reason) -> Point:
    """Tell why a month is not calm, and what to do about it."""
    key = f"report.reason.{reason.id}"
    return Point(
        level=level_name(reason.level),
        what=counted(language, key, reason.count),
        do=say(language, f"{key}.do"),
    )


def counted(language: str, key: str, count: int) -> str:
    """Give the text *key* in the form that *count* takes."""
    return say(language, f"{key}.{plural(language, count)}", n=number(language, count))


def month_words(language: str, month: Month, *, beside: Month | None = None) -> str:
    """Write a month: "October 2026", and "October" beside another of the same year."""
    name = say(language, "date.months").split()[month.number - 1]
    return name if beside is not None and beside.year == month.year else f"{name} {month.year}"


def moment(language: str, at: float, zone: ZoneInfo, *, year: bool = True) -> str:
    """Write a point in time as it is in the practice: "3 October 2026, 9:42"."""
    then = datetime.fromtimestamp(at, UTC).astimezone(zone)
    french = language == "fr"
    clock = f"{then.hour}{THIN}h{THIN}{then:%M}" if french else f"{then.hour}:{then:%M}"
    return f"{written(language, then, with_year=year)}, {clock}"


def share(language: str, part: float) -> str:
    """Write a part of a whole as a percentage, never more than it is."""
    tenths = int(part * 1000)
    digits = 0 if tenths % 10 == 0 else 1
    return say(language, "report.percent", n=number(language, tenths / 10, digits))


def _more(language: str, count: int) -> str:
    if count == 1:
        return say(language, "report.more_point")
    return say(language, "report.more_points", n=number(language, count))


def _shown(language: str, facts: Facts, figure: Figure) -> Shown:
    return Shown(
        id=figure.id,
        value=_value(language, figure),
        label=say(language, f"report.figure.{figure.id}"),
        line=_line(language, facts, figure),
        change=_change(language, facts, figure),
    )


def _value(language: str, figure: Figure) -> str:
    if figure.value is None or figure.of == 0:
        return say(language, "report.cell.not_asked")
    if figure.id == "watch":
        return share(language, figure.value)
    value = number(language, figure.value)
    if figure.of is not None:
        return say(language, "report.part", n=value, of=number(language, figure.of))
    return say(language, "report.at_least", n=value) if figure.at_least else value


def _line(language: str, facts: Facts, figure: Figure) -> str:
    parts: list[str] = []
    match figure.id:
        case "newcomers":
            parts = _counts(language, figure.parts, "unapproved", "learnt")
            if not figure.parts["unapproved"]:
                parts.insert(0, say(language, "report.cell.all_approved"))
        case "upkeep" if not figure.of:
            parts = [say(language, "report.cell.no_computer")]
        case "upkeep":
            parts = [counted(language, "report.count.protected", figure.parts["protected"])]
        case "cuts":
            parts = [_tested(language, facts)]
        case "watch":
            parts = [_unseen(language, facts)]
        case "alerts" if not any(figure.parts.values()):
            parts = [say(language, "report.section.sorts.none")]
        case _:
            parts = _counts(language, figure.parts, *figure.parts)
    return ", ".join(filter(None, parts))


def _counts(language: str, parts: Mapping[str, int], *names: str) -> list[str]:
    """Tell those of *parts* of which there are any."""
    return [counted(language, f"report.count.{name}", parts[name]) for name in names if parts[name]]


def _tested(language: str, facts: Facts) -> str:
    if facts.panel is None:
        return say(language, "report.cell.no_panel")
    if facts.panel.tested_at is None:
        return say(language, "report.cell.never_tested")
    at = datetime.fromtimestamp(facts.panel.tested_at, UTC).astimezone(facts.zone)
    key = "last_test" if facts.panel.test_passed else "last_test_failed"
    return say(language, f"report.cell.{key}", at=written(language, at, with_year=True))


def _unseen(language: str, facts: Facts) -> str:
    watch = facts.this.watch
    if watch.share is None:
        return say(language, "report.section.watch.lead_none")
    hours = int(watch.unseen // HOUR)
    return counted(language, f"report.count.{'hours' if hours else 'under_an_hour'}", hours)


def _change(language: str, facts: Facts, figure: Figure) -> str:
    """Tell how a figure moved since the month before, in words."""
    if figure.before is None or figure.value is None:
        return ""
    month = month_words(language, facts.month.before, beside=facts.month)
    if figure.id == "watch":
        return say(
            language, "report.change.watch", month=month, share=share(language, figure.before)
        )
    moved = int(figure.value - figure.before)
    if not moved:
        return say(language, "report.change.same", month=month)
    key = f"report.change.{'more' if moved > 0 else 'less'}.{plural(language, abs(moved))}"
    return say(language, key, n=number(language, abs(moved)), month=month)
