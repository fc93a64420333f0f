"""The table of the count-down, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.countdown import (
    TABLE,
    Announcement,
    CountDown,
    Effect,
    Event,
    Row,
    State,
    When,
    row,
    state,
)

RUNNING = CountDown(why=Announcement(detector="ransomware", alert="0" * 16), ends=60.0)


@pytest.mark.parametrize("one", TABLE, ids=lambda one: f"{one.state}, {one.event}, {one.when}")
def test_each_row_of_the_table(one: Row) -> None:
    found = row(
        one.state,
        one.event,
        named=one.when is not When.UNNAMED,
        isolated=one.when is When.ISOLATED,
        tested=one.when is When.TESTED,
    )
    assert found == one


@given(st.sampled_from(State), st.sampled_from(Event), st.booleans(), st.booleans(), st.booleans())
def test_there_is_a_row_for_everything(
    now: State, event: Event, named: bool, isolated: bool, tested: bool
) -> None:
    row(now, event, named=named, isolated=isolated, tested=tested)


def test_only_the_end_of_a_count_down_cuts() -> None:
    cuts = [(one.state, one.event) for one in TABLE if one.effect is Effect.CUT]
    assert cuts == [(State.COUNTING, Event.OVER)]


def test_only_a_named_detector_on_a_joined_line_in_a_quiet_hour_begins_one() -> None:
    begins = [(one.state, one.event, one.when) for one in TABLE if one.effect is Effect.BEGIN]
    assert begins == [(State.QUIET, Event.ANNOUNCE, When.ALLOWED)]


def test_a_stop_is_refused_only_where_nothing_runs() -> None:
    stops = [one for one in TABLE if one.event is Event.STOP]
    assert [one.state for one in stops if not one.refused] == [State.COUNTING]


def test_nothing_that_was_refused_changes_anything() -> None:
    assert all(one.then is one.state and one.effect is None for one in TABLE if one.refused)


def test_an_hour_after_its_end_another_may_begin() -> None:
    assert state(RUNNING, 3660.0, 30.0) is State.COUNTING
    assert state(None, 3660.0, 3659.0) is State.RESTING
    assert state(None, 3660.0, 3660.0) is State.QUIET
