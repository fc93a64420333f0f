"""``vigie stopcount``: anybody at the box's command line stops a count-down."""

from pathlib import Path

import pytest

from appliance.cli import main
from appliance.texts import say
from tests.kit.panel_process import panel
from tests.kit.vigie import config_in


def test_it_stops_what_runs_and_says_when_nothing_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["stopcount", "--config", str(config_in(tmp_path))]
    with panel(tmp_path, "--counts", "ransomware") as running:
        running.client.announce("ransomware", "0" * 16)
        assert main(["status", *given[1:]]) == 0
        assert "vigie stopcount" in capsys.readouterr().out
        assert main(given) == 0
        assert capsys.readouterr().out.startswith(say("en", "panel.proof.none.title"))
        assert running.client.status().count_down is None
        assert main(given) == 1
    assert capsys.readouterr().err == f"vigie: {say('en', 'panel.error.nothing_to_stop')}\n"
