"""``vigie restore``: this box from a backup, or as it was."""

from pathlib import Path

import pytest

from tests.kit.boxes import Kept, kept
from tests.kit.panel_here import panel_here
from tests.kit.vigie import one_sentence, vigie


@pytest.fixture
def martin(tmp_path: Path) -> Kept:
    return kept(tmp_path / "martin")


@pytest.fixture
def durand(tmp_path: Path) -> Kept:
    return kept(tmp_path / "durand", user="Dr Durand")


@pytest.fixture
def backup(martin: Kept) -> tuple[Path, str]:
    """A backup of Dr Martin's box, and its pass-phrase."""
    configuration = ("--config", martin.configuration)
    phrase = vigie("backup", *configuration, "--new-phrase").stdout.split()[-1]
    file = martin.folder / "a.vigie"
    assert vigie("backup", *configuration, file).returncode == 0
    return file, phrase


def restored(box: Kept, file: Path, phrase: str, *words: str):
    return vigie("restore", "--config", box.configuration, file, *words, given=f"{phrase}\n")


def test_a_box_goes_on_as_another_with_the_same_pass_phrase(
    durand: Kept, backup: tuple[Path, str]
) -> None:
    configuration = durand.configuration.read_text()
    file, phrase = backup
    done = restored(durand, file, phrase.upper().replace("-", " "))
    assert done.returncode == 0, done.stderr
    assert "The internet line stays as it is" in done.stdout
    durand.configuration.write_text(configuration)  # that of the other names its own folder
    assert durand.users() == ["Dr Martin"]
    again = durand.folder / "again.vigie"
    vigie("backup", "--config", durand.configuration, again)
    assert restored(durand, again, phrase, "--check").returncode == 0


def test_a_backup_can_be_tried_without_a_change(durand: Kept, backup: tuple[Path, str]) -> None:
    before = durand.files()
    done = restored(durand, *backup, "--check")
    assert (done.returncode, durand.files()) == (0, before)
    assert "practice: Cabinet" in done.stdout
    assert durand.users() == ["Dr Durand"]


def test_another_pass_phrase_is_told_in_one_sentence(
    durand: Kept, backup: tuple[Path, str]
) -> None:
    done = restored(durand, backup[0], "wrong horse battery")
    assert (done.returncode, one_sentence(done.stderr)) == (2, True)
    assert durand.users() == ["Dr Durand"]


def test_a_file_that_is_no_backup_or_not_there_is_told_in_one_sentence(
    durand: Kept, tmp_path: Path
) -> None:
    (tmp_path / "junk").write_bytes(b"junk")
    for name, status in (("junk", 2), ("nothing", 1)):
        done = restored(durand, tmp_path / name, "wrong horse battery")
        assert (done.returncode, one_sentence(done.stderr)) == (status, True)


def test_while_the_line_is_cut_nothing_is_restored(durand: Kept, backup: tuple[Path, str]) -> None:
    """A configuration of other wiring would move the relay."""
    with panel_here(durand.folder) as here:
        here.client.isolate()
        done = restored(durand, *backup)
    assert done.returncode == 2
    assert "isolated" in done.stderr
    assert durand.users() == ["Dr Durand"]


def test_finishing_what_was_not_begun_is_no_failure(durand: Kept) -> None:
    before = durand.files()
    assert vigie("restore", "--config", durand.configuration, "--finish").returncode == 0
    assert durand.files() == before
