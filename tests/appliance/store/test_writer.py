"""Whole batches or none, by several processes at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from appliance.store.trouble import StoreTrouble, Trouble
from appliance.store.writer import Writer
from tests.appliance.store.samples import Clock


@pytest.fixture
def writer(tmp_path):
    with closing(Writer(tmp_path, Clock())) as writer:
        yield writer


def put(db, key, value="1"):
    db.execute("INSERT INTO meta VALUES (?, ?)", (key, value))


def keys(writer):
    return [
        row["key"]
        for row in writer.read(
            lambda db: db.execute("SELECT key FROM meta ORDER BY key").fetchall()
        )
    ]


def test_a_batch_that_fails_leaves_nothing(writer):
    def half(db):
        put(db, "a")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        writer.write(half)
    assert keys(writer) == []


def test_a_mistake_of_ours_is_not_taken_for_damage(writer, tmp_path):
    """A wrong statement must not set the database aside."""
    with pytest.raises(sqlite3.OperationalError):
        writer.write(lambda db: db.execute("SELECT nonsense FROM nowhere"))
    assert list(tmp_path.glob("*damaged*")) == []


def test_two_writers_take_turns(tmp_path):
    """Nobody's rows are lost, and nobody is told "locked"."""
    with closing(Writer(tmp_path, Clock())) as one, closing(Writer(tmp_path, Clock())) as other:
        jobs = [(w, f"{name}{n:03}") for n in range(100) for w, name in ((one, "a"), (other, "b"))]
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda job: job[0].write(lambda db: put(db, job[1])), jobs))
        assert len(keys(one)) == 200


def test_all_may_start_at_the_same_moment(tmp_path):
    """One makes the tables, the others find them."""
    for attempt in range(5):
        directory = tmp_path / str(attempt)
        with ThreadPoolExecutor(4) as threads:
            writers = list(threads.map(lambda _, at=directory: Writer(at, Clock()), range(4)))
        for number, writer in enumerate(writers):
            writer.write(lambda db, key=str(number): put(db, key))
        assert keys(writers[0]) == ["0", "1", "2", "3"]
        for writer in writers:
            writer.close()


def test_waiting_for_a_lock_has_an_end(writer, tmp_path):
    writer.be_patient(0.01)
    with closing(sqlite3.connect(tmp_path / "vigie.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreTrouble) as caught:
            writer.write(lambda db: put(db, "a"))
    assert caught.value.what is Trouble.LOCKED
    writer.write(lambda db: put(db, "a"))


def test_after_a_mend_the_other_writer_uses_the_new_file(tmp_path):
    """It notices by itself, and nothing goes into the file set aside."""
    with closing(Writer(tmp_path, Clock())) as one, closing(Writer(tmp_path, Clock())) as other:
        one._open(damaged=True)
        other.write(lambda db: put(db, "a"))
        assert "a" in keys(one)


def test_when_both_find_the_damage_it_is_mended_once(tmp_path):
    with closing(Writer(tmp_path, Clock())) as one, closing(Writer(tmp_path, Clock())) as other:
        one._open(damaged=True)
        other._open(damaged=True)
        assert len(list(tmp_path.glob("vigie.db.damaged-*[0-9]"))) == 1


def test_work_interrupted_by_damage_is_done_after_the_mend(writer, tmp_path):
    """Whoever asked for it never hears of it."""
    attempts = []

    def work(db):
        attempts.append(db)
        if len(attempts) == 1:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        put(db, "a")

    writer.write(work)
    assert "a" in keys(writer)
    assert len(list(tmp_path.glob("vigie.db.damaged-*[0-9]"))) == 1


def test_a_sound_file_passes_the_check(writer, tmp_path):
    writer.check()
    assert list(tmp_path.glob("*damaged*")) == []


def test_the_settings_are_those_measured_for_cards(writer):
    def settings(db):
        return [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        ]

    assert writer.read(settings) == ["wal", 2, 2]


def test_the_log_is_emptied_when_nobody_reads(tmp_path):
    """Then all is in the file itself."""
    with closing(Writer(tmp_path, lambda: 1.0)) as writer:
        writer.write(lambda db: db.execute("INSERT INTO meta VALUES ('x', 'needle-in-the-log')"))
        assert b"needle-in-the-log" in (tmp_path / "vigie.db-wal").read_bytes()
        assert writer.empty_log()
        assert (tmp_path / "vigie.db-wal").stat().st_size == 0
        assert b"needle-in-the-log" in (tmp_path / "vigie.db").read_bytes()


def test_a_file_written_anew_has_nothing_in_it_but_rows(tmp_path):
    """Neither in free pages nor between rows; and the same file goes on being written."""
    with closing(Writer(tmp_path, lambda: 1.0)) as writer:
        for low in range(0, 3000, 500):
            rows = [(f"k{number:05}", f"needle-{number:05}") for number in range(low, low + 500)]
            writer.write(
                lambda db, rows=rows: db.executemany("INSERT INTO meta VALUES (?, ?)", rows)
            )
        writer.write(lambda db: db.execute("DELETE FROM meta WHERE key GLOB 'k*[1-9]'"))
        assert writer.empty_log()
        assert b"needle-01001" in (tmp_path / "vigie.db").read_bytes()
        assert writer.compact()
        assert writer.empty_log()
        left = (tmp_path / "vigie.db").read_bytes()
        assert b"needle-01001" not in left
        assert b"needle-01000" in left
        writer.write(lambda db: db.execute("DELETE FROM meta"))
