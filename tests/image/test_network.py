"""The card on the mirror port is silent: which one it is."""

import json
from pathlib import Path

import pytest

from tests.kit.card import program

network = program("network")
BOTH = '[capture]\ncard = "eth0"\n[panel]\nmanagement_card = "wlan0"\n'


@pytest.mark.parametrize(
    ("installers", "pages", "card"),
    [
        (BOTH, {}, "eth0"),
        ("", {"capture": {"card": "eth0"}, "panel": {"management_card": "eth1"}}, "eth0"),
        ('[capture]\ncard = "eth0"\n', {"panel": {"management_card": "eth1"}}, "eth0"),
        ("", {}, ""),
        ('[capture]\ncard = "eth0"\n', {}, ""),
        ('[capture]\ncard = "eth0"\n[panel]\nmanagement_card = "eth0"\n', {}, ""),
        ('[panel]\nmanagement_card = "wlan0"\n', {}, ""),
        (BOTH.replace("eth0", 'eth0\\"; drop'), {}, ""),
        ("[capture\n", {}, ""),
    ],
)
def test_it_is_the_one_that_is_named_beside_another_for_the_pages(
    tmp_path: Path, installers: str, pages: dict[str, dict[str, str]], card: str
) -> None:
    """With one for both, or nobody having said, there is nothing to keep apart."""
    (tmp_path / "vigie.toml").write_text(installers, "utf-8")
    (tmp_path / "settings.json").write_text(json.dumps(pages), "utf-8")
    assert network.silent(tmp_path / "vigie.toml", tmp_path) == card


def test_settings_that_cannot_be_read_leave_the_installers(tmp_path: Path) -> None:
    (tmp_path / "vigie.toml").write_text(BOTH, "utf-8")
    (tmp_path / "settings.json").write_text("{", "utf-8")
    assert network.silent(tmp_path / "vigie.toml", tmp_path) == "eth0"


def test_avahi_is_told_once_and_told_again() -> None:
    before = "[server]\n#deny-interfaces=eth1\nuse-ipv4=yes\n"
    told = network.avahi(before, "eth0")
    assert told == "[server]\ndeny-interfaces=eth0\nuse-ipv4=yes\n"
    assert network.avahi(told, "eth0") == told
    assert network.avahi(told, "") == "[server]\nuse-ipv4=yes\n"
