"""Lists of alerts, against the same question asked of every alert one by one."""

import sqlite3
from contextlib import closing
from itertools import product
from random import Random

import pytest

from appliance.decisions import Verdict
from appliance.model import Alert, AlertState, Severity
from appliance.store import Page, Sift, Term, sifting
from appliance.store.alerts import _BEGIN, _GO_ON
from tests.appliance.store.samples import ALICE, BOB, NOON, alert, case

OPEN, NORMAL, CLOSED = AlertState.OPEN, AlertState.NORMAL, AlertState.CLOSED
ALL = Page(length=10_000)


def various() -> list[Alert]:
    """Give alerts of all kinds."""
    rng = Random(10)  # noqa: S311 - no secret
    return [
        alert(
            number,
            detector=rng.choice(("port_scan", "beacon", "off_limits")),
            severity=rng.choice(tuple(Severity)),
            about=rng.choice((ALICE, BOB)),
            state=rng.choice((OPEN, OPEN, NORMAL, CLOSED)),
            last_at=NOON + rng.randrange(100),
            words={"host": rng.choice(("a.example", "b.example"))},
            peers=(rng.choice(("a.example", "b.example")),),
        )
        for number in range(120)
    ]


@pytest.fixture
def reader(box):
    """A box whose people have decided this and that, which the sensor has not heard of yet."""
    box.watch().save_alerts(various())
    office = box.office()
    for number in (3, 10, 11, 50):
        office.decide(author="x", verdict=Verdict.CLOSE, alert=f"{number:016x}")
    for number in range(0, 120, 7):
        office.decide(author="x", verdict=Verdict.SEEN, alert=f"{number:016x}", mac=ALICE)
    office.decide(author="x", verdict=Verdict.NORMAL, mac=BOB, detector="beacon", peer="a.example")
    office.decide(author="x", verdict=Verdict.NORMAL, mac=ALICE, detector="off_limits")
    return box.reader()


def is_seen(one: Alert) -> bool:
    return int(one.id, 16) % 7 == 0


def fits(one: Alert, wanted: Sift) -> bool:
    """Tell the plain way whether *one* is wanted."""
    return (
        wanted.state in (None, one.state)
        and wanted.seen in (None, is_seen(one))
        and wanted.severity in (None, one.severity)
        and wanted.detector in ("", one.detector)
        and wanted.mac in (None, one.about)
        and (wanted.since is None or one.last_at >= wanted.since)
        and all(term.text in one.words["host"] + one.peers[0] for term in wanted.terms)
    )


QUESTIONS = [
    Sift(
        state=state, seen=seen, severity=severity, detector=detector, mac=mac, since=since, terms=t
    )
    for state, seen, severity, (detector, mac), (since, t) in product(
        (None, OPEN, NORMAL, CLOSED),
        (None, True, False),
        (None, Severity.DANGER),
        (("", None), ("beacon", BOB)),
        ((None, ()), (NOON + 40, (Term(text="a.example"),))),
    )
]


def test_what_is_found_is_what_fits_the_worst_first(reader):
    every = reader.alerts(limit=1000)
    assert {one.state for one in every} == {OPEN, NORMAL, CLOSED}
    for wanted in QUESTIONS:
        right = sorted(
            (one for one in every if fits(one, wanted)),
            key=lambda one: (one.severity, one.last_at, one.id),
            reverse=True,
        )
        found = reader.sift(wanted, ALL)
        assert list(found.alerts) == right, wanted
        assert found.seen == {one.id for one in right if is_seen(one)}, wanted


def test_the_numbers_are_those_of_all_that_fit_device_time_and_words(reader):
    """Wherever they stand, so that a reader sees what another filter would show."""
    for wanted in QUESTIONS:
        plain = Sift(mac=wanted.mac, since=wanted.since, terms=wanted.terms)
        right = [one for one in reader.alerts(limit=1000) if fits(one, plain)]
        found = reader.sift(wanted, Page()).numbers
        for state, severity in product((OPEN, NORMAL, CLOSED), Severity):
            told = sum(
                one.number for one in found if (one.state, one.severity) == (state, severity)
            )
            assert told == sum((one.state, one.severity) == (state, severity) for one in right)
        told = sum(one.number for one in found if one.seen and one.state is OPEN)
        assert told == sum(is_seen(one) and one.state is OPEN for one in right)


