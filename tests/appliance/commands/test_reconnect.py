"""``vigie reconnect``: a deliberate act, with a reason."""

from pathlib import Path

import pytest

from appliance.cli import main
from tests.kit.panel_here import panel_here
from tests.kit.vigie import config_in


def test_the_uplink_is_joined_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with panel_here(tmp_path) as here:
        here.client.isolate(why="ransom note")
        given = ["--config", str(config_in(tmp_path)), "--why", "all machines checked"]
        assert main(["reconnect", *given]) == 0
        status = here.client.status()
    assert (status.state, status.why) == ("connected", "all machines checked")
    assert capsys.readouterr().out.startswith("The practice is connected to the internet\n")


def test_it_asks_for_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["reconnect", "--config", str(config_in(tmp_path))])
    assert caught.value.code == 2
    assert "--why" in capsys.readouterr().err
