"""What is done before the pages are served, and what the box prints."""

import re
from pathlib import Path

import pytest

from appliance.config import Config, Practice, Web
from appliance.store import Office, Role
from tests.kit.site import Clock
from web.prepare import apart, begin, certify, greeting
from web.watching import token_of


def config(tmp_path: Path, listen: str = "127.0.0.1:8080") -> Config:
    return Config(
        state=tmp_path / "state",
        run=tmp_path,
        web=Web(listen=listen),
        practice=Practice(language="en"),
    )


def test_a_new_box_prints_a_link_with_its_code(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert apart(begin, config(tmp_path))
    printed = capfd.readouterr().out.splitlines()
    (link,) = [line for line in printed if line.startswith("http")]
    found = re.fullmatch(r"http://127.0.0.1:8080/setup\?code=([A-Z2-7]{5}-[A-Z2-7]{5})", link)
    assert found
    assert any(line.endswith(f": {found[1]}") for line in printed)
    assert token_of(tmp_path / "state")


def test_a_box_that_is_set_up_prints_where_its_pages_are(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path / "state", Clock())
    office.add_user("camille", "x", role=Role.TECHNICIAN, language="fr")
    office.close()
    begin(config(tmp_path))
    assert capfd.readouterr().out.splitlines() == ["Vigie's pages:", "http://127.0.0.1:8080"]


def test_outside_loopback_there_is_a_certificate_and_its_fingerprint(tmp_path: Path) -> None:
    made = config(tmp_path, "0.0.0.0:8443")
    made.state.mkdir()
    certify(made)
    assert (made.state / "tls/leaf.pem").exists()
    *_, last = greeting(made, None)
    assert re.search(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$", last)


def test_on_loopback_there_is_none(tmp_path: Path) -> None:
    certify(config(tmp_path))
    assert not (tmp_path / "state").exists()


def test_what_fails_apart_is_noticed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "state").write_text("a file where the directory should be")
    assert not apart(begin, config(tmp_path))
    capfd.readouterr()
