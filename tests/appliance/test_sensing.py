"""One sensor at work: what is found is on the disk, what people decide is heeded, and it is told.

Its clock is set by hand, so a minute takes no time.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from appliance.detectors import NewDevice
from appliance.model import Alert, AlertState, Level, Trust, Verdict
from appliance.panel.status import PanelStatus
from appliance.sensor.recording import nothing
from tests.kit.panel_here import Here, panel_here
from tests.kit.sensing import (
    EIGHT,
    LISTED,
    LISTED_NAME,
    SCAN,
    SCANNED,
    SCANNER,
    WORK,
    Card,
    Sensor,
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


def spoke(alerts: tuple[Alert, ...]) -> set[str]:
    return {alert.detector for alert in alerts}


def level(here: Here) -> tuple[Level, str]:
    status: PanelStatus = here.client.status()
    return status.light, status.light_why


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


def put(sensor: Sensor, content: bytes, name: str = "ours.csv") -> Path:
    folder = sensor.config.state / "lists"
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_list_is_taken_up_while_the_sensor_runs(sensor: Sensor) -> None:
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" not in spoke(sensor.alerts())
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" in spoke(sensor.alerts())


@pytest.mark.parametrize(
    "broken", [b"\xff\xfe", b"", b"not a name", b"0.0.0.0/0", b"a" * 200_000], ids=range(5)
)
def test_a_broken_list_leaves_those_in_use_and_is_told_until_it_is_mended(
    sensor: Sensor, broken: bytes
) -> None:
    """Half written, damaged, or somebody's holiday pictures."""
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    file = put(sensor, broken, "theirs.csv")
    sensor.wait(6)
    assert "health.lists_refused" in sensor.health().faults
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" in spoke(sensor.alerts())
    file.unlink()
    sensor.wait(6)
    assert sensor.health().faults == ()


def test_a_sensor_that_starts_beside_a_broken_list_uses_the_shipped_ones(tmp_path: Path) -> None:
    sensor = Sensor(tmp_path)
    put(sensor, b"not a name")
    sensor = sensor.restart()
    sensor.wait()
    assert "health.lists_refused" in sensor.health().faults
    assert sensor.sensing.pipeline.inventory.listed_name("www.interact.sh") is not None
    sensor.close()


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


# The panel is told


def test_the_panel_is_told_how_the_practice_is(sensor: Sensor, panel: Here) -> None:
    sensor.wait()
    assert level(panel) == (Level.WELL, "")
    sensor.hear(SCAN)
    sensor.wait()
    assert level(panel)[0] is Level.LOOK
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    sensor.hear(LISTED)
    sensor.wait()
    assert level(panel)[0] is Level.DANGER


def test_the_panel_is_told_what_was_seen_of_the_gateway(
    sensor: Sensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its address, when it last sent something, and when it was last called."""
    beats = []
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    sensor.hear(WORK)
    sensor.wait()
    sensor.hear(WORK)
    sensor.wait()
    (gateway,) = beats[-1].gateways
    assert gateway.mac == "34:49:5b:10:00:01"
    assert sensor.now - 2 < gateway.at <= sensor.now
    assert sensor.now - 2 < beats[-1].lan_asks_at <= sensor.now


def test_while_learning_the_light_says_so(tmp_path: Path, panel: Here) -> None:
    sensor = Sensor(tmp_path, learning_days=7)
    sensor.hear(WORK)
    sensor.wait()
    assert level(panel)[0] is Level.LEARNING
    sensor.close()


@pytest.mark.parametrize(
    ("change", "why"),
    [({"why": "health.no_carrier"}, "health.no_carrier"), ({"dropped": 10_000}, "health.drops")],
)
def test_a_box_that_does_not_see_says_why(
    sensor: Sensor, panel: Here, change: dict[str, object], why: str
) -> None:
    """The light is never calm while blind."""
    for name, value in change.items():
        setattr(sensor.card, name, value)
    sensor.hear(WORK)
    sensor.wait(61)
    assert (sensor.health().seeing, sensor.health().why) == (False, why)
    assert level(panel) == (Level.BLIND, why)


def test_a_minute_without_a_packet_is_blindness(sensor: Sensor, panel: Here) -> None:
    sensor.hear(WORK)
    sensor.wait(62)
    assert level(panel) == (Level.BLIND, "health.silence")
    sensor.hear(WORK)
    sensor.wait()
    assert level(panel)[0] is not Level.BLIND


def test_a_recording_is_never_blind_but_always_called_one(tmp_path: Path, panel: Here) -> None:
    sensor = Sensor(tmp_path, card=Card(source="day.pcap", note="health.replaying"))
    sensor.wait(120)
    assert sensor.health().faults == ("health.replaying",)
    assert level(panel) == (Level.WELL, "health.replaying")
    sensor.close()


def test_a_detector_that_failed_is_told_and_logged_once(
    sensor: Sensor, panel: Here, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*told: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(NewDevice, "see", broken)
    for _ in range(3):
        sensor.hear(WORK)
        sensor.wait()
    assert sensor.health().faults == ("health.detector_failed",)
    assert level(panel) == (Level.LOOK, "health.detector_failed")
    (record,) = caplog.records
    assert record.message.startswith("Detector new_device failed.\nTraceback")


def test_without_a_panel_the_sensor_goes_on_and_says_so_once(
    sensor: Sensor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Once each time that the panel goes."""
    sensor.wait(5)
    assert len(caplog.records) == 1
    assert "cannot be reached" in caplog.text
    with panel_here(tmp_path, pace=1):
        sensor.wait(2)
    assert len([it for it in caplog.records if it.name == "appliance.sensing"]) == 1
    sensor.wait(5)
    assert len([it for it in caplog.records if it.name == "appliance.sensing"]) == 2


def test_a_clock_that_is_set_back_stops_no_chore(sensor: Sensor, panel: Here) -> None:
    """Summer time, or a box that finds the right hour at last."""
    sensor.wait(2)
    sensor.now -= 7200
    sensor.hear(SCAN)
    sensor.wait(2)
    assert 0 <= sensor.now - sensor.health().at <= 2
    assert "port_scan" in spoke(sensor.alerts())


def test_chores_are_done_once_a_second_however_often_they_are_called(
    sensor: Sensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy network calls them after every block."""
    beats = []
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    for step in range(300):
        sensor.sensing.chores(sensor.now + step / 100)
    assert len(beats) == 3


def test_what_was_let_go_anywhere_is_counted_in_one_place(sensor: Sensor) -> None:
    sensor.sensing.pipeline.inventory._roster.dropped = 3
    sensor.sensing.pipeline.triage._alerts.dropped = 2
    sensor.wait(16)
    assert sensor.health().dropped_by_us == {"devices": 3, "alerts": 2}


def test_the_mirror_shows_what_it_sees(sensor: Sensor) -> None:
    """Others talking to each other, in both directions, also with the internet."""
    sensor.hear(WORK)
    sensor.wait()
    health = sensor.health()
    assert health.unicast_of_others
    assert health.both_directions
    assert health.internet_side
