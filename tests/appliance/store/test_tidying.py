"""Forgetting what is too old or too much."""

from contextlib import closing

import pytest

from appliance.config import Keep
from appliance.decisions import Verdict
from appliance.durations import DAY
from appliance.store import tidying
from appliance.store.tidying import tidy
from appliance.store.traffic import STEPS, Tally, load
from appliance.store.writer import Writer
from tests.appliance.store.samples import ALICE, BOB, NOON, Clock, device


@pytest.fixture
def writer(tmp_path):
    with closing(Writer(tmp_path, Clock())) as writer:
        tally = Tally()
        for hour in range(100 * 24):
            tally.add(int(NOON) + hour * 3600, ALICE, (1, 0, 0, 0), outside=False)
        writer.write(tally.save)
        yield writer


def octets(writer, step):
    found = writer.read(lambda db: load(db, step, None, 0, 4e9))
    return sum(one.lan.octets_in for one in found)


def test_each_step_is_kept_for_its_time(writer):
    """Minutes for two days, hours for a month, days as long as the configuration says."""
    now = NOON + 100 * DAY
    tidy(writer, Keep(traffic_days=60), now)
    assert [octets(writer, step) for step in STEPS] == [48, 35 * 24, 60 * 24 - 12]


def test_each_step_has_a_greatest_number_of_rows(writer, monkeypatch):
    monkeypatch.setattr(tidying, "TRAFFIC_ROWS", {"minute": 10, "hour": 7, "day": 101})
    tidy(writer, Keep(), NOON)
    assert [octets(writer, step) for step in STEPS] == [10, 7, 2400]


def test_forgetting_goes_in_short_transactions(writer, monkeypatch):
    """What is left after some of them waits for the next hour."""
    monkeypatch.setattr(tidying, "CHUNK", 10)
    monkeypatch.setattr(tidying, "CHUNKS", 5)
    tidy(writer, Keep(), NOON + 100 * DAY)
    assert octets(writer, "minute") == 2350


def test_a_device_that_was_not_heard_is_forgotten(box):
    """And comes back as new when it is; what was said of it goes with it."""
    watch, office, reader = box.watch(device_days=100), box.office(), box.reader()
    watch.save_devices([device(ALICE), device(BOB, last_at=NOON + 99 * DAY)])
    watch.flush(NOON)
    office.decide(author="marie", verdict=Verdict.APPROVE, mac=ALICE)
    office.decide(author="marie", verdict=Verdict.APPROVE, mac=BOB)
    box.clock.at = NOON + 101 * DAY
    watch.tidy(box.clock.at)
    office.tidy(Keep(device_days=100))
    assert [one.mac for one in reader.devices()] == [BOB]
    assert [one.mac for one in reader.decisions()] == [BOB]
    for hour in (1, 2):
        watch.save_devices([device(ALICE)])
        watch.flush(box.clock.at + hour)
        watch.tidy(box.clock.at + hour * 3600)
    assert [one.mac for one in reader.devices()] == [BOB]
    watch.save_devices([device(ALICE, last_at=box.clock.at)])
    watch.flush(box.clock.at + 2)
    assert {one.mac for one in reader.devices()} == {ALICE, BOB}
