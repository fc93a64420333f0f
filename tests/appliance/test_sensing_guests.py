"""One sensor at work: of networks of guests it keeps how many packets they were."""

from dataclasses import replace
from pathlib import Path

from appliance.config import Home
from appliance.sensing import Sensing
from tests.kit.sensing import SCAN, SCANNER, Sensor


def test_what_the_configuration_names_is_counted_and_not_kept(tmp_path: Path) -> None:
    """The scanner is a guest here, and the machine it scans is not: told by its address alone."""
    sensor = Sensor(tmp_path)
    home = Home(networks=("192.168.50.0/24",), unrecorded=("192.168.50.66/32",), learning_days=0)
    config = replace(sensor.config, home=home)
    sensor.sensing = Sensing(config, sensor.card, sensor.watch, frozenset(), sensor.now)
    sensor.hear(SCAN)
    sensor.wait(70)
    assert sensor.health().unrecorded > 0
    assert SCANNER not in repr(sensor.reader.devices())
    assert SCANNER not in repr(sensor.alerts())
    (scan,) = (each for each in sensor.alerts() if each.detector == "port_scan")
    assert scan.src_ip == "192.168.50.66"
    flows = sensor.reader.flows(since=0.0, limit=10_000)
    assert all("192.168.50.66" not in (row.src, row.dst) for row in flows)
    assert all(row.mac != SCANNER for row in sensor.reader.traffic(since=0.0, step="day"))
    sensor.close()
