"""Devices and decisions, read again only where they changed."""

import sqlite3
from contextlib import closing

from appliance.decisions import Verdict
from appliance.store.opening import SETTINGS
from appliance.store.view import View, look
from tests.appliance.store.samples import ALICE, BOB, NOON, device


def opened(box):
    db = sqlite3.connect(box.directory / "vigie.db", isolation_level=None)
    db.row_factory = sqlite3.Row
    assert SETTINGS
    return closing(db)


def test_what_did_not_change_is_the_very_same(box):
    watch = box.watch()
    watch.save_devices([device(), device(BOB)])
    with opened(box) as db:
        first = look(db, View())
        assert look(db, first) is first
        watch.save_devices([device(BOB, names=("another",))])
        second = look(db, first)
    assert second.written[ALICE] is first.written[ALICE]
    assert [one.names for one in second.devices] == [("poste-accueil",), ("another",)]


def test_two_writes_at_the_same_moment_are_two(box):
    """A row is known by a number of its own, not by the time: clocks stand still and go back."""
    watch, reader = box.watch(), box.reader()
    for name in ("one", "two", "three"):
        watch.save_devices([device(names=(name,))])
        assert reader.device(ALICE).names == (name,)


def test_a_device_that_was_forgotten_is_gone(box):
    watch, reader = box.watch(devices=64), box.reader()
    watch.save_devices([device(), device(BOB)])
    assert len(reader.devices()) == 2
    with opened(box) as db:
        db.execute("DELETE FROM devices WHERE mac = ?", (ALICE,))
    assert [one.mac for one in reader.devices()] == [BOB]


def test_a_row_that_no_longer_makes_sense_is_left_out(box):
    watch, reader = box.watch(), box.reader()
    watch.save_devices([device()])
    assert len(reader.devices()) == 1
    with opened(box) as db:
        db.execute("UPDATE devices SET evidence = 'x', stamp = 7")
    assert reader.devices() == ()


def test_that_a_device_is_still_there_shows_at_once(box):
    watch, reader = box.watch(), box.reader()
    watch.save_devices([device()])
    assert reader.device(ALICE).last_at == NOON
    with opened(box) as db:
        db.execute("INSERT OR REPLACE INTO presence VALUES (?, ?)", (ALICE, NOON + 60))
    assert reader.device(ALICE).last_at == NOON + 60


def test_decisions_are_added_to_those_that_are_known(box):
    box.watch().save_devices([device()])
    office, reader = box.office(), box.reader()
    office.decide(author="m", verdict=Verdict.DESCRIBE, mac=ALICE, name="One", socket="A12")
    first = reader.decisions()
    office.decide(author="m", verdict=Verdict.DESCRIBE, mac=ALICE, name="Two", socket="B3")
    assert reader.decisions()[0] is first[0]
    assert (reader.device(ALICE).name, reader.device(ALICE).socket) == ("Two", "B3")


def test_decisions_of_another_database_replace_all(box):
    """One that was mended may hold fewer."""
    office, reader = box.office(), box.reader()
    for name in ("a", "b"):
        office.decide(author="m", verdict=Verdict.DESCRIBE, mac=ALICE, name=name)
    assert len(reader.decisions()) == 2
    with opened(box) as db:
        db.execute("DELETE FROM decisions WHERE id = 1")
    assert [one.name for one in reader.decisions()] == ["b"]
