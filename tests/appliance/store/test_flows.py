"""Conversations, in one file per day."""

import sqlite3
from collections import deque
from contextlib import closing

import pytest

from appliance.model import Ip
from appliance.store import StoreTrouble, Trouble
from appliance.store.flows import Conversation, DayFiles, files
from appliance.store.reader import Reader
from tests.appliance.store.samples import ALICE, GATEWAY, NOON

DAY = 86_400


def row(at=NOON, octets=100, **how):
    return Conversation(
        **{
            "first_at": at - 1,
            "last_at": at,
            "mac": ALICE,
            "peer_mac": GATEWAY,
            "src": Ip("192.168.1.10"),
            "dst": Ip("203.0.113.5"),
            "sport": 50_000,
            "dport": 443,
            "proto": 6,
            "packets_out": 1,
            "packets_in": 2,
            "octets_out": 10,
            "octets_in": octets,
        }
        | how
    )


@pytest.fixture
def day_files(tmp_path):
    with closing(DayFiles(tmp_path, 240)) as found:
        yield found


def read(directory):
    with closing(Reader(directory)) as reader:
        return reader.flows(since=0, limit=10_000)


def names(directory):
    return sorted(path.name for path in directory.glob("flows-*.db"))


def test_rows_come_back_as_they_were(day_files, tmp_path):
    day_files.write(deque([row(), row(NOON + 1)]), NOON)
    assert read(tmp_path) == (row(NOON + 1), row())


def test_each_day_has_its_file(day_files, tmp_path):
    """Cut at midnight UTC."""
    midnight = NOON + DAY / 2
    ready = deque([row(midnight - 0.5), row(midnight), row(midnight + DAY)])
    day_files.write(ready, NOON)
    assert len(ready) == 0
    assert names(tmp_path) == ["flows-20260101.db", "flows-20260102.db", "flows-20260103.db"]
    assert len(read(tmp_path)) == 3


def test_a_day_is_forgotten_with_its_file(day_files, tmp_path):
    """And with what SQLite kept beside it, also while it is open."""
    day_files.write(deque(row(NOON + day * DAY) for day in range(4)), NOON)
    day_files.tidy(NOON + 3 * DAY, days=2)
    assert names(tmp_path) == ["flows-20260102.db", "flows-20260103.db", "flows-20260104.db"]
    day_files.tidy(NOON + 30 * DAY, days=2)
    assert list(tmp_path.iterdir()) == []
    day_files.write(deque([row()]), NOON)
    assert len(read(tmp_path)) == 1


def test_a_day_has_a_greatest_number_of_rows(day_files, tmp_path):
    """What does not fit is counted, also after a restart."""
    for _ in range(30):
        day_files.write(deque([row()] * 9), NOON)
    assert (len(read(tmp_path)), day_files.left_out) == (240, 30)
    with closing(DayFiles(tmp_path, 240)) as again:
        again.write(deque([row()]), NOON)
        assert again.left_out == 1


def test_one_minute_cannot_use_up_the_day(day_files, tmp_path):
    """Of a scan the conversations with most octets are kept."""
    day_files.write(deque(row(octets=number) for number in range(1000)), NOON)
    assert sorted(found.octets_in for found in read(tmp_path)) == list(range(990, 1000))


def test_a_damaged_day_is_set_aside_and_begun_anew(day_files, tmp_path):
    (tmp_path / "flows-20260101.db").write_bytes(b"not a database at all" * 500)
    day_files.write(deque([row()]), NOON)
    assert len(read(tmp_path)) == day_files.set_aside == 1
    assert (tmp_path / "flows-20260101.db.damaged-20260101-120000").exists()


def test_what_could_not_be_written_waits(day_files, tmp_path):
    """And is written once, when it can be."""
    ready = deque([row(NOON), row(NOON + DAY)])
    day_files.write(deque([row(NOON + DAY)]), NOON)
    with closing(sqlite3.connect(tmp_path / "flows-20260102.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreTrouble) as caught:
            day_files.write(ready, NOON)
        assert caught.value.what is Trouble.LOCKED
    assert list(ready) == [row(NOON + DAY)]
    day_files.write(ready, NOON)
    assert read(tmp_path) == (row(NOON + DAY), row(NOON + DAY), row(NOON))


def test_a_file_removed_by_hand_is_made_again(day_files, tmp_path):
    day_files.write(deque([row()]), NOON)
    (tmp_path / "flows-20260101.db").unlink()
    day_files.write(deque([row()]), NOON)
    assert len(read(tmp_path)) == 1


def test_the_oldest_day_makes_room(day_files, tmp_path):
    day_files.write(deque(row(NOON + day * DAY) for day in range(3)), NOON)
    assert day_files.free(2)
    assert names(tmp_path) == ["flows-20260102.db", "flows-20260103.db"]
    assert not day_files.free(2)


def test_only_the_time_is_indexed_and_nothing_is_overwritten(day_files, tmp_path):
    """Both measured: an index on the device writes four times as much."""
    day_files.write(deque([row()]), NOON)
    settings = [
        day_files._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete")
    ]
    assert settings == ["wal", 2, 0]
    found = day_files._connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index'")
    assert [sql for (sql,) in found] == ["CREATE INDEX flows_by_time ON flows (last_at)"]


@pytest.mark.parametrize("at", [-1e12, 1e18])
def test_an_absurd_time_has_a_file_too(day_files, tmp_path, at):
    day_files.write(deque([row(at)]), NOON)
    assert len(files(tmp_path)) == 1


def test_files_of_a_span_of_time_are_found_by_their_names(day_files, tmp_path):
    day_files.write(deque(row(NOON + day * DAY) for day in range(4)), NOON)
    found = files(tmp_path, NOON + DAY, NOON + 2 * DAY)
    assert [path.name for path in found] == ["flows-20260102.db", "flows-20260103.db"]
