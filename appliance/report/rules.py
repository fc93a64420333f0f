"""What makes a month more than calm: one rule a row, its level, and how often it holds.

The verdict is the level of the worst rule that holds. It is never calmer than the light: while the
month runs, each level of the light that is not calm has a rule of its own here. docs/report.md has
the same rows for people; a test compares them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from appliance.durations import HOUR
from appliance.model import Level, Severity
from appliance.report.facts import Facts, Watch


class Verdict(IntEnum):
    """How the practice is, from calm to alarm."""

    CALM = 0
    """Nothing seen that asks for anything."""
    LOOK = 1
    """Something to settle with the technician."""
    UNSURE = 2
    """The box saw too little to say."""
    ACT = 3
    """Act now."""


HALF = 0.5
"""Less than this part of the month seen, and the box does not judge it."""

BLIND = 4 * HOUR
"""Seconds without sight in a month from which it is told: half a working day."""

TESTS = frozenset({"test_overdue", "test_failed"})
"""Faults of the panel that have rules of their own."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    id: str
    """Key of its texts (``[report.reason]``)."""
    level: Verdict
    holds: Callable[[Facts], int]
    """How many there are of what it is about; 0: it does not hold."""


def _lit(facts: Facts, *levels: Level) -> bool:
    """Tell whether the light is at one of *levels*, and this month is the one it speaks of."""
    return facts.running and facts.panel is not None and facts.panel.light in levels


def _fault(facts: Facts, name: str) -> bool:
    return facts.panel is not None and name in facts.panel.faults


def _hardly(watch: Watch) -> bool:
    return watch.share is not None and watch.share < HALF


def _dealt(facts: Facts) -> int:
    """Give the dangers of the month that are not open any more."""
    dangers = [each for each in facts.sorts if each.severity is Severity.DANGER]
    return sum(each.count - each.open for each in dangers)


def _blind_hours(facts: Facts) -> int:
    watch = facts.this.watch
    return int(watch.unseen // HOUR) if watch.unseen >= BLIND and not _hardly(watch) else 0


RULES = (
    Rule("danger_open", Verdict.ACT, lambda f: f.open.get(Severity.DANGER, 0)),
    Rule("incident_open", Verdict.ACT, lambda f: f.incident_open),
    Rule("isolated", Verdict.ACT, lambda f: _lit(f, Level.ISOLATED, Level.ISOLATED_UNPROVEN)),
    Rule("light_danger", Verdict.ACT, lambda f: _lit(f, Level.DANGER, Level.COUNTING)),
    Rule("blind_now", Verdict.UNSURE, lambda f: _lit(f, Level.BLIND)),
    Rule("panel_silent", Verdict.UNSURE, lambda f: f.running and f.panel is None),
    Rule("hardly_seen", Verdict.UNSURE, lambda f: _hardly(f.this.watch)),
    Rule(
        "unmeasured",
        Verdict.UNSURE,
        lambda f: f.this.watch.wanted > 0 and not f.this.watch.elapsed,
    ),
    Rule("warning_open", Verdict.LOOK, lambda f: f.open.get(Severity.WARNING, 0)),
    Rule("danger_dealt", Verdict.LOOK, _dealt),
    Rule("incident_closed", Verdict.LOOK, lambda f: sum(one.closed for one in f.incidents)),
    Rule("unapproved", Verdict.LOOK, lambda f: f.unapproved),
    Rule("old_system", Verdict.LOOK, lambda f: f.upkeep.ended),
    Rule("updates_unseen", Verdict.LOOK, lambda f: f.upkeep.computers - f.upkeep.updated),
    Rule("blind_hours", Verdict.LOOK, _blind_hours),
    Rule("test_failed", Verdict.LOOK, lambda f: _fault(f, "test_failed")),
    Rule("test_overdue", Verdict.LOOK, lambda f: _fault(f, "test_overdue")),
    Rule(
        "fault",
        Verdict.LOOK,
        lambda f: len(f.panel.faults - TESTS) if f.running and f.panel else 0,
    ),
    Rule("light_look", Verdict.LOOK, lambda f: _lit(f, Level.LOOK)),
    Rule("forgotten", Verdict.LOOK, lambda f: not f.kept),
    Rule("learning", Verdict.CALM, lambda f: f.learning),
)
"""The worst first; of one level, what is most worth reading."""
