"""``vigie backup``: in one file, every night, and on a stick."""

import io
from pathlib import Path

import pytest

from appliance import errands
from appliance.backup import keeping, sealed
from appliance.backup.lock import Lock
from appliance.cli import main
from appliance.config_file import load
from appliance.errands import BackupAsked, Outcome
from tests.kit.boxes import Kept, kept
from tests.kit.vigie import one_sentence


@pytest.fixture
def box(tmp_path: Path) -> Kept:
    return kept(tmp_path / "box")


def told(box: Kept, capsys, *words: object) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["backup", "--config", str(box.configuration), *map(str, words)])
    return status, *capsys.readouterr()


def test_the_pass_phrase_is_shown_once_and_lies_nowhere(box: Kept, capsys) -> None:
    status, said, _ = told(box, capsys, "--new-phrase")
    phrase = said.split()[-1]
    assert (status, len(phrase)) == (0, 29)
    folder = box.state / "backup"
    assert all(phrase.encode() not in file.read_bytes() for file in folder.iterdir())
    assert {file.stat().st_mode & 0o077 for file in folder.iterdir()} == {0}


def test_without_a_pass_phrase_none_is_made_by_hand(box: Kept, tmp_path: Path, capsys) -> None:
    status, _, said = told(box, capsys, tmp_path / "a.vigie")
    assert (status, list(tmp_path.glob("*.vigie"))) == (2, [])
    assert one_sentence(said)
    assert "--new-phrase" in said


def test_without_a_pass_phrase_the_night_is_no_failure(box: Kept, tmp_path: Path, capsys) -> None:
    status, _, said = told(box, capsys, "--to", tmp_path / "nights")
    assert (status, (tmp_path / "nights").exists()) == (0, False)
    assert "--new-phrase" in said


def test_a_backup_is_made_in_one_file(box: Kept, tmp_path: Path, capsys) -> None:
    told(box, capsys, "--new-phrase")
    file = tmp_path / "a.vigie"
    assert told(box, capsys, file) == (0, f"The backup is made: {file}\n", "")
    assert file.stat().st_mode & 0o077 == 0


def test_nights_are_kept_and_taken_along(box: Kept, tmp_path: Path, capsys, monkeypatch) -> None:
    told(box, capsys, "--new-phrase")
    stick, nights = tmp_path / "stick", tmp_path / "nights"
    stick.mkdir()
    monkeypatch.setattr(keeping, "sticks", lambda under: [stick])
    for day in range(3):
        monkeypatch.setattr(keeping, "name", lambda now, day=day: f"vigie-{day}.vigie")
        status, said, _ = told(box, capsys, "--to", nights, "--keep", "2", "--stick", tmp_path)
        assert (status, len(said.splitlines())) == (0, 2)
    for folder in (nights, stick / keeping.ON_A_STICK):
        assert [path.name for path in keeping.kept(folder)] == ["vigie-2.vigie", "vigie-1.vigie"]


def test_a_stick_that_cannot_be_written_is_told_and_the_night_is_kept(
    box: Kept, tmp_path: Path, capsys, monkeypatch
) -> None:
    told(box, capsys, "--new-phrase")
    monkeypatch.setattr(keeping, "sticks", lambda under: [Path("/proc")])
    status, said, _ = told(box, capsys, "--to", tmp_path / "nights", "--stick", tmp_path)
    assert (status, "/proc" in said) == (1, True)
    assert len(keeping.kept(tmp_path / "nights")) == 1


def test_what_cannot_be_written_is_told_in_one_sentence(box: Kept, capsys) -> None:
    told(box, capsys, "--new-phrase")
    status, _, said = told(box, capsys, "/proc/a.vigie")
    assert status == 1
    assert one_sentence(said)
    assert "could not be written" in said


def test_without_a_file_it_says_so(box: Kept, capsys) -> None:
    assert told(box, capsys)[0] == 2


def asked_for(box: Kept, number: str, phrase: str = "") -> None:
    """Ask for a backup as the pages do, with a lock for *phrase*."""
    lock = sealed.lock(phrase) if phrase else Lock("", b"")
    asked = BackupAsked(id=number, at=1.0, recipient=lock.recipient, key=lock.key)
    errands.ask_backup(load(box.configuration), asked)


