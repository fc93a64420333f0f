"""One sensor at work: what people had deleted is forgotten by it, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.decisions import Verdict
from appliance.erasures import What
from tests.kit.sensing import SCAN, SCANNED, SCANNER, WORK, Sensor, spoke


@pytest.fixture
def sensor(tmp_path: Path) -> Iterator[Sensor]:
    """A sensor that heard a scan."""
    made = Sensor(tmp_path)
    made.hear(SCAN)
    made.wait(70)
    yield made
    made.close()


def everything(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def test_a_device_is_gone_from_the_card_and_from_memory(sensor: Sensor) -> None:
    with sensor.office() as office:
        office.decide(author="x", verdict=Verdict.DESCRIBE, mac=SCANNER, name="Poste de Claire")
        sensor.wait()
        assert "port_scan" in spoke(sensor.alerts())
        office.erase(What.DEVICE, author="x", macs=(SCANNER,))
        sensor.wait(30)
        office.tidy(sensor.watch._keep)
        sensor.wait(2)
    sensor.watch._writer.empty_log()
    assert sensor.reader.erasing() == ()
    assert SCANNER not in repr(sensor.alerts())
    known = {device.mac for device in sensor.sensing.pipeline.inventory.learnt()}
    assert SCANNER not in known
    assert SCANNED in known
    assert "Claire" not in repr(sensor.sensing.pipeline.inventory.standing)
    (sensor.config.state / "vigie.db.spare").unlink(missing_ok=True)  # made with the request in it
    left = everything(sensor.config.state)
    assert SCANNER.encode() not in left
    assert SCANNED.encode() in left
    assert b"Claire" not in left


def test_what_was_counted_goes_on(sensor: Sensor) -> None:
    """The box has not been blind for a moment: the numbers of packets go on rising."""
    sensor.wait()
    before = sensor.health()
    with sensor.office() as office:
        office.erase(What.DEVICES, author="x")
    sensor.wait(3)
    assert sensor.reader.devices() == ()
    sensor.hear(WORK)
    sensor.wait(3)
    assert sensor.health().packets > before.packets
    assert sensor.reader.devices() != ()


def test_it_is_still_looked_for_trouble_afterwards(sensor: Sensor) -> None:
    with sensor.office() as office:
        office.erase(What.ALERTS, author="x")
    sensor.wait(20)
    assert sensor.alerts() == ()
    sensor.now += 3600
    sensor.hear(SCAN)
    sensor.wait(10)
    assert "port_scan" in spoke(sensor.alerts())


def test_a_deletion_asked_before_a_restart_is_carried_out_after_it(tmp_path: Path) -> None:
    sensor = Sensor(tmp_path)
    sensor.hear(SCAN)
    sensor.wait(5)
    with sensor.office() as office:
        office.erase(What.DEVICE, author="x", macs=(SCANNER,))
    again = sensor.restart()
    again.wait(30)
    assert again.reader.erasing() == ()
    assert again.reader.device(SCANNER) is None
    again.close()
