"""From facts to the report of a month: the verdict, why, and the six figures of the first page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from appliance.model import Severity
from appliance.report.facts import Facts, Period
from appliance.report.rules import RULES, Verdict

ALSO = {"light_danger": "danger_open", "light_look": ""}
"""Rules that only say what another has said already: that one, or any of their level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that holds."""

    id: str
    level: Verdict
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the first page."""

    id: str
    """Key of its texts (``[report.figure]``)."""
    value: float | None
    """None where it is not known."""
    of: int | None = None
    """What it is a part of."""
    before: float | None = None
    """The same of the month before."""
    at_least: bool = False
    parts: Mapping[str, int] = field(default_factory=dict)
    """What else its line says, by the names of the blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of a month, in no language."""

    facts: Facts
    verdict: Verdict
    reasons: tuple[Reason, ...]
    """The worst first."""
    figures: tuple[Figure, ...]


def month(facts: Facts) -> Report:
    """Judge *facts*; the verdict is the level of the worst rule that holds."""
    found = [
        Reason(id=rule.id, level=rule.level, count=count)
        for rule in RULES
        if (count := int(rule.holds(facts)))
    ]
    reasons = tuple(each for each in found if not _said(each, found))
    return Report(
        facts=facts,
        verdict=max((each.level for each in reasons), default=Verdict.CALM),
        reasons=reasons,
        figures=_figures(facts),
    )


def _said(reason: Reason, found: list[Reason]) -> bool:
    """Tell whether another of *found*, of the same level, says what *reason* does, and more."""
    if reason.id not in ALSO:
        return False
    others = {each.id for each in found if each.level is reason.level} - {reason.id}
    return ALSO[reason.id] in others if ALSO[reason.id] else bool(others)


def _figures(facts: Facts) -> tuple[Figure, ...]:
    this, before, upkeep = facts.this, facts.before, facts.upkeep
    grave = _grave(this)
    return (
        Figure(
            id="alerts",
            value=grave,
            before=None if before is None else _grave(before),
            parts={
                "danger": this.alerts.get(Severity.DANGER, 0),
                "warning": this.alerts.get(Severity.WARNING, 0),
                "notice": this.alerts.get(Severity.NOTICE, 0),
            },
        ),
        Figure(
            id="newcomers",
            value=this.newcomers,
            before=None if before is None else before.newcomers,
            parts={"unapproved": facts.unapproved, "learnt": this.learnt},
        ),
        Figure(
            id="upkeep",
            value=upkeep.updated,
            of=upkeep.computers,
            parts={"protected": upkeep.protected},
        ),
        Figure(id="renewal", value=upkeep.due, parts={"soon": upkeep.soon, "ended": upkeep.ended}),
        Figure(
            id="cuts",
            value=None if facts.panel is None else this.cuts,
            before=None if before is None or not before.journal_whole else before.cuts,
            at_least=not this.journal_whole,
            parts={"tests": this.tests},
        ),
        Figure(
            id="watch",
            value=this.watch.share,
            before=None if before is None else before.watch.share,
        ),
    )


def _grave(period: Period) -> int:
    return sum(n for severity, n in period.alerts.items() if severity > Severity.NOTICE)
