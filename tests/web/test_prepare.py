"""What is done before the pages are served."""

from pathlib import Path

import pytest

from appliance.config import Config, Web
from web.prepare import apart, begin, certify
from web.watching import token_of


def config(tmp_path: Path, listen: str = "127.0.0.1:8080") -> Config:
    return Config(state=tmp_path / "state", run=tmp_path, web=Web(listen=listen))


def test_a_new_box_gets_its_database_and_its_token(tmp_path: Path) -> None:
    assert apart(begin, config(tmp_path))
    assert (tmp_path / "state/vigie.db").exists()
    assert token_of(tmp_path / "state")


def test_outside_loopback_it_gets_a_certificate(tmp_path: Path) -> None:
    made = config(tmp_path, "0.0.0.0:8443")
    made.state.mkdir()
    certify(made)
    assert (made.state / "tls/leaf.pem").exists()


def test_on_loopback_it_gets_none(tmp_path: Path) -> None:
    certify(config(tmp_path))
    assert not (tmp_path / "state").exists()


def test_what_fails_apart_is_told_in_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("a file where the directory should be")
    assert not apart(begin, config(tmp_path))
    said = capfd.readouterr().err
    assert str(tmp_path) in said
    assert "Traceback" not in said
