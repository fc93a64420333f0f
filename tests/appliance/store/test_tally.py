"""Counting in the outbox, also while there is none. What it counts is tested with the outbox."""

from pathlib import Path

import pytest

from appliance.store import StoreTrouble
from appliance.store.outbox import NAME, Outbox
from appliance.store.tally import Tally, tally


def test_before_anything_was_queued_nothing_waits(tmp_path: Path) -> None:
    assert tally(tmp_path) == Tally()
    (tmp_path / NAME).touch()
    assert tally(tmp_path) == Tally()


def test_counting_changes_nothing(tmp_path: Path) -> None:
    Outbox(tmp_path, lambda: 0.0).close()
    before = (tmp_path / NAME).read_bytes()
    assert tally(tmp_path) == Tally()
    assert (tmp_path / NAME).read_bytes() == before


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreTrouble):
        tally(tmp_path)
