"""What the box prints."""

from datetime import UTC, datetime
from pathlib import Path
from socket import create_server

import pytest

from appliance.config import Config, Practice, Web
from web import tls
from web.greeting import greet, greeting

CODE = "ABCDE-FGHIJ"


def config(tmp_path: Path, listen: str = "127.0.0.1:8080") -> Config:
    return Config(state=tmp_path, web=Web(listen=listen), practice=Practice(language="en"))


def test_a_new_box_prints_a_link_and_a_code_to_type(tmp_path: Path) -> None:
    assert list(greeting(config(tmp_path), CODE)) == [
        "First set-up (this link works for 30 minutes, and once):",
        f"http://127.0.0.1:8080/setup?code={CODE}",
        f"or type this code on the page: {CODE}",
    ]


def test_a_box_that_is_set_up_prints_where_its_pages_are(tmp_path: Path) -> None:
    assert list(greeting(config(tmp_path), None)) == ["Vigie's pages:", "http://127.0.0.1:8080"]


def test_outside_loopback_it_prints_the_fingerprint_of_its_certificate(tmp_path: Path) -> None:
    tls.prepare(tmp_path / "tls", ("vigie.local",), datetime.now(UTC).timestamp())
    first, *_ = greeting(config(tmp_path, "0.0.0.0:8443"), None)
    assert len(first.rpartition(" ")[2]) == 64


def test_it_prints_once_the_pages_can_be_reached(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with create_server(("127.0.0.1", 0)) as listening:
        greet(config(tmp_path, f"127.0.0.1:{listening.getsockname()[1]}"), CODE)
    assert CODE in capsys.readouterr().out


def test_it_prints_nothing_when_they_never_can(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.greeting.PATIENCE", 0.1)
    greet(config(tmp_path, "127.0.0.1:1"), CODE)
    assert capsys.readouterr().out == ""
