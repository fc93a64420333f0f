"""A small file is whole or not at all."""

import os
from pathlib import Path

import pytest

from appliance.panel import whole


def test_what_was_written_is_there_and_nothing_beside_it(tmp_path: Path) -> None:
    whole.write(tmp_path / "x", b"one")
    whole.write(tmp_path / "x", b"two")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("x", b"two")]


def test_a_disk_that_refuses_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.write(tmp_path / "x", b"one")

    def refuse(_: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no space"):
        whole.write(tmp_path / "x", b"two")
    assert (tmp_path / "x").read_bytes() == b"one"
