"""``vigie reconnect``: a deliberate act, with a reason."""

from pathlib import Path

import pytest

from appliance.cli import main
from appliance.texts import say
from tests.kit.panel_here import panel_here
from tests.kit.vigie import config_in
from tests.lab.awaiting import until


def given(folder: Path) -> list[str]:
    return ["--config", str(config_in(folder)), "--why", "all machines checked"]


def test_the_uplink_is_joined_again_when_it_is_not_too_soon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with panel_here(tmp_path) as here:
        here.client.isolate(why="ransom note")
        assert main(["reconnect", *given(tmp_path)]) == 1
        assert capsys.readouterr().err == f"vigie: {say('en', 'panel.error.just_isolated')}\n"
        until("it is not too soon any more", 10, lambda: main(["reconnect", *given(tmp_path)]) == 0)
        status = here.client.status()
    assert (status.state, status.why) == ("connected", "all machines checked")
    assert capsys.readouterr().out.startswith(say("en", "panel.proof.none.title"))


def test_it_asks_for_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["reconnect", "--config", str(config_in(tmp_path))])
    assert caught.value.code == 2
    assert "--why" in capsys.readouterr().err
