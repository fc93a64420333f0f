"""Waiting until the word is out, and not longer."""

from pathlib import Path

import pytest

from appliance import told
from appliance.told import MOST, WITHIN, is_told, note, wait


class Steady:
    """A clock that goes on only while somebody pauses."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += seconds


def test_what_was_told_needs_no_waiting(tmp_path: Path) -> None:
    clock = Steady()
    note(tmp_path, "ab12")
    assert wait(tmp_path, "ab12", steady=clock, pause=clock.pause)
    assert clock.at == 0


def test_nobody_waits_longer_than_two_seconds(tmp_path: Path) -> None:
    clock = Steady()
    assert not wait(tmp_path / "nowhere", "ab12", steady=clock, pause=clock.pause)
    assert WITHIN <= clock.at < WITHIN + 0.1


def test_word_that_comes_meanwhile_is_heard(tmp_path: Path) -> None:
    clock = Steady()

    def pause(seconds: float) -> None:
        clock.pause(seconds)
        if clock.at > 1:
            note(tmp_path, "ab12")

    assert wait(tmp_path, "ab12", steady=clock, pause=pause)
    assert clock.at < 1.2


def test_only_so_many_are_remembered(tmp_path: Path) -> None:
    for number in range(MOST + 10):
        note(tmp_path, f"{number:016x}")
    assert len(list((tmp_path / told.FOLDER).iterdir())) == MOST


def test_an_id_leads_nowhere_else(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no alert's id"):
        is_told(tmp_path, "../x")
