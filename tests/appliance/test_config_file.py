"""The configuration file: what is right is taken, what is wrong is all said at once."""

import json
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config import Config, Panel
from appliance.config_file import ConfigError, limits_of, load, read
from appliance.config_place import DIRECTORIES

FILE = "vigie.toml"
LIMITS = limits_of()


def config(text: str) -> Config:
    return read(tomllib.loads(text), FILE, {})


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config(text)
    return [line.removeprefix(f"{FILE}: ") for line in caught.value.mistakes]


def test_an_empty_file_means_the_defaults() -> None:
    assert config("") == Config()


def test_values_of_every_kind_are_taken() -> None:
    found = config(
        """
        practice.name = "Cabinet des Lilas"
        home = { networks = ["192.168.1.0/24", "fd00::/64"], learning_days = 3 }
        [panel]
        pins = "simulated"
        relay_active_high = false
        feedback = 5
        button = false
        technicians = ["anna"]
        [web]
        listen = "[::]:443"
        names = ["vigie.local", "192.168.1.9"]
        [paths]
        state = "/srv/vigie"
        """
    )
    assert found.practice.name == "Cabinet des Lilas"
    assert found.home.networks == ("192.168.1.0/24", "fd00::/64")
    assert (found.home.learning_days, type(found.home.learning_days)) == (3.0, float)
    assert found.panel == Panel(
        pins="simulated", relay_active_high=False, feedback=5, button=None, technicians=("anna",)
    )
    assert found.web.names == ("vigie.local", "192.168.1.9")
    assert (found.state, found.run) == (Path("/srv/vigie"), Config().run)


def test_every_mistake_is_named_with_its_table_and_key() -> None:
    assert mistakes(
        """
        [capture]
        ring_mb = 32
        conversations = 10
        [home]
        networks = ["192.168.1.0/24", "192.168.1.5/24", "ten"]
        [panle]
        [panel]
        relay = "17"
        buzzer = 27
        [web]
        listen = "1"
        [paths]
        run = ""
        """
    ) == [
        "no table is called 'panle' (did you mean panel).",
        "[paths] run must be the name of a directory, not ''.",
        "[capture] no key is called 'ring_mb' (did you mean ring_mib).",
        "[capture] conversations must be a whole number from 1024 to 1048576, not 10.",
        "[home] networks must be a network such as 192.168.1.0/24, not '192.168.1.5/24'.",
        "[home] networks must be a network such as 192.168.1.0/24, not 'ten'.",
        "[panel] relay must be a whole number from 0 to 27, not '17'.",
        "[panel] button and buzzer cannot both be GPIO 27.",
        "[web] listen must be an address and a port such as 127.0.0.1:8080 or [::]:443, not '1'.",
    ]


def test_a_name_like_no_other_gets_the_list_of_names() -> None:
    (mistake,) = mistakes("[practice]\nzzz = 1")
    known = "name, language, topology, remote_tools, hours, timezone"
    assert mistake == f"[practice] no key is called 'zzz' (there are {known})."


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("home.learning_days = nan", "a number from 0 to 90, not nan"),
        ("home.learning_days = -1", "a number from 0 to 90, not -1"),
        ("home.learning_days = true", "a number from 0 to 90, not true"),
        ("capture.ring_mib = 2.0", "a whole number from 1 to 1024, not 2.0"),
        ("capture.ring_mib = false", "a whole number from 1 to 1024, not false"),
        (
            'practice.hours = ["mon 8-12"]',
            "days and times such as mon-fri 08:00-19:00, not 'mon 8-12'",
        ),
        (
            'practice.timezone = "Europe/Pari"',
            "a time zone such as Europe/Paris, not 'Europe/Pari' (did you mean Europe/Paris)",
        ),
        ("capture.card = 'eth0/1'", "a network card such as eth0, not 'eth0/1'"),
        ("panel.led_active_high = 1", "true or false, not 1"),
        ("panel.pins = 'fake'", "auto or real or simulated, not 'fake'"),
        ("panel.technicians = ['Anna B']", "the name of a user, not 'Anna B'"),
        ("practice.language = 'de'", "fr or en, not 'de'"),
        ("practice.name = 5", "printable text in quotes, not 5"),
        ('practice.name = "a\\u0007"', "printable text in quotes, not 'a\\x07'"),
        ("home.networks = '10.0.0.0/8'", "a list in [ ], not '10.0.0.0/8'"),
        ("web.names = ['a b']", "a host name or an address, not 'a b'"),
        ("web.listen = '127.0.0.1:0'", "127.0.0.1:8080 or [::]:443, not '127.0.0.1:0'"),
        ("web.listen = '::1:80'", "127.0.0.1:8080 or [::]:443, not '::1:80'"),
        ("web = 5", "web is a table, to be written [web] on a line of its own"),
    ],
)
def test_a_wrong_value_is_refused(line: str, complaint: str) -> None:
    """The sentence says what it must be, and repeats what it is."""
    (mistake,) = mistakes(line)
    assert mistake.endswith(f"{complaint}.")


@pytest.mark.parametrize("listen", ["127.0.0.1:8080", "0.0.0.0:443", "[::1]:1", "[::]:65535"])
def test_an_address_with_a_port_is_accepted(listen: str) -> None:
    assert config(f"web.listen = '{listen}'").web.listen == listen


