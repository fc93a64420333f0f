"""Files that are whole or not at all."""

import os
from pathlib import Path

import pytest

from appliance.durable import write


def test_the_new_content_takes_the_place_of_the_old_and_nothing_is_left_beside(tmp_path) -> None:
    file = tmp_path / "kept"
    for content in (b"old and longer", b"new"):
        write(file, content)
        assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_flushed_leaves_the_old_file(tmp_path, monkeypatch) -> None:
    file = tmp_path / "kept"
    write(file, b"old")

    def refuses(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuses)
    with pytest.raises(OSError, match="No space"):
        write(file, b"new")
    assert file.read_bytes() == b"old"


def test_the_new_file_is_settled_before_it_takes_its_place(tmp_path) -> None:
    """Whoever finds it finds it with its owner and its rights."""
    file, seen = tmp_path / "kept", []

    def settle(made: Path) -> None:
        seen.append((made.read_bytes(), file.exists()))

    write(file, b"new", settle=settle)
    assert seen == [(b"new", False)]
