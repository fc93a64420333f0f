"""Builds beside each other."""

from pathlib import Path

import pytest

from appliance.update.builds import Builds


def test_a_link_leads_from_one_build_to_the_next(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    assert (builds.current, builds.former) == ("", "")
    (tmp_path / "current.new").symlink_to("left by a kill")
    for name in ("a", "b"):
        builds.point("current", name)
        assert builds.current == name
    assert [entry.name for entry in tmp_path.iterdir()] == ["current"]


def test_a_build_is_complete_when_its_last_file_is_there(tmp_path: Path) -> None:
    builds = Builds(tmp_path / "builds")
    (tmp_path / "builds/a").mkdir(parents=True)
    assert not builds.is_complete("a")
    for folder in ("builds/a", "."):
        (tmp_path / folder / "complete").touch()
    assert builds.is_complete("a")
    assert not builds.is_complete("..")


def test_one_at_a_time_puts_builds_in_use(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    with builds.alone(), pytest.raises(BlockingIOError), Builds(tmp_path).alone():
        pass
    with builds.alone():
        pass


def test_the_build_in_use_and_the_one_before_stay(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    for name in ("a", "b", "c", "incoming"):
        (tmp_path / name).mkdir()
    builds.point("former", "b")
    builds.point("current", "c")
    builds.tidy()
    assert {entry.name for entry in tmp_path.iterdir()} == {"b", "c", "current", "former"}
