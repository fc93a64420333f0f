"""One sensor at work: what is found is on the disk, and what people decide is heeded.

What it tells the panel is in ``test_sensing_told.py``, lists in ``test_sensing_lists.py``. Its
clock is set by hand, so a minute takes no time.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.decisions import Verdict
from appliance.model import AlertState, Level, Trust
from appliance.sensor.recording import nothing
from appliance.stages import Stage
from tests.kit.panel_here import Here, panel_here
from tests.kit.sensing import (
    EIGHT,
    LISTED,
    SCAN,
    SCANNED,
    SCANNER,
    WORK,
    Sensor,
    level,
    spoke,
)


@pytest.fixture
def sensor(tmp_path: Path) -> Iterator[Sensor]:
    """A sensor that has learnt nobody, without a panel."""
    made = Sensor(tmp_path)
    yield made
    made.close()


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Here]:
    with panel_here(tmp_path, pace=1) as here:
        yield here


# What is found is on the disk


def test_an_alert_is_on_the_disk_when_the_packets_have_been_fed(sensor: Sensor) -> None:
    """Before any chore: a power cut a moment later loses nothing that was found."""
    sensor.hear(SCAN)
    sensor.sensing.feed(nothing(sensor.now + 1))
    assert spoke(sensor.alerts()) == {"new_device", "port_scan"}
    (scan,) = (alert for alert in sensor.alerts() if alert.detector == "port_scan")
    assert (scan.about, scan.state) == (SCANNER, AlertState.OPEN)


def test_devices_traffic_and_health_are_on_the_disk_within_moments(sensor: Sensor) -> None:
    sensor.hear(SCAN)
    sensor.wait(2)
    assert {SCANNER, SCANNED} <= {device.mac for device in sensor.reader.devices()}
    health = sensor.health()
    assert (health.packets, health.source, health.seeing) == (207, "eth0", True)
    assert health.conversations == 102
    sensor.wait(130)
    assert sensor.reader.traffic(since=EIGHT, step="minute")
    assert len(sensor.reader.flows(since=EIGHT - 3600)) == 102


def test_what_is_held_back_of_the_last_second_is_saved_at_the_end(tmp_path: Path) -> None:
    """And when each device was last heard."""
    sensor = Sensor(tmp_path)
    sensor.hear(SCAN)
    assert "port_scan" not in spoke(sensor.alerts())
    sensor.sensing.finish()
    sensor.watch.close()
    assert "port_scan" in spoke(sensor.alerts())
    heard = {device.mac: device.last_at for device in sensor.reader.devices()}
    assert EIGHT < heard[SCANNER] < EIGHT + 1
    sensor.reader.close()


def test_it_goes_on_where_a_kill_left_it(tmp_path: Path) -> None:
    """A trouble that goes on is the same alert; who is known is no newcomer."""
    sensor = Sensor(tmp_path)
    sensor.hear(SCAN)
    sensor.wait(2)
    before = {alert.key: alert for alert in sensor.alerts()}
    again = sensor.restart()
    again.hear(SCAN)
    again.wait(2)
    after = {alert.key: alert for alert in again.alerts()}
    assert {key: alert.id for key, alert in after.items()} == {
        key: alert.id for key, alert in before.items()
    }
    (scan,) = (alert for alert in after.values() if alert.detector == "port_scan")
    assert scan.count == 2 * before[scan.key].count
    again.close()


def test_the_learning_time_counts_from_the_very_first_start(tmp_path: Path) -> None:
    """A restart does not begin it anew."""
    sensor = Sensor(tmp_path, learning_days=1)
    sensor.hear(SCAN)
    sensor.wait(2)
    assert "new_device" not in spoke(sensor.alerts())
    assert {device.trust for device in sensor.reader.devices()} == {Trust.LEARNT}
    assert sensor.health().learning
    sensor.now += 2 * 86_400
    later = sensor.restart()
    later.hear(LISTED)
    later.wait(2)
    assert "new_device" in spoke(later.alerts())
    assert not later.health().learning
    later.close()


def test_the_box_itself_is_no_device(tmp_path: Path) -> None:
    sensor = Sensor(tmp_path, own=frozenset({SCANNER}))
    sensor.hear(SCAN)
    sensor.wait(2)
    assert SCANNER not in {device.mac for device in sensor.reader.devices()}
    sensor.close()


def test_old_things_are_tidied_and_the_spare_is_made_once_an_hour(sensor: Sensor) -> None:
    sensor.wait(2)
    sensor.now += 3600
    sensor.wait()
    assert (sensor.config.state / "vigie.db.spare").exists()


# What people decide is heeded


def test_a_decision_is_taken_up_within_a_second(sensor: Sensor) -> None:
    """Approving a device ends what was said of its newness, on the disk too."""
    sensor.hear(SCAN)
    sensor.wait()
    with sensor.office() as office:
        office.decide(author="camille", verdict=Verdict.APPROVE, mac=SCANNER)
    sensor.wait()
    held = sensor.sensing.pipeline.inventory.device(SCANNER)
    assert held is not None
    assert held.trust is Trust.APPROVED
    with closing(sqlite3.connect(sensor.config.state / "vigie.db")) as db:
        (state,) = db.execute(
            "SELECT state FROM alerts WHERE detector = 'new_device' AND about = ?", (SCANNER,)
        ).fetchone()
    assert state == AlertState.CLOSED


def test_an_alert_that_was_dealt_with_calms_the_light(sensor: Sensor, panel: Here) -> None:
    sensor.hear(SCAN)
    sensor.wait()
    assert level(panel)[0] is Level.LOOK
    with sensor.office() as office:
        for alert in sensor.alerts():
            office.decide(author="camille", verdict=Verdict.CLOSE, alert=alert.id)
    sensor.wait()
    assert level(panel) == (Level.WELL, "")


def test_a_case_is_on_the_disk_and_goes_on_after_a_kill(tmp_path: Path) -> None:
    """A stranger that looks for doors; once it is approved, the scan stands alone."""
    sensor = Sensor(tmp_path)
    sensor.hear(SCAN)
    sensor.wait(2)
    (case,) = sensor.reader.cases()
    assert (case.about, case.state) == (SCANNER, AlertState.OPEN)
    assert case.stages == (Stage.ARRIVAL, Stage.LOOKING)
    again = sensor.restart()
    again.hear(SCAN)
    again.wait(2)
    (later,) = again.reader.cases()
    assert (later.id, later.alerts) == (case.id, case.alerts)
    assert later.last_at > case.last_at
    with again.office() as office:
        office.decide(author="camille", verdict=Verdict.APPROVE, mac=SCANNER)
    again.wait()
    assert [one.state for one in again.reader.cases()] == [AlertState.CLOSED]
    again.close()


def test_decisions_of_the_past_hold_from_the_first_packet(tmp_path: Path) -> None:
    sensor = Sensor(tmp_path)
    with sensor.office() as office:
        office.decide(author="camille", verdict=Verdict.NORMAL, mac=SCANNER, detector="port_scan")
    sensor = sensor.restart()
    sensor.hear(SCAN)
    sensor.wait()
    (scan,) = (alert for alert in sensor.alerts() if alert.detector == "port_scan")
    assert scan.state is AlertState.NORMAL
    sensor.close()


# Lists come and go


# The card may fail


def test_a_damaged_database_is_set_aside_at_the_start_and_told(tmp_path: Path, panel: Here) -> None:
    (tmp_path / "state/vigie.db").write_bytes(b"\xa5" * 100_000)
    sensor = Sensor(tmp_path)
    sensor.wait()
    assert sensor.health().faults == ("health.database_set_aside",)
    assert level(panel) == (Level.LOOK, "health.database_set_aside")
    sensor.hear(SCAN)
    sensor.wait()
    assert "port_scan" in spoke(sensor.alerts())
    sensor.close()


def test_while_the_disk_refuses_alerts_wait_and_the_light_says_so(
    sensor: Sensor, panel: Here
) -> None:
    """Here somebody's backup program holds the database."""
    sensor.watch._writer.be_patient(0)
    with closing(sqlite3.connect(sensor.config.state / "vigie.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        sensor.hear(WORK)
        sensor.wait()
        assert level(panel) == (Level.LOOK, "health.database_locked")
        sensor.hear(SCAN)
        sensor.wait(3)
        assert sensor.alerts() == ()
    sensor.wait(2)
    assert spoke(sensor.alerts()) == {"new_device", "port_scan"}
    assert sensor.health().faults == ()
