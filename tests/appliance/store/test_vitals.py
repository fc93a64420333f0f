"""Health, one row."""

from contextlib import closing
from dataclasses import replace

from appliance.model import Health
from appliance.store import rows
from appliance.store.opening import open_sound
from appliance.store.vitals import save, says
from tests.appliance.store.samples import NOON

WELL = Health(at=NOON, seeing=True)


def test_the_last_health_takes_the_place_of_the_one_before(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        save(db, WELL)
        save(db, replace(WELL, at=NOON + 1, seeing=False))
        (row,) = db.execute("SELECT * FROM health").fetchall()
        assert rows.health(row) == replace(WELL, at=NOON + 1, seeing=False)


def test_time_and_running_counters_are_no_news():
    assert says(replace(WELL, at=NOON + 1, packets=9)) == says(WELL)
    assert says(replace(WELL, seeing=False)) != says(WELL)
    assert says(replace(WELL, dropped_by_us={"flows": 0})) == says(WELL)
    assert says(replace(WELL, dropped_by_us={"flows": 1})) != says(WELL)
