"""``vigie run``: what hinders it, it says; the rest is in ``test_supervisor.py``."""

from pathlib import Path
from socket import create_server

import pytest

from appliance.cli import main
from tests.kit.vigie import config_in, one_sentence


def test_a_taken_address_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        config = config_in(tmp_path, web={"listen": listen})
        assert main(["run", "--demo", "--config", str(config)]) == 1
    said = capsys.readouterr()
    assert listen in said.err
    assert one_sentence(said.err)
    assert said.out == ""


def test_a_configuration_with_mistakes_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--config", str(config_in(tmp_path, web={"lisen": 1}))]) == 2
    assert "did you mean listen" in capsys.readouterr().err
