"""``vigie status``: what the light says, for people and for programs."""

import json
from pathlib import Path

import pytest

from appliance.cli import main
from appliance.panel.status import from_json
from appliance.texts import say
from tests.kit.front_panel import beat
from tests.kit.panel_here import panel_here
from tests.kit.vigie import config_in


def test_people_read_how_the_practice_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """First as the light says it, then how the uplink is; no line comes twice."""
    config = ["--config", str(config_in(tmp_path))]
    with panel_here(tmp_path, pace=1) as here:
        here.client.heartbeat(beat())
        assert main(["status", *config]) == 0
        lines = capsys.readouterr().out.splitlines()
        titles = ("panel.level.well.title", "panel.proof.none.title")
        assert lines[:2] == [say("en", title) for title in titles]
        assert len(set(lines)) == len(lines)


def test_a_cut_that_is_not_proven_yet_is_an_exit_status_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with panel_here(tmp_path, pace=1) as here:
        here.client.isolate()
        assert main(["status", "--config", str(config_in(tmp_path))]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert len(set(lines)) == len(lines)


def test_programs_read_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with panel_here(tmp_path, pace=1) as here:
        assert main(["status", "--json", "--config", str(config_in(tmp_path))]) == 0
        assert from_json(json.loads(capsys.readouterr().out)) == here.client.status()


def test_without_a_panel_it_fails_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--config", str(config_in(tmp_path))]) == 1
    assert "cannot be reached" in capsys.readouterr().err
