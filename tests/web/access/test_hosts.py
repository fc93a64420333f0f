"""The box answers to its own names only: a hostile site cannot borrow them (DNS rebinding, W7)."""

import socket

import pytest

from appliance.config import Web
from tests.kit.site import Site, site
from web.access.hosts import is_ours

NAMES = ("vigie.cabinet.example",)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8080",
        "LOCALHOST",
        "vigie.cabinet.example",
        "Vigie.Cabinet.Example:443",
        "vigie.cabinet.example.",
        "127.0.0.1",
        "127.0.0.1:8080",
        "[::1]",
        "[::1]:8080",
        socket.gethostname(),
        f"{socket.gethostname().partition('.')[0]}.local:443",
    ],
)
def test_the_box_knows_its_names(host: str) -> None:
    assert is_ours(host, NAMES)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "vigie.cabinet.example.evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "localhost@evil.example",
        "evil.example@localhost",
        "localhost/evil",
        "localhost evil.example",
        "93.184.216.34",
        "0.0.0.0",
        "[::]",
        "224.0.0.1",
        "[::1",
        "localhost:port",
        "localhost:99999",
        "2130706433",
    ],
)
def test_every_other_name_is_foreign(host: str) -> None:
    assert not is_ours(host, NAMES)


def test_a_foreign_name_gets_a_plain_page_and_nothing_else(opened: Site) -> None:
    technician = opened.technician()
    answer = technician.get("/devices", Host="evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
    assert "PC de l" not in answer.text


def test_even_what_is_open_to_all_needs_the_right_name(opened: Site) -> None:
    for path in ("/healthz", "/login", "/static/style.css"):
        assert opened.client().get(path, Host="evil.example").status_code == 400


def test_the_installers_names_are_taken(tmp_path) -> None:
    with site(tmp_path, web=Web(names=NAMES)) as made:
        assert made.client().get("/login", Host="VIGIE.cabinet.example").status_code == 200
