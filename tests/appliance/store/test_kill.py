"""The sensor's process killed at any moment."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from appliance.store import Reader
from tests.appliance.store.samples import alert
from tests.appliance.store.writes_until_killed import BATCH

KILLS = 20
ROOT = Path(__file__).parents[3]


def run_until_killed(directory, first, acknowledgements):
    """Let the program write from batch *first* on; give the last batch it said was saved."""
    command = [
        sys.executable,
        "-m",
        "tests.appliance.store.writes_until_killed",
        directory,
        str(first),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as program:
        assert program.stdout is not None
        lines = [program.stdout.readline() for _ in range(acknowledgements)]
        program.kill()  # somewhere in one of the next batches
        lines += program.stdout.readlines()
    return int([line for line in lines if line.endswith(b"\n")][-1])


def test_killed_twenty_times_it_loses_nothing_it_said_was_saved(tmp_path):
    """No acknowledged alert is lost, no batch is torn, no minute counted twice or by half."""
    chance = random.Random(1)  # noqa: S311 - a fixed choice of moments
    saved, first = [], 0
    for _ in range(KILLS):
        last = run_until_killed(tmp_path, first, chance.randint(1, 12))
        saved += range(first, last + 1)
        first = last + 2  # the batch after the last may or may not be there
    with closing(Reader(tmp_path)) as reader:
        found = {one.id for one in reader.alerts(limit=10**6)}
        days = reader.traffic(since=0, step="day")
        minutes = reader.traffic(since=0, step="minute")
    for number in saved:
        assert found >= {alert(number * BATCH + place).id for place in range(BATCH)}
    assert len(found) % BATCH == 0
    assert len(found) // BATCH <= len(saved) + KILLS
    assert sum(day.outside.octets_in for day in days) == sum(m.outside.octets_in for m in minutes)
    assert all(minute.outside.octets_in == 100 for minute in minutes)
    with closing(sqlite3.connect(tmp_path / "vigie.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
