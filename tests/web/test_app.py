"""The application as a whole: bounds on what it takes in, and its key."""

import stat
from pathlib import Path

import pytest
from flask import Flask

from tests.kit.site import Site, site
from web import access
from web.app import LARGEST


def test_a_route_without_a_right_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install = access.install

    def with_one_more(app: Flask) -> None:
        install(app)
        app.add_url_rule("/forgotten", "forgotten", lambda: "")

    monkeypatch.setattr(access, "install", with_one_more)
    with pytest.raises(ValueError, match="no right of their own: forgotten"), site(tmp_path):
        pass


def test_cookies_outlive_a_restart_and_their_key_is_the_boxs_alone(opened: Site) -> None:
    visitor = opened.technician()
    value = visitor.browser.get_cookie("vigie")
    path = opened.state / "web.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with site(opened.state, filled=False) as again:
        after = again.client()
        after.browser.set_cookie("vigie", value.value)
        assert after.get("/devices").status_code == 200


def test_what_is_too_large_is_refused(opened: Site) -> None:
    """W18, W13."""
    technician = opened.technician()
    large = technician.post("/isolation/cut", why="x" * (LARGEST + 1))
    assert large.status_code == 413
    parts = {f"field{number}": "x" for number in range(1000)}
    token = technician.token()
    many = technician.browser.post(
        "/isolation/cut",
        data=parts | {"csrf_token": token},
        content_type="multipart/form-data",
    )
    assert many.status_code == 413
    assert not opened.panel.isolated


def test_a_bomb_in_disguise_is_only_read_as_it_comes(opened: Site) -> None:
    """A compressed body is not unpacked: it is no form."""
    technician = opened.technician()
    answer = technician.browser.post(
        "/isolation/cut", data=b"\x1f\x8b\x08" + bytes(1000), headers={"Content-Encoding": "gzip"}
    )
    assert answer.status_code == 403
