"""Where backups are kept, and for how long."""

import os

import pytest

from appliance.backup import keeping
from tests.kit.boxes import NOON


def test_the_newest_stay_and_halves_go(tmp_path) -> None:
    for day in range(5):
        (tmp_path / keeping.name(NOON + 86_400 * day)).write_bytes(b"x")
    (tmp_path / f"{keeping.name(NOON)}.new").write_bytes(b"half")
    (tmp_path / "key.age").write_bytes(b"key")
    keeping.rotate(tmp_path, 2)
    assert [path.name for path in keeping.kept(tmp_path)] == [
        keeping.name(NOON + 86_400 * day) for day in (4, 3)
    ]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path) -> None:
    def fails(out) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        keeping.write(tmp_path / "a.vigie", fails)
    assert list(tmp_path.iterdir()) == []


def test_it_is_taken_along_on_a_stick_with_those_of_before(tmp_path) -> None:
    stick, here = tmp_path / "stick", tmp_path / "here"
    stick.mkdir()
    here.mkdir()
    for day in range(4):
        backup = here / keeping.name(NOON + 86_400 * day)
        backup.write_bytes(f"backup {day}".encode())
        keeping.take_along(backup, stick, keep=2)
    there = keeping.kept(stick / keeping.ON_A_STICK)
    assert [path.read_bytes() for path in there] == [b"backup 3", b"backup 2"]


def test_only_what_is_mounted_is_a_stick(tmp_path) -> None:
    """An empty folder in which one is mounted at other times would fill the card."""
    (tmp_path / "usb").mkdir()
    assert list(keeping.sticks(tmp_path)) == []
    assert list(keeping.sticks(tmp_path / "nothing")) == []


def test_a_stick_that_is_mounted_below_is_found(tmp_path, monkeypatch) -> None:
    place = tmp_path / "technician" / "STICK"
    place.mkdir(parents=True)
    monkeypatch.setattr(os.path, "ismount", lambda path: path == place)
    assert list(keeping.sticks(tmp_path)) == [place]
