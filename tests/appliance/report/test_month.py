"""From facts to a report."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import Level, Severity
from appliance.report.facts import Facts, Panel, Period, Upkeep
from appliance.report.month import Figure, month
from appliance.report.rules import RULES, Verdict
from tests.appliance.report.samples import SEEN, facts, sort, watch


def figure(told: Facts, name: str) -> Figure:
    return next(each for each in month(told).figures if each.id == name)


def ids(told: Facts) -> list[str]:
    return [each.id for each in month(told).reasons]


def test_there_are_six_figures() -> None:
    names = ["alerts", "newcomers", "upkeep", "renewal", "cuts", "watch"]
    assert [each.id for each in month(facts()).figures] == names


def test_reasons_stand_the_worst_first() -> None:
    told = facts(unapproved=1, open={Severity.DANGER: 1}, learning=True)
    assert ids(told) == ["danger_open", "unapproved", "learning"]


def test_what_the_light_says_is_not_said_twice() -> None:
    danger = replace(facts(), panel=Panel(light=Level.DANGER))
    assert ids(danger) == ["light_danger"]
    assert ids(replace(danger, open={Severity.DANGER: 1})) == ["danger_open"]
    look = replace(facts(), panel=Panel(light=Level.LOOK))
    assert ids(look) == ["light_look"]
    assert ids(replace(look, unapproved=1)) == ["unapproved"]


def test_a_light_in_danger_is_said_beside_an_incident() -> None:
    """An open incident does not say that a danger is seen."""
    told = facts(incident_open=True, panel=Panel(light=Level.DANGER))
    assert ids(told) == ["incident_open", "light_danger"]


def test_serious_alerts_are_dangers_and_warnings() -> None:
    alerts = {Severity.DANGER: 1, Severity.WARNING: 2, Severity.NOTICE: 30}
    found = figure(facts(this=Period(alerts=alerts, watch=SEEN)), "alerts")
    assert found.value == 3
    assert found.parts == {"danger": 1, "warning": 2, "notice": 30}


def test_figures_are_set_beside_the_month_before() -> None:
    before = Period(alerts={Severity.WARNING: 4}, newcomers=2, cuts=1, watch=watch(70).watch)
    told = facts(before=before)
    assert figure(told, "alerts").before == 4
    assert figure(told, "newcomers").before == 2
    assert figure(told, "cuts").before == 1
    assert figure(told, "watch").before == pytest.approx(0.9)


def test_nothing_is_compared_with_a_month_that_was_not_watched() -> None:
    assert {each.before for each in month(facts(before=None)).figures} == {None}


def test_cuts_that_the_journal_no_longer_holds_are_not_compared() -> None:
    told = facts(before=Period(cuts=1, journal_whole=False))
    assert figure(told, "cuts").before is None
    assert figure(facts(this=Period(cuts=3, journal_whole=False)), "cuts").at_least


def test_without_the_panel_the_cuts_are_not_known() -> None:
    assert figure(facts(panel=None), "cuts").value is None


def test_machines_are_counted() -> None:
    told = facts(upkeep=Upkeep(computers=5, updated=3, protected=4, ended=1, due=2, soon=3))
    assert (figure(told, "upkeep").value, figure(told, "upkeep").of) == (3, 5)
    assert figure(told, "renewal").value == 2
    assert figure(told, "renewal").parts == {"soon": 3, "ended": 1}


@given(
    open_=st.dictionaries(st.sampled_from(Severity), st.integers(0, 9)),
    unapproved=st.integers(0, 9),
    light=st.sampled_from(Level),
    running=st.booleans(),
    incident=st.booleans(),
    unseen=st.floats(0, 700),
    ended=st.integers(0, 3),
)
def test_the_verdict_is_that_of_the_worst_reason(
    open_: dict[Severity, int],
    unapproved: int,
    light: Level,
    running: bool,
    incident: bool,
    unseen: float,
    ended: int,
) -> None:
    """Whatever holds; and what is left out is never worse than what is told."""
    told = facts(
        open=open_,
        unapproved=unapproved,
        panel=Panel(light=light),
        running=running,
        incident_open=incident,
        this=watch(unseen),
        upkeep=Upkeep(ended=ended),
        sorts=(sort(Severity.WARNING, 1, 0),),
    )
    report = month(told)
    held = [rule.level for rule in RULES if rule.holds(told)]
    assert report.verdict == max(held, default=Verdict.CALM)
    assert report.verdict == max((each.level for each in report.reasons), default=Verdict.CALM)
    assert all(each.count > 0 for each in report.reasons)
