"""Alerts, one row each."""

from contextlib import closing

import pytest

from appliance.model import AlertState
from appliance.store.alerts import AT_ONCE, load, newest_first, not_closed, save, tidy
from appliance.store.opening import open_sound
from tests.appliance.store.samples import BOB, NOON, alert


@pytest.fixture
def db(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        yield db


def ids(found):
    return [int(one.id, 16) for one in found]


def test_one_alert_can_be_asked_for_by_its_id(db):
    save(db, [alert(1), alert(2)])
    assert load(db, alert(2).id) == alert(2)
    assert load(db, "no such id") is None


def test_saving_again_changes_all_but_the_id(db):
    save(db, [alert(1)])
    later = alert(
        1,
        key=("beacon", "x"),
        detector="beacon",
        about=BOB,
        last_at=NOON + 99,
        count=9,
        state=AlertState.NORMAL,
        words={},
        attack=(),
        src_ip=None,
        dest_ip="203.0.113.5",
    )
    save(db, [later])
    assert list(newest_first(db, macs=None, detector=None, after=None)) == [later]


def test_alerts_that_are_not_closed_come_in_the_order_they_fell_quiet(db):
    """So that the sensor's bounded memory lets the right ones go."""
    states = (AlertState.OPEN, AlertState.CLOSED, AlertState.NORMAL)
    save(db, [alert(n, last_at=NOON - n, state=states[n % 3]) for n in range(6)])
    assert ids(not_closed(db)) == [5, 3, 2, 0]


def test_behind_an_alert_come_those_heard_of_before_it(db):
    save(db, [alert(n, last_at=NOON + n // 2) for n in range(6)])
    after = alert(4, last_at=NOON + 2)
    assert ids(newest_first(db, macs=None, detector=None, after=after)) == [3, 2, 1, 0]


def test_forgetting_goes_in_steps(db):
    """A few at once, so that nobody waits long for the lock."""
    save(db, [alert(n, last_at=NOON + n) for n in range(20)])
    assert [tidy(db, NOON + 10, 5, at_most=4) for _ in range(6)] == [8, 6, 1, 0, 0, 0]
    assert ids(newest_first(db, macs=None, detector=None, after=None)) == [19, 18, 17, 16, 15]


def test_however_many_there_are_they_come_in_order(db):
    """They are read some at a time."""
    count = 2 * AT_ONCE + 3
    save(db, [alert(n, last_at=NOON + n // 5) for n in range(count)])
    found = ids(newest_first(db, macs=None, detector=None, after=None))
    assert found == list(reversed(range(count)))


def test_those_that_the_sensor_closed_are_left_out_where_nobody_asks_for_them(db):
    save(db, [alert(n, last_at=NOON + n, state=list(AlertState)[n % 3]) for n in range(6)])
    found = list(newest_first(db, macs=None, detector=None, after=None, closed=False))
    assert len(found) == 4
    assert AlertState.CLOSED not in {each.state for each in found}
