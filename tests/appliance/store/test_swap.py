"""Another database in the place of one."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from appliance.store import Office, Reader
from appliance.store.opening import SCHEMA
from appliance.store.swap import is_too_new, rehearse, replace, schema_of, settle
from tests.appliance.store.samples import NOON

GOLDEN = Path(__file__).parents[2] / "golden"


def made(path: Path, user: str = "") -> Path:
    """Have a database of today's schema, with one word of ours in it."""
    path.parent.mkdir(exist_ok=True)
    office = Office(path.parent, lambda: NOON)
    if user:
        office.audit(user, "sign_in", "")
    office.close()
    return path


def who(folder: Path) -> list[str]:
    with closing(Reader(folder)) as reader:
        return [entry.who for entry in reader.audit_entries()]


def test_it_is_told_how_new_a_database_is(tmp_path):
    path = made(tmp_path / "vigie.db")
    assert schema_of(path) == SCHEMA
    assert not is_too_new(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    assert is_too_new(path)


def test_what_is_no_database_or_not_there_has_no_schema(tmp_path):
    (tmp_path / "no.db").write_bytes(b"junk " * 1000)
    assert schema_of(tmp_path / "no.db") == schema_of(tmp_path / "nothing.db") == -1


def test_a_rehearsal_takes_the_steps_that_are_missing(tmp_path):
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(copy)) as db:
        db.executescript((GOLDEN / "vigie-m001.sql").read_text("utf-8"))
    assert schema_of(copy) < SCHEMA
    rehearse(copy, NOON)
    assert schema_of(copy) == SCHEMA


def test_a_copy_that_does_not_hold_together_is_not_mended_but_told(tmp_path):
    (tmp_path / "no.db").write_bytes(b"junk " * 1000)
    with pytest.raises(ValueError, match="hold together"):
        rehearse(tmp_path / "no.db", NOON)


def test_the_former_takes_the_place_and_nothing_that_was_written_beside_is_played_into_it(tmp_path):
    """A WAL that its writer left behind, killed, belongs to the file that goes."""
    former = made(tmp_path / "former" / "vigie.db", user="former")
    path = tmp_path / "now" / "vigie.db"
    made(path)
    office = Office(path.parent, lambda: NOON)
    office.audit("later", "sign_in", "")
    left = tmp_path / "left"
    shutil.copytree(path.parent, left)  # as a kill leaves it
    office.close()
    assert (left / "vigie.db-wal").stat().st_size > 0
    replace(left / "vigie.db", former)
    assert not (left / "vigie.db-wal").exists()
    assert who(left) == ["former"]


def test_a_database_is_settled_into_its_one_file(tmp_path):
    made(tmp_path / "now" / "vigie.db")
    office = Office(tmp_path / "now", lambda: NOON)
    office.audit("later", "sign_in", "")
    left = tmp_path / "left"
    shutil.copytree(tmp_path / "now", left)
    office.close()
    settle(left / "vigie.db")
    assert not (left / "vigie.db-wal").exists()
    assert who(left) == ["later"]
