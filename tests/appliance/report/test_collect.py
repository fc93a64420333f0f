"""What a report is made of, read from a store and from a panel."""

from dataclasses import replace

import pytest

from appliance.config import Config, Home, Keep
from appliance.decisions import Verdict
from appliance.incidents import Origin
from appliance.model import Device, Level, Mac, Severity, Trust
from appliance.panel.journal import SHOWN, Entry
from appliance.panel.status import ProofTestShown
from appliance.panel.tested import Ended
from appliance.report.calendar import Month
from appliance.report.collect import months, panel_status
from appliance.report.facts import DEVICES
from appliance.report.month import month
from appliance.report.rules import Verdict as Judged
from appliance.store import Watch
from tests.appliance.report.conftest import SEPTEMBER, Kept
from tests.kit.people import ATTACKER, DAY, HOUR, NOW, PHONE, alert
from tests.kit.story import tell_story


def meet(kept: Kept, *devices: Device) -> None:
    watch = Watch(kept.state, Keep(), lambda: NOW)
    watch.save_devices(devices)
    watch.close()


def entry(what: str, days: float) -> Entry:
    return Entry(at=NOW - days * DAY, who="camille", what=what)


def test_the_practice_in_september(kept: Kept) -> None:
    told = kept.facts()
    assert (told.month, told.running, told.practice) == (SEPTEMBER, True, "Cabinet des Tilleuls")
    assert told.this.alerts == {Severity.NOTICE: 0, Severity.WARNING: 2, Severity.DANGER: 1}
    assert told.open == {Severity.WARNING: 2, Severity.DANGER: 1}
    assert [each.alert.id for each in told.worst] == ["a-spoof", "a-phone", "a-sensor"]
    assert told.names[PHONE] == "Samsung-Galaxy-A12"
    assert month(told).verdict is Judged.ACT


def test_a_panel_that_does_not_answer_says_nothing(kept: Kept) -> None:
    assert panel_status(Config(run=kept.state)) is None


def test_a_case_is_no_second_danger(kept: Kept) -> None:
    tell_story(kept.state)
    assert kept.facts().open[Severity.DANGER] == 2, "the thief of addresses, and the story"


def test_the_month_before_is_counted_the_same_way(kept: Kept) -> None:
    before = kept.facts().before
    assert before is not None
    assert before.alerts[Severity.DANGER] == 0
    assert before.newcomers == 9, "first seen thirty days ago"
    later = NOW + 30 * DAY
    assert kept.facts(SEPTEMBER.after, later).before == kept.facts(SEPTEMBER, later).this


def test_a_month_that_was_watched_in_part_is_not_compared_with(kept: Kept) -> None:
    """The box began in June."""
    assert kept.facts(Month(2026, 8)).before is not None
    assert kept.facts(Month(2026, 7)).before is None


def test_new_devices_are_those_after_the_learning_time(kept: Kept) -> None:
    told = kept.facts()
    assert {each.name for each in told.newcomers} == {"Samsung-Galaxy-A12", ATTACKER}
    assert (told.this.newcomers, told.this.learnt) == (2, 0)
    kept.config = replace(kept.config, home=Home(learning_days=101.0))
    told = kept.facts()
    assert (told.this.newcomers, told.this.learnt, told.newcomers) == (0, 2, ())


def test_many_new_devices_are_counted_and_few_are_named(kept: Kept) -> None:
    crowd = [
        Device(mac=Mac(f"06:00:00:00:{n // 256:02x}:{n % 256:02x}"), first_at=NOW - n, last_at=NOW)
        for n in range(500)
    ]
    meet(kept, *crowd)
    told = kept.facts()
    assert (told.this.newcomers, len(told.newcomers), told.unapproved) == (502, DEVICES, 502)
    assert told.newcomers[0].at == NOW


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [(40, 30, 0), (40, 1, 1), (0.1, 0, 1), (-12, -12, 0)],
)
def test_only_what_was_there_in_the_month_is_unapproved(
    kept: Kept, first: float, last: float, counted: int
) -> None:
    before = kept.facts().unapproved
    meet(
        kept,
        Device(
            mac=Mac("06:00:00:00:00:01"),
            first_at=NOW - first * DAY,
            last_at=NOW - last * DAY,
            trust=Trust.UNKNOWN,
        ),
    )
    assert kept.facts().unapproved == before + counted


