"""Incidents are kept with all that people did, and only ever added to."""

import pytest

from appliance.incidents import TEXT, Origin, Wrote
from appliance.store import incidents
from appliance.store.incidents import NoRoomError
from tests.appliance.store.samples import NOON


def test_an_incident_is_named_for_its_day_and_told_in_the_audit(box):
    office, reader = box.office(), box.reader()
    made = office.open_incident(author="marie", origin=Origin.ALERT, subject="a1", why="Bizarre")
    assert made.id == "20260101-1"
    assert reader.open_incident() == made
    assert [each.detail for each in reader.audit_entries()] == ["open 20260101-1 alert a1"]


def test_one_incident_is_open_at_a_time(box):
    """Opening once more adds to it what it is opened from, once."""
    office = box.office()
    office.open_incident(author="marie", origin=Origin.HAND)
    for _ in range(2):
        again = office.open_incident(author="paul", origin=Origin.CASE, subject="c1")
    assert again.id == "20260101-1"
    assert again.subjects == ((Origin.HAND, ""), (Origin.CASE, "c1"))


def test_who_did_what_and_when_is_kept_in_order(box):
    office, reader = box.office(), box.reader()
    held = office.open_incident(author="marie", origin=Origin.HAND)
    office.add_to_incident(held.id, author="paul", what=Wrote.DONE, key="isolate")
    box.clock.at += 60
    office.add_to_incident(held.id, author="marie", what=Wrote.NOTE, text="Écran rouge")
    first, second = reader.incident(held.id).entries
    assert (first.who, first.key, first.at) == ("paul", "isolate", NOON)
    assert (second.who, second.text, second.at) == ("marie", "Écran rouge", NOON + 60)
    assert office.verify_audit().whole


def test_a_closed_incident_takes_nothing_more_and_the_next_is_another(box):
    office, reader = box.office(), box.reader()
    first = office.open_incident(author="marie", origin=Origin.HAND)
    office.add_to_incident(first.id, author="marie", what=Wrote.CLOSED)
    with pytest.raises(NoRoomError):
        office.add_to_incident(first.id, author="marie", what=Wrote.NOTE, text="x")
    assert reader.open_incident() is None
    second = office.open_incident(author="marie", origin=Origin.HAND)
    assert [each.id for each in reader.incidents()] == [second.id, first.id]
    assert second.id == "20260101-2"


def test_an_incident_takes_a_bounded_number_of_entries(box, monkeypatch):
    monkeypatch.setattr(incidents, "ENTRIES", 3)
    office = box.office()
    held = office.open_incident(author="marie", origin=Origin.HAND)
    for _ in range(3):
        office.add_to_incident(held.id, author="marie", what=Wrote.NOTE, text="x" * 9_000)
    assert len(box.reader().incident(held.id).notes[0].text) == TEXT
    with pytest.raises(NoRoomError):
        office.add_to_incident(held.id, author="marie", what=Wrote.NOTE, text="x")
    assert office.open_incident(author="x", origin=Origin.CASE, subject="c").id == held.id
    assert office.add_to_incident(held.id, author="marie", what=Wrote.CLOSED).closed


def test_there_is_nothing_to_add_to_an_incident_that_nobody_opened(box):
    with pytest.raises(NoRoomError):
        box.office().add_to_incident("20260101-9", author="x", what=Wrote.NOTE, text="x")


def test_what_the_practice_says_of_itself_is_kept_until_it_is_forgotten(box):
    office, reader = box.office(), box.reader()
    office.tell("insurer", "01 23", author="marie")
    office.tell("insurer", "04 56", author="marie")
    assert reader.particulars() == {"insurer": "04 56"}
    office.tell("insurer", "", author="marie")
    assert reader.particulars() == {}


def test_what_the_practice_says_of_itself_is_bounded(box, monkeypatch):
    monkeypatch.setattr(incidents, "PARTICULARS", 1)
    office = box.office()
    office.tell("insurer", "01", author="marie")
    with pytest.raises(NoRoomError):
        office.tell("technician", "02", author="marie")


def test_half_a_sign_stops_nobody(box):
    """What a browser sends may be any text."""
    office = box.office()
    held = office.open_incident(author="marie\ud800", origin=Origin.HAND, why="\ud800")
    office.add_to_incident(held.id, author="marie", what=Wrote.NOTE, text="\udfff")
    assert box.reader().incident(held.id).notes[0].text == "?"


def test_pages_see_at_once_that_something_was_added(box):
    office, reader = box.office(), box.reader()
    marks = [reader.changed()]
    held = office.open_incident(author="marie", origin=Origin.HAND)
    marks.append(reader.changed())
    office.add_to_incident(held.id, author="marie", what=Wrote.DONE, key="isolate")
    marks.append(reader.changed())
    assert len(set(marks)) == 3


def test_before_there_is_a_database_there_is_no_incident(box):
    assert box.reader().incidents() == ()
    assert box.reader().particulars() == {}
