"""What a sensor tells the panel and the disk of itself; a minute takes no time here."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.decisions import Verdict
from appliance.detectors import NewDevice
from appliance.facts import AddressClaim, RouterAdvertised
from appliance.failing import FOLDER
from appliance.incidents import Origin, Wrote
from appliance.model import Ip, Level, Mac, Severity
from appliance.panel.heartbeat import Heartbeat
from tests.kit.panel_here import Here, panel_here
from tests.kit.sensing import LISTED, LISTED_NAME, SCAN, WORK, Card, Sensor, level, put, spoke


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


def test_while_an_incident_is_open_the_light_is_not_calm(sensor: Sensor, panel: Here) -> None:
    """Though nothing unusual is heard any more; a danger stays one."""
    with sensor.office() as office:
        held = office.open_incident(author="camille", origin=Origin.HAND)
        sensor.wait()
        assert level(panel) == (Level.LOOK, "panel.why.incident")
        put(sensor, LISTED_NAME.encode())
        sensor.wait(6)
        sensor.hear(LISTED)
        sensor.wait()
        assert level(panel)[0] is Level.DANGER
        for alert in sensor.alerts():
            office.decide(author="camille", verdict=Verdict.CLOSE, alert=alert.id)
        sensor.wait()
        assert level(panel) == (Level.LOOK, "panel.why.incident")
        office.add_to_incident(held.id, author="camille", what=Wrote.CLOSED)
        sensor.wait()
    assert level(panel) == (Level.WELL, "")


def test_the_panel_is_told_once_of_each_danger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the alert's identifier; a warning is none, and a restart makes nothing new."""
    sensor = Sensor(tmp_path)
    beats: list[Heartbeat] = []
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    sensor.hear(SCAN)
    sensor.wait()
    assert beats[-1].shouts == ()
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    sensor.hear(LISTED)
    sensor.wait()
    (danger,) = (alert.id for alert in sensor.alerts() if alert.severity is Severity.DANGER)
    assert beats[-1].shouts == (danger,)
    sensor = sensor.restart()
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    sensor.wait()
    assert beats[-1].shouts == (danger,)
    sensor.close()


def test_at_night_the_practices_hours_count(tmp_path: Path) -> None:
    """The captures begin at eight in the morning, UTC, on a Monday."""
    for hours, at_night in (("mon-fri 08:00-19:00", False), ("mon-fri 13:00-19:00", True)):
        sensor = Sensor(tmp_path / hours[8:10], hours=(hours,))
        sensor.hear(SCAN)
        sensor.wait()
        (scan,) = (alert for alert in sensor.alerts() if alert.detector == "port_scan")
        assert (scan.at_night, scan.severity) == (at_night, Severity.WARNING)
        sensor.close()


def test_the_panel_is_told_what_was_seen_of_the_gateway(
    sensor: Sensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its addresses, when it last sent something, and when it was last called."""
    beats = []
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    sensor.hear(WORK)
    sensor.wait()
    sensor.hear(WORK)
    sensor.wait()
    (gateway,) = beats[-1].gateways
    assert (gateway.mac, gateway.ips) == ("34:49:5b:10:00:01", ("192.168.50.1",))
    assert sensor.now - 2 < gateway.at <= sensor.now
    assert sensor.now - 2 < beats[-1].lan_asks_at <= sensor.now


def test_the_panel_is_told_the_addresses_of_the_gateway_in_both_families(
    sensor: Sensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those it claims itself, and no more than a heartbeat takes; the router's own comes first."""
    beats: list[Heartbeat] = []
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    sensor.hear(WORK)
    mac, other = Mac("34:49:5b:10:00:01"), Mac("02:00:00:00:00:99")
    for number in range(1, 9):
        ip = Ip(f"fe80::{number}")
        sensor.sensing.pipeline.tell(
            AddressClaim(at=sensor.now, mac=mac, sender=mac, ip=ip, to=other, answer=True)
        )
    sensor.wait()
    (gateway,) = beats[-1].gateways
    assert gateway.ips == ("192.168.50.1", "fe80::8", "fe80::7", "fe80::6")


def test_the_panel_is_told_by_whom_traffic_comes_in_and_who_offers_to_be_the_router(
    sensor: Sensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that another way out shows after a cut; nobody but the practice's own router does here."""
    beats: list[Heartbeat] = []
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    sensor.hear(WORK)
    sensor.wait()
    assert {one.mac for one in beats[-1].exits} <= {"34:49:5b:10:00:01"}
    assert {one.mac for one in beats[-1].offers} <= {"34:49:5b:10:00:01"}
    fact = RouterAdvertised(
        at=sensor.now, mac=Mac("02:00:00:00:00:99"), ip=Ip("fe80::99"), lifetime=60,
        prefixes=(), dns=(),
    )  # fmt: skip
    sensor.sensing.pipeline.tell(fact)
    sensor.wait()
    assert ("02:00:00:00:00:99", "fe80::99") in {(one.mac, one.ip) for one in beats[-1].offers}


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


def test_a_part_of_the_box_that_keeps_failing_makes_people_look(
    sensor: Sensor, panel: Here
) -> None:
    word = sensor.config.run / FOLDER / "vigie-web.service"
    word.parent.mkdir(parents=True)
    word.touch()
    os.utime(word, (sensor.now, sensor.now))
    sensor.wait()
    assert level(panel) == (Level.LOOK, "health.part_failing")
    word.unlink()
    sensor.wait()
    assert level(panel) == (Level.WELL, "")
