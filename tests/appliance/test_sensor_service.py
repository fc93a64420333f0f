"""The sensor as a process: killed at any moment it loses nothing, and it stops in good order."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from appliance.demo import KNOWN, RECORDING, prepare
from appliance.model import Alert, Level
from appliance.replay import replay
from appliance.site import read
from appliance.store import Reader
from tests.kit.panel_here import panel_here
from tests.kit.vigie import config_in, started
from tests.lab.awaiting import until

STARTS_WITHIN = 30.0
IN_A_NET_OF_ITS_OWN = (
    *(("unshare", "--net") if os.geteuid() == 0 else ("unshare", "-r", "--net")),
    *("sh", "-c", 'ip link set lo up && exec "$@"', "sh"),
)
"""Put before a command line: there it may capture, and nothing but itself is heard."""


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with closing(Reader(tmp_path / "state")) as opened:
        yield opened


@contextmanager
def playing(folder: Path) -> Iterator[Popen[str]]:
    """Have a sensor play the practice day, of which nobody knows the devices."""
    config = config_in(folder, home={"learning_days": 0})
    with started("sensor", "--config", config, "--recording", RECORDING) as sensor:
        yield sensor


def kill(sensor: Popen[str]) -> None:
    sensor.kill()
    sensor.wait()


def kinds(alerts: tuple[Alert, ...]) -> list[tuple[str, ...]]:
    return sorted(alert.key for alert in alerts)


def test_sigterm_ends_it_in_good_order_with_everything_saved(
    tmp_path: Path, reader: Reader
) -> None:
    with panel_here(tmp_path, pace=1) as here, playing(tmp_path) as sensor:
        until("the light says so", STARTS_WITHIN, lambda: here.client.status().light is Level.LOOK)
        sensor.terminate()
        said = sensor.communicate(timeout=10)
        assert (sensor.returncode, *said) == (0, "", "")
    health = reader.health()
    assert health is not None
    assert (health.packets, health.source) == (2104, RECORDING.name)
    assert len(reader.devices()) == 11
    assert reader.traffic(since=0, step="day")
    assert reader.flows(since=0)


def test_an_interruption_at_the_terminal_is_such_an_end_too(tmp_path: Path) -> None:
    with panel_here(tmp_path, pace=1) as here, playing(tmp_path) as sensor:
        until("the light says so", STARTS_WITHIN, lambda: here.client.status().light is Level.LOOK)
        sensor.send_signal(signal.SIGINT)
        said = sensor.communicate(timeout=10)
        assert (sensor.returncode, *said) == (0, "", "")


def test_killed_again_and_again_no_alert_is_lost_and_none_is_doubled(
    tmp_path: Path, reader: Reader
) -> None:
    """Each start plays the same day again: what goes on is the same trouble, under its first id."""
    expected = sorted(alert.key for alert in replay(RECORDING, read(KNOWN)).alerts)
    config = prepare_here(tmp_path)
    found: dict[tuple[str, ...], str] = {}
    for enough in (1, 1, 2, len(expected)):
        before = sum(alert.count for alert in reader.alerts())
        with started("sensor", "--config", config, "--recording", RECORDING) as sensor:
            until(
                "something new is on the disk",
                STARTS_WITHIN,
                lambda enough=enough, before=before: (
                    len(reader.alerts()) >= enough
                    and sum(alert.count for alert in reader.alerts()) > before
                ),
            )
            kill(sensor)
        now = {alert.key: alert.id for alert in reader.alerts()}
        assert {key: now[key] for key in found} == found
        assert kinds(reader.alerts()) == sorted(now)
        found = now
    assert kinds(reader.alerts()) == expected


def prepare_here(folder: Path) -> Path:
    """Have the box know that practice, in the folder that the test reads."""
    from appliance.config import Config  # noqa: PLC0415 - for this alone

    file = prepare(Config(state=folder / "elsewhere", run=folder / "run"))
    (folder / "elsewhere/demo").rename(folder / "state")
    moved = (folder / "state/vigie.toml").read_text("utf-8").replace("elsewhere/demo", "state")
    file = folder / "vigie.toml"
    file.write_text(moved, "utf-8")
    return file


def test_a_card_is_listened_on_until_it_is_told_to_stop(tmp_path: Path, reader: Reader) -> None:
    """The loopback card of a network of its own: no packet passes, and that is no reason to end."""
    config = config_in(tmp_path, capture={"card": "lo", "ring_mib": 1})
    with started("sensor", "--config", config, within=IN_A_NET_OF_ITS_OWN) as sensor:
        health = until("its health is on the disk", STARTS_WITHIN, reader.health)
        assert health is not None
        assert (health.source, health.seeing) == ("lo", True)
        sensor.terminate()
        said = sensor.communicate(timeout=10)
    assert sensor.returncode == 0
    assert "Traceback" not in said[1]


def test_a_card_without_its_cable_is_told_and_awaited(tmp_path: Path, reader: Reader) -> None:
    """Somebody will plug it in."""
    config = config_in(tmp_path, capture={"card": "lo", "ring_mib": 1})
    down = (*IN_A_NET_OF_ITS_OWN[:-2], 'ip link set lo down; exec "$@"', "sh")
    with started("sensor", "--config", config, within=down) as sensor:
        health = until("its health is on the disk", STARTS_WITHIN, reader.health)
        assert health is not None
        assert (health.seeing, health.why) == (False, "health.card_down")
        assert sensor.poll() is None


def test_systemd_hears_that_it_is_ready_and_of_each_second_that_went_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second is over when its packets were taken in and the store came back."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(STARTS_WITHIN)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        with playing(tmp_path):
            heard = [systemd.recv(64) for _ in range(3)]
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
