"""The journal: every line sealed to the last, bounded, and never in the way."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.journal import KEPT, SHOWN, DamagedJournal, Entry, Journal, opened, sealed
from tests.kit.front_panel import NOON

entries = st.builds(
    Entry, at=st.floats(0, 4e9), who=st.text(max_size=64), what=st.text(), why=st.text(max_size=200)
)


def entry(n: int) -> Entry:
    return Entry(at=NOON + n, who="alice", what="isolated", why=f"reason {n}")


def filled(path: Path, count: int = 3) -> Path:
    journal = Journal(path)
    for n in range(count):
        journal.note(entry(n))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "panel-journal.jsonl"


@given(st.lists(entries, max_size=5))
def test_what_is_sealed_comes_back(written: list[Entry]) -> None:
    lines, seal = [], ""
    for one in written:
        line, seal = sealed(one, seal)
        assert "\n" not in line
        lines.append(line)
    assert [one for one, _ in opened(lines)] == written


def test_it_goes_on_where_it_ended(path: Path) -> None:
    filled(path, 3)
    journal = Journal(path)
    journal.note(entry(3))
    assert not journal.damaged
    assert [one.why for one in journal.last()] == [f"reason {n}" for n in (3, 2, 1, 0)]
    assert len(opened(path.read_text("utf-8").splitlines())) == 4


def changed(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("alice", "mallory"), lines[2]]


def taken_out(lines: list[str]) -> list[str]:
    return [lines[0], lines[2]]


def swapped(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], lines[2]]


def put_in(lines: list[str]) -> list[str]:
    return [lines[0], sealed(entry(9), "")[0], *lines[1:]]


def nonsense(lines: list[str]) -> list[str]:
    return [*lines[:2], "[" * 5000]


@pytest.mark.parametrize("tamper", [changed, taken_out, swapped, put_in, nonsense])
def test_a_line_that_is_not_as_written_is_noticed(path: Path, tamper: object) -> None:
    """And the file is kept, beside a new one."""
    lines = tamper(filled(path).read_text("utf-8").splitlines())  # type: ignore[operator] # one of ours
    with pytest.raises(DamagedJournal):
        opened(lines)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    journal = Journal(path)
    assert journal.damaged
    assert len([*path.parent.glob("*-damaged-*.jsonl")]) == 1
    journal.note(entry(9))
    assert not Journal(path).damaged


def test_bytes_that_are_no_text_are_damage(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\n")
    assert Journal(path).damaged


def test_a_line_cut_by_a_power_failure_is_no_damage(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    journal = Journal(path)
    assert not journal.damaged
    assert path.read_bytes() == whole
    journal.note(entry(3))
    assert not Journal(path).damaged


def test_it_never_grows_beyond_two_files(path: Path) -> None:
    filled(path, 2 * KEPT + 10)
    assert {file.name for file in path.parent.iterdir()} == {path.name, "panel-journal-older.jsonl"}
    older = path.with_name("panel-journal-older.jsonl").read_text("utf-8").splitlines()
    newer = path.read_text("utf-8").splitlines()
    assert (len(older), len(newer)) == (KEPT, 10)
    assert len(opened(older + newer)) == KEPT + 10  # one chain across both files
    assert len(Journal(path).last()) == 10


def test_the_latest_are_shown_newest_first(path: Path) -> None:
    journal = Journal(filled(path, SHOWN + 5))
    assert [one.why for one in journal.last()] == [f"reason {n}" for n in range(54, 4, -1)]


def test_what_cannot_be_written_is_shown_all_the_same(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "nowhere" / "panel-journal.jsonl")
    with pytest.raises(FileNotFoundError):
        journal.note(entry(1))
    assert journal.last() == (entry(1),)


def test_a_journal_that_cannot_be_read_is_said(path: Path) -> None:
    path.mkdir()
    assert Journal(path).damaged
