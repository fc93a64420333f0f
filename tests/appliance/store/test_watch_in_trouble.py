"""What the sensor writes while the card or somebody else is in its way."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from appliance.config import Keep
from appliance.model import Health
from appliance.store import StoreTrouble, Trouble, Watch
from tests.appliance.store.samples import (
    ALICE,
    NOON,
    Clock,
    alert,
    case,
    delta,
    device,
    numbered_mac,
    place,
)

WELL = Health(at=NOON, seeing=True)


def foreigner(box):
    """Another program that holds the write lock."""
    other = sqlite3.connect(box.directory / "vigie.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return closing(other)


def test_a_locked_database_loses_nothing(box):
    """Somebody's backup program holds it for minutes; the sensor goes on."""
    watch, reader = box.watch(), box.reader()
    watch._writer.be_patient(0)
    with foreigner(box):
        assert not watch.save_alerts([alert(1)], [case()])
        for second in range(3):
            watch.save_devices([device()])
            watch.save_alerts([alert(2 + second)])
            watch.count_traffic([delta(NOON + second)], place)
            watch.flush(NOON + 60 * second + 5)
        assert watch.faults == ("health.database_locked",)
        assert reader.alerts() == ()
    watch.flush(NOON + 300)
    assert watch.faults == ()
    assert len(reader.alerts()) == 4
    assert reader.cases() == (case(),)
    assert [found.mac for found in reader.devices()] == [ALICE]
    assert reader.traffic(since=NOON)[0].outside.octets_in == 300


def test_what_waits_for_a_locked_database_is_bounded(box):
    """And what had to go is counted."""
    watch, reader = box.watch(alerts=3, devices=2), box.reader()
    watch._writer.be_patient(0)
    with foreigner(box):
        for number in range(1, 6):
            watch.save_alerts([alert(number)])
            watch.save_devices([device(numbered_mac(number))])
    watch.flush(NOON + 1)
    assert {found.id for found in reader.alerts()} == {alert(number).id for number in (3, 4, 5)}
    assert (watch.dropped["unsaved_alerts"], watch.dropped["unsaved_devices"]) == (2, 3)


def test_a_sensor_starts_beside_a_locked_database(box):
    """Once its schema is made, opening needs no lock."""
    box.watch().close()
    with foreigner(box):
        assert box.watch().known_devices() == ()


def test_a_database_removed_while_running_is_made_again(box):
    """By hand, or by a cleaning program."""
    watch, reader = box.watch(), box.reader()
    watch.save_alerts([alert(1)])
    for path in box.directory.glob("vigie.db*"):
        path.unlink()
    assert watch.save_alerts([alert(2)])
    assert [found.id for found in reader.alerts()] == [alert(2).id]


def test_damage_found_while_running_is_mended(box):
    """The file is set aside with its date, what can be read of it is kept, and it is said."""
    watch, reader = box.watch(), box.reader()
    watch.save_alerts([alert(number) for number in range(2000)])
    watch.save_devices([device()])
    spoil(box.directory / "vigie.db")
    box.clock.at += 2 * 86_400
    watch.tidy(box.clock.at)
    assert watch.faults == ("health.database_set_aside",)
    (aside,) = box.directory.glob("vigie.db.damaged-*[0-9]")
    assert aside.name == "vigie.db.damaged-20260103-120000"
    assert 1900 < len(reader.alerts(limit=3000)) < 2000
    assert watch.save_alerts([alert(5000)])
    watch.flush(NOON + 10 * 86_400)
    assert watch.faults == ()


def spoil(path):
    """Write garbage over one page in the middle of the alerts, behind SQLite's back."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    page = data.index(b'["port_scan", "1000"]') // 4096
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(bytes(range(256)) * 16)


def test_a_directory_that_cannot_be_made_is_said_plainly(tmp_path):
    """No right to write: one sentence, and why."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreTrouble) as caught:
        Watch(tmp_path / "file" / "state", Keep(), Clock())
    assert caught.value.what is Trouble.FAILING


def test_a_clock_set_back_stops_nothing(box):
    watch, reader = box.watch(), box.reader()
    watch.save_health(WELL)
    watch.flush(NOON + 64)
    watch.save_health(replace(WELL, at=NOON - 3600))
    watch.count_traffic([delta(NOON - 3600)], place)
    watch.flush(NOON - 3500)
    assert reader.health().at == NOON - 3600
    assert len(reader.flows(since=NOON - 3600, until=NOON)) == 1
