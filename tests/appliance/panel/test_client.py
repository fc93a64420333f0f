"""The client: orders arrive, refusals and silence are one clear sentence."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.model import Level
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.panel.lamp import Part
from tests.kit.answering import LATER, answering
from tests.kit.front_panel import beat
from tests.kit.panel_process import Running, panel


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with panel(tmp_path) as found:
        yield found


def test_orders_and_questions(running: Running) -> None:
    client = running.client
    assert client.status().state == "connected"
    assert client.line() == ("connected", 0.0)
    assert client.heartbeat(beat(Level.LOOK)).light is Level.LOOK
    isolated = client.isolate(who="Alice", why="mail")
    assert (isolated.state, isolated.who, isolated.why) == ("isolated", "Alice", "mail")
    with pytest.raises(PanelRefused) as refusal:
        client.reconnect(who="Alice")
    assert refusal.value.key == "just_isolated"


def test_the_buzzer_is_silenced(running: Running) -> None:
    loud = beat(Level.DANGER, shouts=["0" * 16])
    assert running.client.heartbeat(loud).buzzing
    assert not running.client.hush(who="Alice").buzzing


def test_a_colour_is_shown_and_said(running: Running) -> None:
    assert running.client.try_lamp(Part.BLUE).lamp == "blue"


def test_watching_gives_now_and_each_change(running: Running) -> None:
    changes = running.client.watch()
    assert next(changes).state == "connected"
    running.client.isolate()
    assert next(changes).state == "isolated"


def test_words_that_are_too_long_are_cut(running: Running) -> None:
    """A long reason must not cost the order."""
    status = running.client.isolate(who="é" * 9999, why="\U0001f600" * 9999)
    assert (len(status.who), len(status.why)) == (64, 200)


def test_a_panel_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PanelUnreachable, match=r"panel\.sock cannot be reached: No such file"):
        PanelClient(tmp_path / "panel.sock").status()


def test_whoever_can_do_without_the_panel_is_told_of_none(tmp_path: Path) -> None:
    assert PanelClient(tmp_path / "panel.sock").status_if_any() is None


@pytest.mark.parametrize("answer", [b"", b"nonsense\n", b"[]\n", b'{"ok":true,"status":{}}\n'])
def test_an_answer_that_is_none_is_one_sentence(tmp_path: Path, answer: bytes) -> None:
    with (
        answering(tmp_path / "panel.sock", answer) as client,
        pytest.raises(PanelUnreachable, match="it gave no answer"),
    ):
        client.status()


def test_a_later_panel_still_tells_an_earlier_build_of_the_line(tmp_path: Path) -> None:
    with answering(tmp_path / "panel.sock", LATER) as client:
        assert client.line() == ("isolated", 90.0)


def test_a_panel_that_goes_away_ends_the_watching(tmp_path: Path) -> None:
    with panel(tmp_path) as running:
        changes = running.client.watch()
        next(changes)
        running.kill()
        with pytest.raises(PanelUnreachable):
            next(changes)


def test_it_is_light_to_import() -> None:
    """An order from the command line must be out in a moment."""
    code = "import sys, appliance.panel.client; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"numpy", "gpiozero", "pyroute2", "asyncio", "tomllib", "sqlite3", "flask", "ssl"}
    assert heavy & set(loaded.stdout.split()) == set()


def test_a_count_down_is_announced_and_stopped(tmp_path: Path) -> None:
    with panel(tmp_path, "--counts", "ransomware") as running:
        shown = running.client.announce("ransomware", "00112233445566aa").count_down
        assert shown is not None
        assert (shown.detector, shown.alert) == ("ransomware", "00112233445566aa")
        assert running.client.stop(who="Alice").count_down is None
        with pytest.raises(PanelRefused) as refusal:
            running.client.stop()
    assert refusal.value.key == "nothing_to_stop"
