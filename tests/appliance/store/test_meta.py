"""Times by name."""

from contextlib import closing

from appliance.store import meta
from appliance.store.opening import open_sound
from tests.appliance.store.samples import NOON


def test_a_time_comes_back_to_the_last_bit(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        assert meta.time(db, meta.FIRST_STARTED) is None
        meta.set_time(db, meta.FIRST_STARTED, NOON + 0.1)
        meta.set_time(db, meta.FIRST_STARTED, NOON + 0.3)
        assert meta.time(db, meta.FIRST_STARTED) == NOON + 0.3
        db.execute("UPDATE meta SET value = '17x'")
        assert meta.time(db, meta.FIRST_STARTED) is None
