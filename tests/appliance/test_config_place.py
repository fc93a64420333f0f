"""Where the configuration is: enough for an order, whatever else is wrong with the file."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config import Config
from appliance.config_file import ConfigError, load
from appliance.config_place import DIRECTORIES, INSTALLED, directories, parse, place_of, usual
from tests.kit.vigie import config_in


def test_the_installed_file_comes_before_the_one_in_this_folder(tmp_path: Path) -> None:
    installed, here = tmp_path / "etc.toml", tmp_path / "vigie.toml"
    assert usual(installed, tmp_path) is None
    here.touch()
    assert usual(installed, tmp_path) == here
    installed.touch()
    assert usual(installed, tmp_path) == installed


def test_an_installed_box_has_the_systems_directories() -> None:
    """Also where another file beside the installed one is used."""
    assert directories(INSTALLED) == DIRECTORIES
    assert directories(INSTALLED.with_name("trial.toml")) == DIRECTORIES
    assert directories(Path("vigie.toml")) == {}


def test_what_is_no_toml_is_one_kind_of_error(tmp_path: Path) -> None:
    file = tmp_path / "vigie.toml"
    for content in (b"[", b"\xff", b"a = " + b"[" * 9000):
        file.write_bytes(content)
        with pytest.raises(ValueError, match=r".+"):
            parse(file)


def test_a_file_says_where_the_panel_is_and_which_language_is_spoken(tmp_path: Path) -> None:
    place = place_of(config_in(tmp_path, practice={"language": "en"}))
    assert (place.run, place.language) == (tmp_path / "run", "en")
    assert place.state == tmp_path / "state"


@pytest.mark.parametrize(
    "content",
    [None, b"", b"[", b"\xff", b"paths = 1", b"[paths]\nrun = 1", b'[practice]\nlanguage = "de"'],
)
def test_what_cannot_be_used_is_as_if_it_were_not_there(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "vigie.toml"
    if content is not None:
        file.write_bytes(content)
    place = place_of(file)
    assert (place.run, place.language) == (Config().run, Config().practice.language)
    assert place.state == Config().state


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["fr", "en", "de", ""]))
def test_a_sound_configuration_is_understood_as_by_its_judge(
    tmp_path_factory: pytest.TempPathFactory, run: str, language: str
) -> None:
    """Two readers of one file: what one accepts, the other reads alike."""
    file = tmp_path_factory.mktemp("place") / "vigie.toml"
    quoted = "".join(f"\\U{ord(sign):08x}" for sign in run)
    file.write_text(f'[paths]\nrun = "{quoted}"\n[practice]\nlanguage = "{language}"\n')
    assert tomllib.loads(file.read_text())["paths"]["run"] == run
    place = place_of(file)
    try:
        config = load(file)
    except ConfigError:
        return
    assert (place.run, place.language) == (config.run, config.practice.language)
