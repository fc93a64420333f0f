"""What SQLite's errors mean."""

import sqlite3

import pytest

from appliance.store import trouble as module
from appliance.store.trouble import SCARCE, StoreTrouble, Trouble, named, trouble_of


def error(code, kind=sqlite3.OperationalError):
    made = kind("as SQLite says it")
    made.sqlite_errorcode = code
    return made


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (sqlite3.SQLITE_FULL, Trouble.FULL),
        (sqlite3.SQLITE_BUSY, Trouble.LOCKED),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Trouble.LOCKED),
        (sqlite3.SQLITE_CORRUPT, Trouble.DAMAGED),
        (sqlite3.SQLITE_CORRUPT_INDEX, Trouble.DAMAGED),
        (sqlite3.SQLITE_NOTADB, Trouble.DAMAGED),
        (sqlite3.SQLITE_IOERR_READ, Trouble.FAILING),
        (sqlite3.SQLITE_READONLY, Trouble.FAILING),
        (sqlite3.SQLITE_CANTOPEN, Trouble.FAILING),
        (sqlite3.SQLITE_ERROR, None),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
        (sqlite3.SQLITE_MISUSE, None),
    ],
)
def test_errors_have_a_meaning_or_are_mistakes_of_ours(tmp_path, code, meaning):
    assert trouble_of(error(code), tmp_path) is meaning


def test_an_odd_error_on_a_full_disk_is_put_down_to_that(tmp_path, monkeypatch):
    """SQLite says "disk I/O error" when its shared memory cannot grow."""
    monkeypatch.setattr(module, "room", lambda directory: SCARCE - 1)
    assert trouble_of(error(sqlite3.SQLITE_IOERR_SHMSIZE), tmp_path) is Trouble.FULL
    with pytest.raises(StoreTrouble) as caught, named(tmp_path):
        raise OSError
    assert caught.value.what is Trouble.FULL


def test_a_directory_that_cannot_be_asked_is_failing(tmp_path):
    with pytest.raises(StoreTrouble) as caught, named(tmp_path / "gone"):
        (tmp_path / "gone" / "file").read_text()
    assert caught.value.what is Trouble.FAILING


def test_text_that_is_no_text_is_damage(tmp_path):
    """Python finds it, not SQLite: the error has no code."""
    with sqlite3.connect(":memory:") as db, pytest.raises(StoreTrouble) as caught, named(tmp_path):
        db.execute("SELECT CAST(x'ff41' AS TEXT)").fetchone()
    db.close()
    assert caught.value.what is Trouble.DAMAGED


def test_a_mistake_of_ours_passes_unchanged(tmp_path):
    with pytest.raises(sqlite3.ProgrammingError), named(tmp_path):
        raise sqlite3.ProgrammingError
