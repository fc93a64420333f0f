"""The copy that is at most a day old."""

from contextlib import closing

import pytest

from appliance.store import StoreTrouble
from appliance.store import spare as module
from appliance.store.opening import open_sound
from appliance.store.spare import EVERY, is_due, make, spare_of
from tests.appliance.store.samples import NOON, alert


@pytest.fixture
def path(box):
    watch = box.watch()
    watch.save_alerts([alert()])
    return box.directory / "vigie.db"


def test_a_spare_is_a_whole_database(path, tmp_path):
    """Also of what is still in the WAL; nothing else is left behind."""
    before = set(tmp_path.iterdir())
    make(path, NOON)
    assert set(tmp_path.iterdir()) - before == {spare_of(path)}
    with closing(open_sound(spare_of(path), NOON)) as db:
        assert db.execute("SELECT count(*) FROM alerts").fetchone()[0] == 1


def test_a_spare_is_made_once_a_day(path):
    assert is_due(path, NOON)
    make(path, NOON)
    assert not is_due(path, NOON + EVERY - 1)
    assert is_due(path, NOON + EVERY)
    make(path, NOON + EVERY)
    assert not is_due(path, NOON + EVERY)


def test_no_spare_is_made_where_room_is_scarce(path, monkeypatch):
    """Alerts need it more."""
    monkeypatch.setattr(module, "room", lambda directory: 0)
    assert not is_due(path, NOON)


def test_a_spare_that_cannot_be_made_leaves_the_one_before(path, tmp_path):
    make(path, NOON)
    good = spare_of(path).read_bytes()
    path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreTrouble):
        make(path, NOON + EVERY)
    assert spare_of(path).read_bytes() == good
    assert list(tmp_path.glob("*.new")) == []


def test_the_sensor_makes_a_spare(box):
    box.watch().tidy(NOON)
    assert spare_of(box.directory / "vigie.db").exists()
