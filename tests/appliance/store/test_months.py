"""What happened between two moments, added up."""

import sqlite3
from contextlib import closing

import pytest

from appliance.decisions import Verdict
from appliance.incidents import Origin, Wrote
from appliance.model import AlertState, Severity
from appliance.store import StoreTrouble
from appliance.store.months import WORST, Months, Sort, Sums
from tests.appliance.store.samples import ALICE, NOON, alert, case

DAY = 86_400.0
ALL = (NOON - 9 * DAY, NOON + 9 * DAY)


@pytest.fixture
def months(box):
    with closing(Months(box.directory)) as made:
        yield made


def test_before_there_is_a_database_nothing_happened(months):
    assert months.sums(*ALL) == Sums()
    assert months.began() is None


def test_alerts_are_counted_by_kind_and_severity_the_worst_first(box, months):
    watch = box.watch()
    watch.save_alerts(
        [
            alert(1),
            alert(2),
            alert(3, state=AlertState.CLOSED),
            alert(4, detector="ransomware", severity=Severity.DANGER),
            alert(5, detector="old_protocol", severity=Severity.NOTICE),
        ]
    )
    assert months.sums(*ALL).sorts == (
        Sort(detector="ransomware", severity=Severity.DANGER, count=1, open=1),
        Sort(detector="port_scan", severity=Severity.WARNING, count=3, open=2),
        Sort(detector="old_protocol", severity=Severity.NOTICE, count=1, open=1),
    )


@pytest.mark.parametrize(
    ("first_at", "counted"),
    [(NOON - 1, 0), (NOON, 1), (NOON + DAY - 1, 1), (NOON + DAY, 0)],
)
def test_an_alert_belongs_to_the_time_in_which_it_began(box, months, first_at, counted):
    box.watch().save_alerts([alert(first_at=first_at)])
    assert len(months.sums(NOON, NOON + DAY).sorts) == counted


def test_what_people_closed_is_closed_at_once(box, months):
    """Also while no sensor runs that would heed it."""
    box.watch().save_alerts([alert(1), alert(2)])
    box.office().decide(author="x", verdict=Verdict.CLOSE, alert=alert(1).id)
    found = months.sums(*ALL)
    assert found.sorts[0].open == 1
    assert found.open == {Severity.WARNING: 1}


def test_what_is_open_is_counted_from_whenever_it_began(box, months):
    """But not what began after the end."""
    box.watch().save_alerts([alert(1, first_at=NOON - 99 * DAY), alert(2, first_at=NOON + 9 * DAY)])
    assert months.sums(NOON, NOON + DAY).open == {Severity.WARNING: 1}


def test_a_case_counts_only_where_it_is_graver_than_its_alerts(box, months):
    watch = box.watch()
    watch.save_alerts([alert(1), alert(2)], [case()])
    assert months.sums(*ALL).open == {Severity.WARNING: 2, Severity.DANGER: 1}
    watch.save_alerts([alert(2, severity=Severity.DANGER)])
    assert months.sums(*ALL).open == {Severity.WARNING: 1, Severity.DANGER: 1}


def test_a_case_whose_alerts_are_dealt_with_is_not_open(box, months):
    box.watch().save_alerts([alert(1), alert(2)], [case()])
    for number in (1, 2):
        box.office().decide(author="x", verdict=Verdict.CLOSE, alert=alert(number).id)
    assert months.sums(*ALL).open == {}


def test_few_of_many_alerts_are_given_one_by_one(box, months):
    """The worst first, of these the latest."""
    box.watch().save_alerts(
        [
            *(alert(n, first_at=NOON + n) for n in range(WORST + 5)),
            alert(99, severity=Severity.DANGER),
            alert(98, severity=Severity.NOTICE),
        ]
    )
    worst = months.sums(*ALL).worst
    assert len(worst) == WORST
    assert [each.id for each in worst[:2]] == [alert(99).id, alert(WORST + 4).id]


def test_incidents_are_told_and_whether_one_is_open(box, months):
    office = box.office()
    office.open_incident(author="x", origin=Origin.HAND)
    found = months.sums(*ALL)
    assert (found.incidents[0].id, found.incidents[0].closed) == ("20260101-1", False)
    assert found.incident_open
    assert not months.sums(NOON - DAY, NOON).incident_open, "it was opened later"
    office.add_to_incident("20260101-1", author="x", what=Wrote.CLOSED)
    found = months.sums(*ALL)
    assert found.incidents[0].closed
    assert not found.incident_open


def test_it_says_since_when_the_box_watches(box, months):
    box.watch()
    assert months.sums(*ALL).began == months.began() == NOON
    assert months.sums(*ALL).hours_since is None


def test_a_hundred_thousand_alerts_come_out_as_a_few_numbers(box, months):
    box.watch().save_alerts([alert(detector="flood", about=ALICE)])
    with closing(sqlite3.connect(box.directory / "vigie.db")) as db, db:
        db.execute("CREATE TEMP TABLE many AS SELECT * FROM alerts")
        for _ in range(17):
            db.execute("INSERT INTO many SELECT * FROM many")
        db.execute("UPDATE many SET number = rowid + 1, id = hex(randomblob(8))")
        db.execute("INSERT INTO alerts SELECT * FROM many")
    found = months.sums(*ALL)
    assert (len(found.sorts), len(found.worst)) == (1, WORST)
    assert found.sorts[0].count == found.open[Severity.WARNING] >= 100_000


@pytest.mark.parametrize(
    "flip", ["UPDATE alerts SET severity = 7", "UPDATE cases SET alerts = '[\"'"]
)
def test_a_row_that_makes_no_sense_is_passed_over(box, months, flip):
    """A bit may flip inside a value without any check noticing."""
    box.watch().save_alerts([alert(1)], [case()])
    with closing(sqlite3.connect(box.directory / "vigie.db")) as db, db:
        db.execute(flip)
    assert set(months.sums(*ALL).open) <= set(Severity)


def test_a_card_that_fails_is_said(box, months):
    (box.directory / "vigie.db").write_bytes(b"no database at all" * 999)
    with pytest.raises(StoreTrouble):
        months.sums(*ALL)
