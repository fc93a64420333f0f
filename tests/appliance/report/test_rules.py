"""What makes a month more than calm: each rule a row, and the least that does not hold."""

import re
from pathlib import Path

import pytest

from appliance.model import Level, Severity
from appliance.report.facts import Facts, Panel, Upkeep, Watch
from appliance.report.month import month
from appliance.report.rules import RULES, Verdict
from appliance.store.months import Opened
from appliance.texts import LANGUAGES, sentences
from tests.appliance.report.samples import HOUR, SEEN, facts, sort, watch

PAPER = Path(__file__).parents[3] / "docs" / "report.md"


def lit(level: Level, **how: object) -> Facts:
    return facts(panel=Panel(light=level), **how)


def faulty(*faults: str, **how: object) -> Facts:
    return facts(panel=Panel(light=Level.WELL, faults=frozenset(faults)), **how)


def unmeasured(**how: float) -> Facts:
    return facts(this=type(facts().this)(watch=Watch(**how)))


ROWS = [
    ("danger_open", facts(open={Severity.DANGER: 2}), 2, facts(open={Severity.NOTICE: 9})),
    ("incident_open", facts(incident_open=True), 1, facts()),
    ("isolated", lit(Level.ISOLATED), 1, lit(Level.ISOLATED, running=False)),
    ("isolated", lit(Level.ISOLATED_UNPROVEN), 1, facts()),
    ("light_danger", lit(Level.DANGER), 1, lit(Level.DANGER, running=False)),
    ("light_danger", lit(Level.COUNTING), 1, lit(Level.COUNTING, running=False)),
    ("blind_now", lit(Level.BLIND), 1, lit(Level.BLIND, running=False)),
    ("panel_silent", facts(panel=None), 1, facts(panel=None, running=False)),
    ("hardly_seen", facts(this=watch(351)), 1, facts(this=watch(350))),
    ("unmeasured", unmeasured(wanted=1.0), 1, unmeasured(wanted=0.0)),
    ("warning_open", facts(open={Severity.WARNING: 3}), 3, facts()),
    (
        "danger_dealt",
        facts(sorts=(sort(Severity.DANGER, 3, 1),)),
        2,
        facts(sorts=(sort(Severity.DANGER, 1, 1), sort(Severity.WARNING, 3, 0))),
    ),
    (
        "incident_closed",
        facts(incidents=(Opened(id="x", at=0.0, closed=True),)),
        1,
        facts(incidents=(Opened(id="x", at=0.0, closed=False),)),
    ),
    ("unapproved", facts(unapproved=4), 4, facts()),
    ("old_system", facts(upkeep=Upkeep(ended=2)), 2, facts(upkeep=Upkeep(due=2, soon=2))),
    (
        "updates_unseen",
        facts(upkeep=Upkeep(computers=5, updated=3)),
        2,
        facts(upkeep=Upkeep(computers=5, updated=5, protected=0)),
    ),
    ("blind_hours", facts(this=watch(4)), 4, facts(this=watch(3.99))),
    ("blind_hours", facts(this=watch(350)), 350, facts(this=watch(351))),
    ("test_failed", faulty("test_failed"), 1, facts()),
    ("test_failed", faulty("test_failed", running=False), 1, facts()),
    ("test_overdue", faulty("test_overdue"), 1, faulty("test_failed")),
    ("fault", faulty("relay_failed", "contact_stuck"), 2, faulty("test_failed", "test_overdue")),
    ("fault", faulty("relay_failed"), 1, faulty("relay_failed", running=False)),
    ("light_look", lit(Level.LOOK), 1, lit(Level.LOOK, running=False)),
    ("forgotten", facts(kept=False), 1, facts()),
    ("learning", facts(learning=True), 1, facts()),
]
BY_ID = {rule.id: rule for rule in RULES}


@pytest.mark.parametrize(("rule", "holds", "count", "not_quite"), ROWS)
def test_a_rule_holds_and_does_not(rule: str, holds: Facts, count: int, not_quite: Facts) -> None:
    assert int(BY_ID[rule].holds(holds)) == count
    assert not BY_ID[rule].holds(not_quite)


@pytest.mark.parametrize(("rule", "holds", "count", "not_quite"), ROWS)
def test_the_verdict_is_at_least_as_grave_as_each_rule(
    rule: str, holds: Facts, count: int, not_quite: Facts
) -> None:
    assert month(holds).verdict >= BY_ID[rule].level
    assert month(holds).reasons


def test_every_rule_is_in_these_rows() -> None:
    assert {row[0] for row in ROWS} == set(BY_ID)


def test_a_calm_month_is_calm() -> None:
    assert month(facts()).verdict is Verdict.CALM
    assert month(facts()).reasons == ()


LEAST = {
    Level.WELL: Verdict.CALM,
    Level.LEARNING: Verdict.CALM,
    Level.LOOK: Verdict.LOOK,
    Level.COUNTING: Verdict.ACT,
    Level.BLIND: Verdict.UNSURE,
    Level.DANGER: Verdict.ACT,
    Level.ISOLATED: Verdict.ACT,
    Level.ISOLATED_UNPROVEN: Verdict.ACT,
}


@pytest.mark.parametrize("level", list(Level))
def test_the_verdict_is_never_calmer_than_the_light(level: Level) -> None:
    assert month(lit(level)).verdict >= LEAST[level]


def test_a_box_that_saw_nothing_does_not_call_the_month_calm() -> None:
    """Nothing was seen, because nothing was looked at."""
    assert month(facts(this=watch(700))).verdict is Verdict.UNSURE


def test_rules_stand_from_the_worst_to_the_calmest() -> None:
    levels = [rule.level for rule in RULES]
    assert levels == sorted(levels, reverse=True)
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_words_and_no_other(language: str) -> None:
    found = {key.split(".")[2] for key in sentences(language) if key.startswith("report.reason.")}
    assert found == set(BY_ID)


def test_the_paper_has_every_rule_with_its_level() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", PAPER.read_text("utf-8"), re.MULTILINE)
    assert rows == [(rule.id, rule.level.name.lower()) for rule in RULES]


def test_half_seen_is_the_last_that_is_judged() -> None:
    assert SEEN.elapsed == 700 * HOUR
