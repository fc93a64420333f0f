"""What is put on the card beforehand, and the code of the first set-up."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config_file import load
from tests.kit.card import FILES, program

card = program("start")
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ camille"


class Box:
    """A card in a box, and what happens at its starts."""

    def __init__(self, folder: Path) -> None:
        for name in ("boot", "etc", "settings", "card", "wifi"):
            (folder / name).mkdir()
        self.owners: dict[str, str] = {}
        self.places = card.Places(
            boot=folder / "boot",
            base=FILES / "usr/lib/card/base.toml",
            config=folder / "etc/vigie.toml",
            settings=folder / "settings",
            card=folder / "card",
            wifi=folder / "wifi",
            issue=folder / "issue.d/code.issue",
        )

    def put(self, text: str) -> None:
        (self.places.boot / "vigie.toml").write_text(text, "utf-8")

    def start(self) -> list[str]:
        return list(card.start(self.places, self._own))

    def _own(self, file: Path, user: str) -> None:
        self.owners[file.name] = user

    @property
    def config(self) -> dict[str, Any]:
        return tomllib.loads(self.places.config.read_text("utf-8"))

    @property
    def boot(self) -> set[str]:
        return {file.name for file in self.places.boot.iterdir()}

    @property
    def code(self) -> str:
        return (self.places.settings / "setup-code").read_text("ascii")


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_with_nothing_on_it_the_card_starts_with_the_defaults_and_a_code_of_its_own(
    box: Box,
) -> None:
    said = box.start()
    assert box.config == {"web": {"listen": "0.0.0.0:443"}, "panel": {"pins": "real"}}
    assert len(box.code) == 11
    assert box.owners == {"vigie.toml": "root", "setup-code": "vigie-web"}
    assert [box.code in line for line in said] == [True, True]  # French, and English
    for shown in (box.places.boot / "SETUP-CODE.txt", box.places.issue):
        assert shown.read_text("utf-8").count(box.code) == 2


def test_no_two_cards_have_the_same_code(tmp_path: Path) -> None:
    codes = set()
    for name in "abc":
        (tmp_path / name).mkdir()
        box = Box(tmp_path / name)
        box.start()
        codes.add(box.code)
    assert len(codes) == 3


def test_the_code_stays_until_it_is_used_and_does_not_come_back(box: Box) -> None:
    box.start()
    code = box.code
    assert code in box.start()[0]
    (box.places.settings / "setup-code").unlink()
    assert box.start() == []
    assert not (box.places.settings / "setup-code").exists()


def test_what_was_put_there_is_in_force_and_the_file_goes(box: Box) -> None:
    box.put('[practice]\nname = "Dr \\"Martin\\""\nlanguage = "en"\n[capture]\ncard = "eth1"\n')
    box.start()
    assert load(box.places.config).practice.name == 'Dr "Martin"'
    assert load(box.places.config).web.listen == "0.0.0.0:443"
    assert box.boot == {"SETUP-CODE.txt"}


def test_what_was_put_there_has_the_last_word(box: Box) -> None:
    box.put('[web]\nlisten = "0.0.0.0:8443"\n')
    box.start()
    assert box.config["web"]["listen"] == "0.0.0.0:8443"
    assert box.config["panel"]["pins"] == "real"


def test_a_later_file_is_taken_instead_of_the_first(box: Box) -> None:
    box.put('[practice]\nlanguage = "en"\n')
    box.start()
    box.put('[practice]\nname = "A"\n')
    box.start()
    assert box.config["practice"] == {"name": "A"}


def test_with_wifi_the_cable_is_for_the_mirror_port(box: Box) -> None:
    box.put('[wifi]\nname = "Cabinet"\npassphrase = "dents blanches"\n')
    box.start()
    assert box.config["capture"] == {"card": "eth0"}
    assert box.config["panel"]["management_card"] == "wlan0"
    file = box.places.wifi / "Cabinet.psk"
    assert file.read_text("ascii") == "[Security]\nPassphrase=dents blanches\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "dents blanches" not in box.places.config.read_text("utf-8")


def test_cards_that_were_named_stay_named(box: Box) -> None:
    wifi = '[wifi]\nname = "Cabinet"\npassphrase = "dents blanches"\n'
    box.put(f'[capture]\ncard = "eth1"\n{wifi}')
    box.start()
    assert box.config["capture"] == {"card": "eth1"}


def test_only_the_wifi_that_was_named_last_is_looked_for(box: Box) -> None:
    """A name that is no name of a file is spelt as iwd wants it."""
    for name in ("Cabinet", "Café/2"):
        box.put(f'[wifi]\nname = "{name}"\npassphrase = "dents\\\\blanches"\n')
        box.start()
    (file,) = box.places.wifi.iterdir()
    assert file.name == f"={'Café/2'.encode().hex()}.psk"
    assert r"Passphrase=dents\\blanches" in file.read_text("ascii")


def test_the_code_and_keys_of_whoever_prepared_the_card_are_taken(box: Box) -> None:
    box.put(f'[first]\ncode = "CABIN-ET234"\nssh_keys = ["{KEY}"]\n')
    assert "CABIN-ET234" in "".join(box.start())
    assert box.code == "CABIN-ET234"
    keys = box.places.card / "authorized_keys"
    assert keys.read_text("ascii") == f"{KEY}\n"
    assert "first" not in box.config


def test_ssh_is_turned_off_again_by_an_empty_list_of_keys(box: Box) -> None:
    box.put(f'[first]\nssh_keys = ["{KEY}"]\n')
    box.start()
    box.put('[practice]\nlanguage = "fr"\n')
    box.start()
    assert (box.places.card / "authorized_keys").exists()
    box.put("[first]\nssh_keys = []\n")
    box.start()
    assert not (box.places.card / "authorized_keys").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[practice\n", "vigie.toml: "),
        ('[practice]\nlangage = "fr"\n', "did you mean language"),
        ('[practice]\nlanguage = "de"\n', "fr or en"),
        ('wifi = "Cabinet"\n', "[wifi]"),
        ('[wifi]\nname = "Cabinet"\n', "[wifi] passphrase"),
        ('[wifi]\nname = "Cabinet"\npassphrase = "court"\n', "8 to 63"),
        ('[wifi]\nname = "C"\npassphrase = "dents\\nblanches"\n', "8 to 63"),
        (f'[wifi]\nname = "{"C" * 33}"\npassphrase = "dents blanches"\n', "1 to 32"),
        ('[wifi]\nssid = "C"\n', "no key is called ssid"),
        ('[first]\ncode = "1234"\n', "[first] code"),
        ("[first]\nssh_keys = [1]\n", "[first] ssh_keys"),
        ('[first]\nssh_keys = "x"\n', "[first] ssh_keys"),
        ('[first]\nssh_keys = ["command=\\"x\\" ssh-rsa AAAA"]\n', "[first] ssh_keys"),
        ('[first]\nssh_keys = ["ssh-rsa AAAA a\\nssh-rsa BBBB"]\n', "[first] ssh_keys"),
    ],
)
def test_a_mistake_is_said_and_the_card_starts_with_the_defaults(
    box: Box, text: str, says: str
) -> None:
    box.put(text)
    said = box.start()
    assert any(says in line for line in said)
    assert says in (box.places.boot / "vigie-mistakes.txt").read_text("utf-8")
    assert box.boot == {"vigie.toml", "vigie-mistakes.txt", "SETUP-CODE.txt"}
    assert box.config == {"web": {"listen": "0.0.0.0:443"}, "panel": {"pins": "real"}}
    assert [*box.places.wifi.iterdir()] == []


def test_all_mistakes_are_said_at_once(box: Box) -> None:
    box.put(
        '[practice]\nlangage = "fr"\n[wifi]\nname = ""\npassphrase = "x"\n[first]\ncode = "x"\n'
    )
    box.start()
    wrong = (box.places.boot / "vigie-mistakes.txt").read_text("utf-8").splitlines()
    assert len(wrong) == 4


def test_a_mistake_that_was_mended_is_no_longer_told(box: Box) -> None:
    box.put("[practice\n")
    box.start()
    box.put('[practice]\nlanguage = "en"\n')
    box.start()
    assert box.boot == {"SETUP-CODE.txt"}
    assert box.config["practice"] == {"language": "en"}


def test_a_box_in_use_keeps_its_configuration_when_the_new_one_has_a_mistake(box: Box) -> None:
    box.put('[practice]\nname = "A"\n')
    box.start()
    box.put("[practice]\nname = 1\n")
    box.start()
    assert box.config["practice"] == {"name": "A"}


def test_the_example_on_the_card_is_sound_as_it_is_and_with_every_line_in_force(box: Box) -> None:
    example = (FILES / "boot/firmware/vigie-example.toml").read_text("utf-8")
    box.put(example)
    box.start()
    assert box.boot == {"SETUP-CODE.txt"}
    _, _, tables = example.partition("[practice]")
    full = "[practice]" + tables.replace("\n# ", "\n")
    full = full.replace('code = "…"', 'code = "CABIN-ET234"').replace("AAAA…", "AAAA")
    box.put(full.replace('name = "…"', 'name = "C"').replace('"…"', '"dents blanches"'))
    said = box.start()
    assert box.boot == {"SETUP-CODE.txt"}, said
    assert box.config["panel"]["management_card"] == "wlan0"


_values = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
_tables = st.recursive(
    st.dictionaries(st.text(min_size=1), _values, max_size=4),
    lambda inner: st.dictionaries(st.text(min_size=1), _values | inner, max_size=3),
    max_leaves=5,
)


@given(_tables)
def test_what_is_written_reads_the_same(document: dict[str, Any]) -> None:
    assert tomllib.loads("\n".join(card.written(document))) == document