@pytest.mark.parametrize("id_", LIMITS)
def test_each_detector_has_a_section_of_its_limits(id_: str) -> None:
    """Its limits can be set, and a value outside the range is refused."""
    highest = {limit.name: limit.metadata["maximum"] for limit in fields(LIMITS[id_])}
    assert read({"detectors": {id_: highest}}, FILE, {}).detectors == {id_: LIMITS[id_](**highest)}
    for name, value in highest.items():
        (mistake,) = mistakes(f"[detectors.{id_}]\n{name} = {value + 1}")
        assert mistake.startswith(f"[detectors.{id_}] {name} must be ")


def test_an_unknown_detector_is_named_with_its_neighbour() -> None:
    id_ = next(iter(LIMITS))
    assert mistakes(f"[detectors.{id_}x]") == [
        f"[detectors] no detector is called '{id_}x' (did you mean {id_})."
    ]


def test_a_box_keeps_its_state_where_the_system_wants_it(tmp_path: Path) -> None:
    """Under the system's folder the directories are the system's, elsewhere the checkout's."""
    installed = tmp_path / "etc" / "vigie.toml"
    installed.parent.mkdir()
    installed.write_text("[practice]\nname = 'A'\n", "utf-8")
    beside = tmp_path / "vigie.toml"
    beside.write_text("[practice]\nname = 'B'\n", "utf-8")

    box = load(installed=installed, here=tmp_path)
    assert box.practice.name == "A"
    assert (box.state, box.latch, box.run, box.settings) == tuple(DIRECTORIES.values())
    given = load(beside, installed=installed, here=tmp_path)
    assert (given.practice.name, given.state) == ("B", Config().state)
    installed.unlink()
    assert load(installed=installed, here=tmp_path).practice.name == "B"
    beside.unlink()
    assert load(installed=installed, here=tmp_path) == Config()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"[panel\n", "it is not TOML: Expected"),
        (b"name = \xff", "it is not TOML: 'utf-8' codec"),
        (b"a = " + b"[" * 5000, "it is not TOML: "),
        (b"a = " + b"1" * 5000, "it is not TOML: "),
        (None, "it cannot be read: No such file or directory."),
    ],
)
def test_a_file_that_is_no_toml_is_refused(
    tmp_path: Path, content: bytes | None, complaint: str
) -> None:
    file = tmp_path / "wrong.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert str(caught.value).startswith(f"{file}: {complaint}")


def tables(inner: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=4)


TABLES = ["practice", "capture", "home", "panel", "web", "keep", "paths", "detectors"]
KEYS = ["name", "card", "networks", "relay", "button", "listen", "alerts", "state", *LIMITS]
SCALARS = (
    st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.sampled_from(KEYS)
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | tables(inner), max_leaves=8)


@given(st.dictionaries(st.sampled_from(TABLES) | st.text(), VALUES | tables(VALUES)))
def test_any_document_is_read_or_refused(document: dict[str, object]) -> None:
    """Whatever TOML can hold, the answer is a configuration or a list of sentences."""
    try:
        config = read(document, FILE, {})
    except ConfigError as error:
        said = error.mistakes
    else:
        assert isinstance(config, Config)
        return
    assert said
    for mistake in said:
        assert mistake.startswith(f"{FILE}: ")
        assert mistake.endswith(".")
        assert mistake.isprintable()


# What was set on the pages.


def beside(folder: Path, installer: str, pages: object) -> Config:
    """Give the configuration of an *installer*'s file with what the *pages* set beside it."""
    file = folder / FILE
    file.write_text(f"paths.settings = '{folder}'\n{installer}", "utf-8")
    folder.joinpath("settings.json").write_text(json.dumps(pages), "utf-8")
    return load(file)


def test_what_the_pages_set_counts_where_the_installer_said_nothing(tmp_path: Path) -> None:
    pages = {
        "practice": {"name": "Cabinet", "language": "en"},
        "outputs": {"person": {"anna": {"mail": "anna@example.org"}}},
    }
    found = beside(tmp_path, "practice.language = 'fr'", pages)
    assert (found.practice.name, found.practice.language) == ("Cabinet", "fr")
    assert found.outputs.person["anna"].mail == "anna@example.org"
    assert found.unusable == ()


def test_one_thing_set_wrongly_on_the_pages_leaves_the_others_and_starts_the_box(
    tmp_path: Path,
) -> None:
    """An older version of the box may find what a newer one let be set."""
    pages = {
        "keep": {"flow_days": 7},
        "practice": {"hours": ["noon"]},
        "home": {"learning_days": 2},
    }
    found = beside(tmp_path, "", pages)
    assert (found.keep.flow_days, found.home.learning_days) == (7, 2.0)
    assert found.practice.hours == ()
    (said,) = found.unusable
    assert said.startswith("settings.json: [practice] hours must be days and times such as")


def test_wiring_that_only_fails_together_is_left_out_whole(tmp_path: Path) -> None:
    found = beside(tmp_path, "[panel]\nrelay = 5", {"panel": {"button": 5, "cut": "wan"}})
    assert (found.panel.relay, found.panel.button, found.panel.cut) == (5, 27, "lan")
    assert len(found.unusable) == 1


def test_a_damaged_file_of_the_pages_is_said_and_the_installers_counts(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text(f"paths.settings = '{tmp_path}'\n[practice]\nname = 'Cabinet'", "utf-8")
    tmp_path.joinpath("settings.json").write_text("{", "utf-8")
    found = load(file)
    assert found.practice.name == "Cabinet"
    assert found.unusable[0].startswith(f"{tmp_path}/settings.json: it is not JSON: ")
