"""``vigie update``: what is refused, in one sentence; what is done is in tests/test_updates.py."""

import os
from importlib.metadata import version
from pathlib import Path

import pytest

from appliance import errands
from appliance.cli import main
from appliance.commands import update
from appliance.config_file import load
from appliance.update import trial, trusted
from appliance.update.builds import Builds
from tests.kit.releases import bundle, key_of, public
from tests.kit.vigie import config_in, one_sentence

OURS, THEIRS = key_of(1), key_of(2)


@pytest.fixture
def told(tmp_path: Path, capsys, monkeypatch):
    """Tell the command something, on a box that trusts our key; get status and words."""
    own = tmp_path / "release.pem"
    own.write_bytes(public(OURS))
    monkeypatch.setattr(trusted.key, "__defaults__", (own,))
    monkeypatch.setattr(Builds.__init__, "__defaults__", (tmp_path / "builds",))
    config = str(config_in(tmp_path))

    def tell(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["update", "--config", config, *map(str, words)])
        return status, *capsys.readouterr()

    return tell


def targets() -> tuple[str, ...]:
    return (update._target(),)


def test_a_good_bundle_is_judged_without_a_change(tmp_path: Path, told) -> None:
    file = bundle(tmp_path, OURS, targets=targets())
    assert told(file, "--check")[:2] == (
        0,
        f"This update is good: version 9.0.0 of {_day(file)}.\n",
    )
    assert not (tmp_path / "builds").exists()


def _day(file: Path) -> str:
    from appliance.update.release import read  # noqa: PLC0415 - for this one

    with file.open("rb") as opened:
        return read(opened, OURS.public_key()).date


@pytest.mark.parametrize(
    ("key", "number", "word"),
    [(THEIRS, "9.0.0", "not signed"), (OURS, "0.0.1", "not newer"), (OURS, None, "not newer")],
)
def test_a_bundle_that_is_not_ours_or_not_newer_is_refused(
    tmp_path: Path, told, key, number: str | None, word: str
) -> None:
    file = bundle(tmp_path, key, number or version("vigie"), targets())
    status, said, why = told(file, "--check")
    assert (status, said, one_sentence(why)) == (2, "", True)
    assert word in why


def test_a_bundle_for_another_machine_is_refused(tmp_path: Path, told) -> None:
    status, _, why = told(bundle(tmp_path, OURS, targets=("3.9-mips",)), "--check")
    assert (status, one_sentence(why)) == (2, True)


def test_a_file_that_is_none_or_not_there_is_refused(tmp_path: Path, told) -> None:
    (tmp_path / "junk").write_bytes(b"junk")
    for words, status in (((tmp_path / "junk",), 2), ((tmp_path / "no",), 1), ((), 2)):
        code, _, why = told(*words, "--check")
        assert (code, one_sentence(why)) == (status, True)


def test_where_nothing_is_installed_nothing_is_updated(tmp_path: Path, told) -> None:
    status, _, why = told(bundle(tmp_path, OURS, targets=targets()))
    assert (status, "installed box" in why) == (2, True)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, as an update does")
def test_without_room_nothing_is_begun(tmp_path: Path, told, monkeypatch) -> None:
    (tmp_path / "builds/a").mkdir(parents=True)
    (tmp_path / "builds/current").symlink_to("a")
    monkeypatch.setattr(update, "room", lambda folder: 1000)
    status, _, why = told(bundle(tmp_path, OURS, targets=targets()))
    assert (status, "not enough room" in why) == (2, True)
    assert sorted(entry.name for entry in (tmp_path / "builds").iterdir()) == ["a", "current"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, as an update does")
def test_two_updates_at_once_are_one(tmp_path: Path, told) -> None:
    (tmp_path / "builds").mkdir()
    with Builds(tmp_path / "builds").alone():
        status, _, why = told(bundle(tmp_path, OURS, targets=targets()))
    assert (status, "under way" in why) == (1, True)


def test_a_copy_that_cannot_be_taken_up_is_no_success(tmp_path: Path, told) -> None:
    (tmp_path / "copy.db").write_bytes(b"junk " * 1000)
    assert told("--rehearse", tmp_path / "copy.db")[0] == 1


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Give where the pages lay what they were sent, on an installed box."""
    (tmp_path / "builds").mkdir()
    folder = errands.folder(load(config_in(tmp_path)))
    folder.mkdir(parents=True)
    return folder / errands.BUNDLE


def outcome(tmp_path: Path) -> tuple[str, str]:
    found = errands.outcome(load(config_in(tmp_path)), "update")
    assert found is not None
    return found.state, found.key


@pytest.mark.skipif(os.geteuid() != 0, reason="an update is for root")
@pytest.mark.parametrize(
    ("key", "number", "why"),
    [(THEIRS, "9.0.0", "not_signed"), (OURS, "0.0.1", "older")],
)
def test_what_the_pages_were_sent_is_judged_once_and_gone(
    tmp_path: Path, told, asked: Path, key, number: str, why: str
) -> None:
    """And the reason is left for the pages."""
    bundle(tmp_path, key, number, targets()).rename(asked)
    status, _, said = told("--asked")
    assert (status, one_sentence(said)) == (2, True)
    assert outcome(tmp_path) == ("refused", why)
    assert not asked.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="an update is for root")
def test_an_update_that_a_power_cut_ended_is_not_told_as_done(
    tmp_path: Path, told, asked: Path
) -> None:
    """To whoever sent it the pages would else say that all went well, and the old one is in use."""
    builds = tmp_path / "builds"
    (builds / "0.1.0-a").mkdir()
    (builds / "current").symlink_to("0.1.0-a")
    trial.begin(builds, trial.Trial(old="0.1.0-a", new="0.2.0-b"))
    status, said, _ = told("--judge")
    assert (status, "0.1.0-a is still in use" in said) == (0, True)
    assert outcome(tmp_path) == ("refused", "ended.undone")


@pytest.mark.skipif(os.geteuid() != 0, reason="an update is for root")
def test_a_link_or_a_pipe_in_its_place_is_refused_and_nobody_waits(
    tmp_path: Path, told, asked: Path
) -> None:
    good = bundle(tmp_path, OURS, targets=targets())
    asked.symlink_to(good)
    assert told("--asked")[0] == 1
    assert outcome(tmp_path) == ("refused", "not_done")
    os.mkfifo(asked)
    assert told("--asked")[0] == 1
    assert outcome(tmp_path) == ("refused", "not_done")
    assert good.exists()
    assert not asked.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="an update is for root")
def test_one_that_comes_while_another_is_under_way_does_not_wait(
    tmp_path: Path, told, asked: Path
) -> None:
    """It is gone, so that systemd does not begin with it over and over."""
    bundle(tmp_path, OURS, targets=targets()).rename(asked)
    with Builds(tmp_path / "builds").alone():
        assert told("--asked")[0] == 1
    assert not asked.exists()