def test_what_people_did_stands_beside_the_alert(kept: Kept) -> None:
    kept.office.decide(author="camille", verdict=Verdict.CLOSE, alert="a-spoof", reason="Débranché")
    told = kept.facts()
    (spoof,) = (each for each in told.worst if each.alert.id == "a-spoof")
    assert spoof.done is not None
    assert (spoof.done.reason, spoof.open) == ("Débranché", False)
    assert Severity.DANGER not in told.open
    assert month(told).verdict < Judged.ACT


def test_cuts_and_tests_are_those_of_the_month(kept: Kept) -> None:
    kept.panel.log = [
        entry("test_passed", 1),
        entry("reconnected", 2),
        entry("isolated", 3),
        entry("hushed", 4),
        entry("isolated", 40),
    ]
    told = kept.facts()
    assert (told.this.cuts, told.this.tests, told.this.journal_whole) == (1, 1, True)
    assert told.before is not None
    assert told.before.cuts == 1
    assert [each.what for each in told.journal] == ["test_passed", "reconnected", "isolated"]


def test_a_journal_that_does_not_reach_back_says_at_least(kept: Kept) -> None:
    kept.panel.log = [entry("isolated", n / 10) for n in range(SHOWN)]
    assert not kept.facts().this.journal_whole
    kept.panel.log[-1] = entry("isolated", 50)
    assert kept.facts().this.journal_whole


def test_the_panel_is_told_as_it_is(kept: Kept) -> None:
    last = Ended(at=NOW - DAY, who="camille", proof="failed", cut_seconds=3.0, joined_seconds=None)
    kept.panel = replace(
        kept.panel, test=ProofTestShown(last=last), faults=("test_failed",), light=Level.LOOK
    )
    panel = kept.facts().panel
    assert panel is not None
    assert (panel.tested_at, panel.test_passed, panel.light) == (NOW - DAY, False, Level.LOOK)
    kept.panel.gone = True
    assert kept.facts().panel is None


def test_an_open_incident_is_told(kept: Kept) -> None:
    kept.office.open_incident(author="camille", origin=Origin.HAND)
    told = kept.facts()
    assert (told.incident_open, len(told.incidents), told.this.incidents) == (True, 1, 1)


def test_the_watch_is_what_the_sensor_wrote(kept: Kept) -> None:
    """Two hours seen, one blind, one without power; the hour that runs does not count."""
    begin = NOW - NOW % HOUR
    kept.hear(begin - 6 * HOUR, begin - 3 * HOUR)
    kept.hear(begin - 3 * HOUR, begin - 2 * HOUR, seeing=False)
    kept.hear(begin - HOUR, begin + 30)
    watch = kept.facts(now=begin + 300).this.watch
    assert watch.elapsed == 5 * HOUR, "the first hour that is kept does not count"
    assert watch.unseen == pytest.approx(2 * HOUR, abs=60)


def test_the_months_are_those_since_the_box_began(kept: Kept) -> None:
    found = [each.name for each in months(kept.sources(), NOW)]
    assert found == ["2026-09", "2026-08", "2026-07", "2026-06"]


def test_no_month_is_listed_whose_alerts_are_all_forgotten(kept: Kept) -> None:
    kept.config = replace(kept.config, keep=Keep(alert_days=30))
    assert [each.name for each in months(kept.sources(), NOW)] == ["2026-09", "2026-08"]
    assert not kept.facts(Month(2026, 8)).kept
    assert kept.facts().kept


def test_where_no_more_alerts_are_kept_some_may_be_missing(kept: Kept) -> None:
    kept.config = replace(kept.config, keep=Keep(alerts=4))
    assert kept.facts().kept
    kept.config = replace(kept.config, keep=Keep(alerts=3))
    assert not kept.facts().kept


def test_a_month_that_is_over_is_not_running(kept: Kept) -> None:
    told = kept.facts(now=NOW + 30 * DAY)
    assert (told.running, told.made_at) == (False, NOW + 30 * DAY)


def test_what_began_later_is_not_of_the_month(kept: Kept) -> None:
    watch = Watch(kept.state, Keep(), lambda: NOW)
    watch.save_alerts([alert("later", first_at=NOW + 20 * DAY, last_at=NOW + 20 * DAY)])
    watch.close()
    told = kept.facts(now=NOW + 30 * DAY)
    assert told.this.alerts[Severity.DANGER] == told.open[Severity.DANGER] == 1