def test_the_newest_come_first_when_asked_for(reader):
    found = reader.sift(Sift(newest=True), ALL).alerts
    assert found == reader.alerts(limit=1000)


def test_pages_follow_each_other_without_a_gap(reader):
    whole = reader.sift(Sift(state=OPEN), ALL).alerts
    pages = [reader.sift(Sift(state=OPEN), Page(start=n, length=7)).alerts for n in range(0, 99, 7)]
    assert tuple(one for page in pages for one in page) == whole


def test_alerts_of_a_case_stand_with_it_and_not_alone(box, reader):
    """Those of them that are wanted; a case without any is left out."""
    open_ones = [one for one in reader.alerts(limit=1000) if one.state is OPEN]
    story = case(alerts=tuple(one.id for one in open_ones[:3]))
    box.watch().save_alerts([], [story])
    found = reader.sift(Sift(state=OPEN), ALL)
    assert found.cases == ((story, tuple(open_ones[:3])),)
    assert len(found.alerts) == len(open_ones) - 3
    only = reader.sift(Sift(state=OPEN, severity=open_ones[0].severity), ALL)
    assert open_ones[0] in only.cases[0][1]
    assert reader.sift(Sift(state=OPEN, terms=(Term(text="nowhere"),)), ALL).cases == ()
    assert reader.sift(Sift(state=OPEN), ALL, cases_at_most=0).cases == ()


def test_devices_with_most_of_the_latest_alerts_are_given_first(box):
    box.watch().save_alerts([alert(1, about=BOB), alert(2, about=BOB), alert(3)])
    assert box.reader().sift(Sift(state=OPEN), ALL).devices == (BOB, ALICE)
    assert box.reader().sift(Sift(state=CLOSED), ALL).devices == ()


def test_words_are_looked_for_in_the_newest_only(reader, monkeypatch):
    monkeypatch.setattr(sifting.search, "MOST", 5)
    assert len(reader.sift(Sift(terms=(Term(text="example"),)), ALL).alerts) == 5


def test_nothing_is_found_before_anything_was_written(tmp_path, box):
    box.directory = tmp_path / "nowhere"
    assert box.reader().sift(Sift(), ALL) == sifting.Sifted()


def test_what_is_open_is_counted_and_found_without_reading_all_alerts(box):
    box.watch().save_alerts([alert()])
    with closing(sqlite3.connect(box.directory / "vigie.db")) as db:
        for statement in (
            sifting._filled(sifting._ALONE_WORST, Sift(state=OPEN)),
            sifting._filled(sifting._NUMBERS, Sift(state=OPEN)),
            sifting._CLOSED_SINCE,
        ):
            names = ("closed", "normal", "cased", "length", "start")
            plan = db.execute(f"EXPLAIN QUERY PLAN {statement}", dict.fromkeys(names, "[]"))
            steps = [row[3] for row in plan]
            assert any("alerts_by_state" in step for step in steps), steps
            assert not any(step.startswith("SCAN alerts") for step in steps), steps


def test_a_repeat_writes_no_index(box):
    """A box writes to a memory card."""
    box.watch().save_alerts([alert()])
    with closing(sqlite3.connect(box.directory / "vigie.db")) as db:
        indexed = {
            column
            for (index,) in db.execute("SELECT name FROM pragma_index_list('alerts')")
            for (column,) in db.execute("SELECT name FROM pragma_index_info(?)", (index,))
        }
    named = {
        part.partition(" =")[0].split()[-1] for part in _GO_ON.partition("WHERE")[0].split(",")
    }
    assert {"last_at", "count", "words"} <= named
    assert indexed & named == set()
    assert "DO UPDATE" in _BEGIN
