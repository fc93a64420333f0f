"""Opening the database, whatever is found."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from appliance.store.damage import mended
from appliance.store.opening import SCHEMA, open_sound
from tests.appliance.store.samples import NOON


def meta(path):
    with closing(open_sound(path, NOON)) as db:
        return {row["key"]: row["value"] for row in db.execute("SELECT * FROM meta")}


def aside(path):
    return [found.name for found in path.parent.glob("vigie.db.damaged-*[0-9]")]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "vigie.db"
    with closing(open_sound(path, NOON)) as db:
        db.execute("INSERT INTO meta VALUES ('first_started_at', '5.0')")
    return path


def test_a_new_schema_is_in_the_file_itself_when_it_is_ready(tmp_path):
    """Not in the WAL alone, where a power cut could take it."""
    path = tmp_path / "vigie.db"
    with closing(open_sound(path, NOON)):
        (tmp_path / "copy.db").write_bytes(path.read_bytes())
        with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
            assert copy.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
            assert copy.execute("SELECT count(*) FROM devices").fetchone() == (0,)


def test_a_new_file_is_for_our_group_alone(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)):
        mode = (tmp_path / "vigie.db").stat().st_mode
    assert stat.S_IMODE(mode) & 0o007 == 0


def test_a_sound_file_is_left_as_it_is(path):
    assert meta(path) == {"first_started_at": "5.0"}
    assert aside(path) == []


@pytest.mark.parametrize(
    "content",
    [b"not a database at all" * 500, b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 4080, b"x"],
)
def test_what_is_no_database_is_set_aside(tmp_path, content):
    """And kept as it was found, under its date."""
    path = tmp_path / "vigie.db"
    path.write_bytes(content)
    assert meta(path)["set_aside_at"] == repr(NOON)
    (name,) = aside(path)
    assert name == "vigie.db.damaged-20260101-120000"
    assert (tmp_path / name).read_bytes() == content


def test_a_file_cut_short_is_set_aside(path):
    with path.open("r+b") as file:
        file.truncate(4096 * 3)
    assert "set_aside_at" in meta(path)
    assert len(aside(path)) == 1


def test_a_database_of_another_program_is_set_aside(tmp_path):
    """Its tables have our names, and not our columns."""
    path = tmp_path / "vigie.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE devices (a)")
    assert "set_aside_at" in meta(path)


def test_tables_that_are_gone_are_made_again(path):
    """The rest of the file is kept."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE alerts")
    assert meta(path)["first_started_at"] == "5.0"
    assert len(aside(path)) == 1


def test_a_mend_cut_off_before_its_end_is_begun_again(path):
    """Killed while the successor was being made: it is thrown away."""
    mended(path).write_bytes(b"half a database")
    assert meta(path) == {"first_started_at": "5.0"}
    assert not mended(path).exists()


def test_a_mend_cut_off_just_before_its_end_is_finished(path):
    """Killed when the damaged file had lost its name already."""
    path.rename(mended(path))
    path.with_name("vigie.db-wal").write_bytes(b"of the damaged file")
    assert meta(path) == {"first_started_at": "5.0"}
    (left,) = path.parent.glob("*-wal")
    assert left.read_bytes() == b"of the damaged file"


def test_a_file_with_todays_schema_is_opened_lightly(path):
    """sqlite-utils weighs 30 MB: each process would hold them for nothing."""
    look = (
        "import sys; from pathlib import Path; from appliance.store import Office\n"
        "Office(Path(sys.argv[1]), lambda: 0.0).close(); print('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", look, path.parent],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
