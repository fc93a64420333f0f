"""Notes: a crowd that orders the same over and over does not push the first out of the journal."""

from pathlib import Path

from appliance.panel.notes import QUIET, Notes
from tests.kit.front_panel import Time


def test_what_changes_nothing_is_written_once_a_minute_and_the_rest_counted(tmp_path: Path) -> None:
    time = Time()
    notes = Notes(tmp_path / "journal.jsonl", time.clocks())
    for _ in range(50):
        notes.note("isolated_again", "alice", "", always=False)
    assert [entry.what for entry in notes.last()] == ["isolated_again"]
    time.pass_by(QUIET)
    notes.note("isolated_again", "alice", "", always=False)
    assert [(it.what, it.why) for it in notes.last()][:2] == [
        ("isolated_again", ""),
        ("unwritten", "49"),
    ]


def test_what_matters_is_always_written(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "journal.jsonl", Time().clocks())
    for _ in range(3):
        notes.note("isolated", "alice", "", always=True)
    assert len(notes.last()) == 3
    assert not notes.damaged
