"""What the sensor announces, and what comes of it: real packets, a real panel, a telling relay."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.announcing import TRIES, Announcing
from appliance.config import Automatic
from appliance.incidents import SWITCH_LIST
from appliance.model import Alert, AlertState, Severity
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.panel.journal import AUTOMATIC
from appliance.panel.status import PanelStatus
from tests.kit.panel import FakePanel
from tests.kit.panel_process import Running, panel
from tests.kit.people import alert
from tests.kit.sensing import CAPTURES, SCAN, Card, Sensor, spoke
from tests.lab.awaiting import until

ENCRYPTS = CAPTURES / "ransomware" / "encrypts_with_notes.pcap"
ON = Automatic(detectors=("ransomware",))


class Panel(PanelClient):
    """Notes what is announced, and answers as it is told."""

    def __init__(self) -> None:
        self.announced: list[tuple[str, str]] = []
        self.answers: list[Exception] = []

    def announce(self, detector: str, alert: str) -> PanelStatus:
        self.announced.append((detector, alert))
        if self.answers:
            raise self.answers.pop(0)
        return FakePanel().status()


class Watching:
    """Alerts on the card, and who announces for them."""

    def __init__(self, *before: Alert) -> None:
        self.panel, self.open = Panel(), list(before)
        self.announcing = Announcing(["ransomware"], self.panel, lambda: self.open)

    def hear(self, *alerts: Alert) -> list[tuple[str, str]]:
        self.open += alerts
        self.announcing.hear(alerts)
        return self.panel.announced


def danger(identifier: str = "a1", **more: object) -> Alert:
    given = {"detector": "ransomware", "severity": Severity.DANGER, "state": AlertState.OPEN}
    return replace(alert(identifier), **{**given, **more})  # type: ignore[arg-type] # a test's


def test_a_danger_of_a_named_detector_is_announced_once() -> None:
    watching = Watching()
    assert watching.hear(danger()) == [("ransomware", "a1")]
    assert watching.hear(danger(count=7)) == [("ransomware", "a1")]
    assert watching.hear(danger("a2"))[1:] == [("ransomware", "a2")]


@pytest.mark.parametrize(
    "other",
    [
        {"severity": Severity.WARNING},
        {"detector": "reverse_shell"},
        {"state": AlertState.NORMAL},
        {"state": AlertState.CLOSED},
    ],
    ids=str,
)
def test_a_warning_another_detector_and_what_is_normal_are_not(other: dict[str, object]) -> None:
    assert Watching().hear(danger(**other)) == []


def test_a_warning_that_becomes_a_danger_is() -> None:
    watching = Watching()
    watching.hear(danger(severity=Severity.WARNING))
    assert watching.hear(danger()) == [("ransomware", "a1")]


def test_one_on_a_device_that_is_alarmed_already_is_as_well() -> None:
    """The alarm before may have been of a detector that nobody named."""
    assert Watching().hear(danger(again=True)) == [("ransomware", "a1")]


def test_what_was_a_danger_before_a_restart_is_not_announced_anew() -> None:
    assert Watching(danger()).hear(danger(count=2)) == []


def test_a_panel_that_is_away_or_tests_the_cut_is_asked_again() -> None:
    watching = Watching()
    watching.panel.answers = [PanelUnreachable("gone"), PanelRefused("test_running")]
    watching.hear(danger())
    for _ in range(5):
        watching.announcing.go_on()
    assert watching.panel.announced == [("ransomware", "a1")] * 3


def test_it_is_not_asked_for_ever() -> None:
    watching = Watching()
    watching.panel.answers = [PanelUnreachable("gone") for _ in range(2 * TRIES)]
    watching.hear(danger())
    for _ in range(2 * TRIES):
        watching.announcing.go_on()
    assert len(watching.panel.announced) == TRIES


def test_a_refusal_is_the_last_word() -> None:
    watching = Watching()
    watching.panel.answers = [PanelRefused("announce_resting")]
    watching.hear(danger())
    watching.announcing.go_on()
    assert len(watching.panel.announced) == 1


def test_nothing_is_announced_while_a_cut_would_wake_a_worm() -> None:
    worm = alert("w1", detector="known_bad", words={"host": "x.example", "list": SWITCH_LIST})
    assert Watching(worm).hear(danger()) == []


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with panel(tmp_path, "--counts", "ransomware") as found:
        yield found


@pytest.fixture
def sensor(tmp_path: Path) -> Iterator[Sensor]:
    made = Sensor(tmp_path, automatic=ON)
    yield made
    made.close()


def test_packets_of_an_encryption_end_in_a_cut_a_minute_later(
    running: Running, sensor: Sensor
) -> None:
    """From the mirror port to the relay: the card knew first, and nobody gave an order."""
    began = time.monotonic()
    sensor.hear(ENCRYPTS)
    shown = running.client.status().count_down
    assert shown is not None
    print(f"\nannounced {time.monotonic() - began:.3f} s after the first packet was read")
    (found,) = (each for each in sensor.alerts() if each.detector == "ransomware")
    assert (shown.detector, shown.alert) == ("ransomware", found.id)
    assert running.moves() == ["0 0"]
    running.minute()
    until("the relay has cut", 5, lambda: running.moves() == ["0 0", "1 1"])
    status = running.client.status()
    assert (status.state, status.who, status.why) == ("isolated", AUTOMATIC, "ransomware")


def test_whoever_stops_it_keeps_the_practice_online_for_an_hour(
    running: Running, sensor: Sensor
) -> None:
    sensor.hear(ENCRYPTS)
    assert running.client.stop(who="camille").count_down is None
    running.minute()
    with pytest.raises(PanelRefused, match="announce_resting"):
        running.client.announce("ransomware", "0" * 16)
    assert running.client.status().log[1].what == "stopped"
    assert running.moves() == ["0 0"]


def test_a_scan_is_no_reason(running: Running, sensor: Sensor) -> None:
    sensor.hear(SCAN)
    sensor.wait()
    assert "port_scan" in spoke(sensor.alerts())
    assert running.client.status().count_down is None


def test_a_capture_that_is_played_back_announces_nothing(running: Running, tmp_path: Path) -> None:
    """What it holds happened long ago, and elsewhere."""
    played = Sensor(tmp_path, Card(note="health.replaying"), automatic=ON)
    played.hear(ENCRYPTS)
    assert "ransomware" in spoke(played.alerts())
    assert running.client.status().count_down is None
    played.close()


def test_it_is_off_by_default(running: Running, tmp_path: Path) -> None:
    sensor = Sensor(tmp_path)
    sensor.hear(ENCRYPTS)
    assert "ransomware" in spoke(sensor.alerts())
    assert running.client.status().count_down is None
    sensor.close()
