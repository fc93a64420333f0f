"""``vigie isolate``: the cable is cut at once, and what is claimed of the cut is true."""

import time
from pathlib import Path

import pytest

from appliance.cli import main
from appliance.texts import say
from tests.kit.panel_here import panel_here
from tests.kit.panel_process import panel
from tests.kit.vigie import config_in, started
from tests.lab.awaiting import until


def test_the_cut_is_proven_and_said_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with panel_here(tmp_path) as here:
        assert main(["isolate", "--config", str(config_in(tmp_path)), "--why", "ransom note"]) == 0
        assert here.client.status().state == "isolated"
    said = capsys.readouterr().out
    assert said.startswith(say("en", "panel.proof.proven.title"))
    assert "Reason: ransom note" in said


def test_a_relay_in_the_wrong_cable_is_never_called_a_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The gateway still answers: the exit status says it, and the words say what to pull."""
    with panel_here(tmp_path, wired_wrong=True):
        assert main(["isolate", "--config", str(config_in(tmp_path)), "--why", "essai"]) == 1
    assert "UPLINK" in capsys.readouterr().out


def test_the_relay_opens_while_the_command_still_runs(tmp_path: Path) -> None:
    """The order is the first thing it does; how long that took is printed (``pytest -s``)."""
    with panel(tmp_path) as running:
        config = config_in(tmp_path)
        began = time.monotonic()
        with started("isolate", "--config", config, "--why", "essai") as command:
            until("the relay is open", 10, lambda: running.moves() == ["0 0", "1 1"])
            print(f"\nrelay open {1000 * (time.monotonic() - began):.0f} ms after the command")
            assert command.poll() is None


def test_without_a_panel_it_fails_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["isolate", "--config", str(config_in(tmp_path)), "--why", "essai"]) == 1
    assert "cannot be reached" in capsys.readouterr().err
