"""What the sensor notes before the clock is set says so, and goes on saying so."""

from pathlib import Path

import pytest

from appliance.panel.heartbeat import Heartbeat
from tests.kit.sensing import LISTED, LISTED_NAME, SCAN, Sensor, put, spoke

STEP = 40 * 86_400.0


def test_an_alert_from_before_the_clock_was_set_says_so_for_good(tmp_path: Path) -> None:
    """After the clock has stepped by forty days, after more of the same, and after a restart."""
    sensor = Sensor(tmp_path, clock_unset=12.0)
    sensor.hear(SCAN)
    sensor.wait()
    early = spoke(sensor.alerts())
    assert "port_scan" in early
    assert not any(alert.timed for alert in sensor.alerts())
    sensor.clock_unset = 0.0
    sensor.now += STEP
    sensor.wait()
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" in spoke(tuple(alert for alert in sensor.alerts() if alert.timed))
    sensor = sensor.restart()
    sensor.hear(SCAN)
    sensor.wait()
    untimed = tuple(alert for alert in sensor.alerts() if not alert.timed)
    assert spoke(untimed) == early
    assert max(alert.count for alert in untimed) > 1
    sensor.close()


def test_the_step_of_the_clock_raises_nothing(tmp_path: Path) -> None:
    """Nobody has gone, and nobody is new, because the month is another one."""
    sensor = Sensor(tmp_path, clock_unset=12.0)
    sensor.hear(SCAN)
    sensor.wait(5)
    before = spoke(sensor.alerts())
    sensor.clock_unset = 0.0
    sensor.now += STEP
    sensor.wait(70)
    assert spoke(sensor.alerts()) == before
    sensor.close()


def test_health_tells_for_how_long_the_clock_has_been_waited_for(tmp_path: Path) -> None:
    """And at once, not with the next full save, when it is set."""
    sensor = Sensor(tmp_path, clock_unset=40.0)
    sensor.wait()
    assert sensor.health().clock_unset == 40
    sensor.clock_unset = 0.0
    sensor.wait()
    assert sensor.health().clock_unset == 0
    sensor.close()


def test_the_panel_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sensor = Sensor(tmp_path, clock_unset=1.0)
    beats: list[Heartbeat] = []
    monkeypatch.setattr(sensor.sensing._panel, "heartbeat", beats.append)
    sensor.wait()
    sensor.clock_unset = 0.0
    sensor.wait()
    assert [beat.clock_set for beat in beats[-2:]] == [False, True]
    sensor.close()