def outcome(box: Kept) -> Outcome:
    found = errands.outcome(load(box.configuration), "backup")
    assert found is not None
    return found


def test_what_the_pages_ask_is_locked_as_they_ask_once(box: Kept, tmp_path: Path, capsys) -> None:
    """And a pass-phrase that was made at the terminal since is not undone by the next night."""
    nights = tmp_path / "nights"
    asked_for(box, "one", phrase := sealed.new_phrase())
    assert told(box, capsys, "--to", nights)[0] == 0
    (made,) = keeping.kept(nights)
    assert (outcome(box).state, outcome(box).asked, outcome(box).whole) == ("done", "one", True)
    assert made.stat().st_mode & 0o777 == 0o640
    with made.open("rb") as file:
        sealed.unseal(file, phrase, io.BytesIO())
    told(box, capsys, "--new-phrase")
    before = sealed.read_lock(keeping.place(load(box.configuration)))
    told(box, capsys, "--to", nights)
    assert sealed.read_lock(keeping.place(load(box.configuration))) == before


def test_a_pass_phrase_that_was_shown_comes_into_force_though_the_card_was_full(
    box: Kept, tmp_path: Path, capsys
) -> None:
    """The next night tries again; else what is backed up from now on would open for nobody."""
    nights, place = tmp_path / "nights", keeping.place(load(box.configuration))
    told(box, capsys, "--new-phrase")
    asked_for(box, "one", phrase := sealed.new_phrase())
    hindrance = place / "recipient.new"
    hindrance.mkdir()
    assert told(box, capsys, "--to", nights)[0] == 1
    assert (outcome(box).state, outcome(box).asked) == ("refused", "")
    hindrance.rmdir()
    assert told(box, capsys, "--to", nights)[0] == 0
    assert outcome(box).asked == "one"
    with keeping.kept(nights)[0].open("rb") as file:
        sealed.unseal(file, phrase, io.BytesIO())


def test_what_is_no_lock_leaves_the_one_in_force(box: Kept, tmp_path: Path, capsys) -> None:
    told(box, capsys, "--new-phrase")
    before = sealed.read_lock(keeping.place(load(box.configuration)))
    for recipient, key in (("age1x", b"x"), (before.recipient, b"x"), ("x" * 99, before.key)):
        asked = BackupAsked(id=recipient[:64], at=1.0, recipient=recipient, key=key)
        errands.ask_backup(load(box.configuration), asked)
        assert told(box, capsys, "--to", tmp_path / "nights")[0] == 0
        assert sealed.read_lock(keeping.place(load(box.configuration))) == before


def test_why_there_is_none_is_left_for_the_pages(box: Kept, tmp_path: Path, capsys) -> None:
    told(box, capsys, "--to", tmp_path / "nights")
    assert (outcome(box).state, outcome(box).key) == ("refused", "no_phrase")
    told(box, capsys, "--new-phrase")
    told(box, capsys, "--to", "/proc/nights")
    assert (outcome(box).state, outcome(box).key) == ("refused", "not_written")


def test_a_backup_that_was_cut_off_on_the_card_is_not_whole(
    box: Kept, tmp_path: Path, capsys
) -> None:
    told(box, capsys, "--new-phrase")
    told(box, capsys, "--to", tmp_path / "nights")
    (made,) = keeping.kept(tmp_path / "nights")
    assert keeping.is_whole(made)
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)
    assert not keeping.is_whole(made)
    made.write_bytes(content[:-100])
    assert not keeping.is_whole(made)


def test_what_is_asked_while_one_is_made_is_made_as_well(
    box: Kept, tmp_path: Path, capsys, monkeypatch
) -> None:
    """With its lock: its pass-phrase was shown to somebody."""
    told(box, capsys, "--new-phrase")
    phrase, seen = sealed.new_phrase(), []

    def meanwhile(path: Path) -> bool:
        if not seen:
            asked_for(box, "late", phrase)
        seen.append(path.read_bytes())
        return True

    monkeypatch.setattr(keeping, "is_whole", meanwhile)
    assert told(box, capsys, "--to", tmp_path / "nights")[0] == 0
    assert (len(seen), outcome(box).asked) == (2, "late")
    sealed.unseal(io.BytesIO(seen[1]), phrase, io.BytesIO())
