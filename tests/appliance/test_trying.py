"""A test message that somebody asked for on the pages."""

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.trying import FRESH, MOST, Asked, ask, asked, path

NOW = 1_790_000_000.0


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path)


def test_what_is_asked_for_is_read_by_the_outputs(config: Config) -> None:
    ask(config, Asked(at=NOW, people=("marie", "paul")))
    assert asked(config, NOW + 1) == Asked(at=NOW, people=("marie", "paul"))


def test_after_some_minutes_nobody_waits_for_it(config: Config) -> None:
    ask(config, Asked(at=NOW, people=("marie",)))
    assert asked(config, NOW + FRESH) is None
    assert asked(config, NOW - 1) is None, "the clock went back"


def test_it_is_not_read_by_others(config: Config) -> None:
    ask(config, Asked(at=NOW, people=("marie",)))
    assert path(config).stat().st_mode & 0o007 == 0


def test_few_are_told_at_once(config: Config) -> None:
    ask(config, Asked(at=NOW, people=tuple("abcdefghijklmnopqrstuvwxyz")))
    found = asked(config, NOW)
    assert found is not None
    assert len(found.people) == MOST


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": "soon"}', '{"at": 1e9, "people": 1}'])
def test_a_file_that_cannot_be_read_asks_for_nothing(config: Config, content: str) -> None:
    path(config).write_text(content, "utf-8")
    assert asked(config, 1e9) is None
