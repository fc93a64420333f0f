"""Cases, one row each."""

from contextlib import closing

import pytest

from appliance.model import AlertState, Severity
from appliance.stages import Stage
from appliance.store.cases import load, newest_first, not_closed, save, tidy
from appliance.store.opening import open_sound
from tests.appliance.store.samples import BOB, NOON, case


@pytest.fixture
def db(tmp_path):
    with closing(open_sound(tmp_path / "vigie.db", NOON)) as db:
        yield db


def ids(found):
    return [int(one.id[4:], 16) for one in found]


def test_one_case_can_be_asked_for_by_its_id(db):
    save(db, [case(1), case(2)])
    assert load(db, case(2).id) == case(2)
    assert load(db, "no such id") is None


def test_saving_again_changes_all_but_the_id(db):
    save(db, [case(1)])
    later = case(
        1,
        about=BOB,
        also=(),
        severity=Severity.WARNING,
        first_at=NOON + 5,
        last_at=NOON + 99,
        alerts=("x",),
        stages=(Stage.HARM,),
        state=AlertState.CLOSED,
    )
    save(db, [later])
    assert list(newest_first(db)) == [later]


def test_cases_that_are_not_closed_come_in_the_order_they_fell_quiet(db):
    states = (AlertState.OPEN, AlertState.CLOSED)
    save(db, [case(n, last_at=NOON - n, state=states[n % 2]) for n in range(6)])
    assert ids(not_closed(db)) == [4, 2, 0]


def test_forgetting_goes_in_steps_and_spares_the_open_ones(db):
    """A few at once, so that nobody waits long for the lock."""
    save(db, [case(n, state=AlertState.OPEN if n == 10 else AlertState.CLOSED) for n in range(20)])
    assert [tidy(db, NOON + 10, 5, at_most=4) for _ in range(6)] == [8, 6, 1, 0, 0, 0]
    assert ids(newest_first(db)) == [19, 18, 17, 16, 10]
