"""``vigie prooftest``: for a moment the line is cut, and then it is said what that proved."""

from pathlib import Path

import pytest

from appliance.cli import main
from appliance.texts import say
from tests.kit.panel_here import panel_here
from tests.kit.vigie import config_in


def test_a_test_that_is_passed_is_said_with_its_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with panel_here(tmp_path) as here:
        assert main(["prooftest", "--config", str(config_in(tmp_path)), "--now", "--learn"]) == 0
        assert here.client.status().state == "connected"
    said = capsys.readouterr().out
    assert say("en", "panel.log.test_passed") in said
    assert say("en", "panel.source.probe") in said


def test_a_relay_in_the_wrong_cable_does_not_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with panel_here(tmp_path, wired_wrong=True):
        assert main(["prooftest", "--config", str(config_in(tmp_path)), "--now"]) == 1
    assert say("en", "panel.log.test_not_proven") in capsys.readouterr().out


def test_while_people_may_be_at_work_it_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with panel_here(tmp_path) as here:
        assert main(["prooftest", "--config", str(config_in(tmp_path))]) == 1
        assert here.client.status().state == "connected"
    assert say("en", "panel.error.test_hours") in capsys.readouterr().err
