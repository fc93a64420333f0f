"""Noticing damage, and where the damaged file goes."""

import sqlite3
from contextlib import closing

import pytest

from appliance.store import damage
from tests.appliance.store.samples import NOON


def test_a_sound_database_is_sound(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        db.execute("CREATE TABLE t (a)")
        assert damage.is_sound(db, tmp_path)


def test_garbage_in_a_page_is_noticed(tmp_path):
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (a)")
        db.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 100)
        db.commit()
    with path.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xa5" * 4096)
    with closing(sqlite3.connect(path)) as db:
        assert not damage.is_sound(db, tmp_path)


def test_what_is_no_damage_is_not_called_so(tmp_path):
    """A connection that cannot even be asked is another trouble."""
    with closing(sqlite3.connect(tmp_path / "a.db", timeout=0)) as db:
        db.execute("CREATE TABLE t (a)")
        with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                damage.is_sound(db, tmp_path)


def test_a_file_is_set_aside_with_all_that_belongs_to_it(tmp_path):
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"vigie.db{suffix}").write_text(suffix)
    aside = damage.set_aside(tmp_path / "vigie.db", NOON)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "vigie.db.damaged-20260101-120000": "",
        "vigie.db.damaged-20260101-120000-wal": "-wal",
        "vigie.db.damaged-20260101-120000-shm": "-shm",
    }
    assert aside.name == "vigie.db.damaged-20260101-120000"


def test_two_files_set_aside_in_one_second_are_both_kept(tmp_path):
    for content in ("first", "second"):
        (tmp_path / "vigie.db").write_text(content)
        damage.set_aside(tmp_path / "vigie.db", NOON)
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["first", "second"]


def test_a_damaged_file_is_not_kept_for_ever(tmp_path):
    """It holds what has been forgotten since."""
    (tmp_path / "vigie.db").touch()
    aside = damage.set_aside(tmp_path / "vigie.db", NOON)
    damage.tidy(tmp_path, NOON + 29 * 86_400)
    assert aside.exists()
    damage.tidy(tmp_path, NOON + 31 * 86_400)
    assert not aside.exists()


def test_only_the_newest_damaged_files_are_kept(tmp_path):
    """They hold what people may not want kept, and room."""
    for day in range(5):
        (tmp_path / "vigie.db").touch()
        (tmp_path / "vigie.db-wal").touch()
        damage.set_aside(tmp_path / "vigie.db", NOON + day * 86_400)
    damage.tidy(tmp_path, NOON + 5 * 86_400)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert len(kept) == 2 * damage.KEPT
    assert kept[0] == "vigie.db.damaged-20260103-120000"
