"""The latch: isolating always works, coming back is a technician's deliberate act."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.latch import (
    RECONNECT_EVERY,
    TABLE,
    Effect,
    Kind,
    Latch,
    Order,
    Row,
    State,
    When,
    obey,
    resumed,
    state,
    when,
)
from tests.kit.front_panel import NOON

SAVE_THEN_DRIVE = (Effect.SAVE, Effect.DRIVE)

latches = st.builds(
    Latch,
    isolated=st.booleans(),
    since=st.none() | st.just(NOON),
    isolate_asked_at=st.none() | st.floats(NOON - 100, NOON + 100),
    reconnected_at=st.none() | st.floats(NOON - 100, NOON + 100),
    doubt=st.booleans(),
    test_until=st.none() | st.just(NOON),
)


def order(kind: Kind, at: float = NOON, *, technician: bool = False) -> Order:
    return Order(kind=kind, at=at, who="alice", why="a test", technician=technician)


def cut(at: float = NOON) -> Latch:
    return obey(Latch(), order(Kind.ISOLATE, at)).latch


def back(latch: Latch, at: float, *, technician: bool = True) -> str:
    return obey(latch, order(Kind.RECONNECT, at, technician=technician)).refused


def in_state(there: State) -> Latch:
    """Give a latch in that state, isolated long ago."""
    long_ago = {"since": NOON - 1000, "isolate_asked_at": NOON - 1000}
    isolated = there is not State.CONNECTED
    test_until = NOON + 20 if there is State.TESTED else None
    return Latch(isolated=isolated, doubt=there is State.DOUBT, test_until=test_until, **long_ago)


def such(row: Row, latch: Latch) -> tuple[Latch, Order]:
    """Give *latch* and an order that are as *row* says."""
    asked = order(row.kind, technician=row.when is not When.NOT_ALLOWED)
    if row.when is When.JUST_ISOLATED:
        latch = replace(latch, isolate_asked_at=NOON - 1)
    if row.when is When.TOO_SOON:
        latch = replace(latch, reconnected_at=NOON - 20)
    return latch, asked


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.state}, {row.kind}, {row.when}")
def test_each_row_of_the_table(row: Row) -> None:
    latch, asked = such(row, in_state(row.state))
    assert (state(latch), when(latch, asked)) == (row.state, row.when)
    outcome = obey(latch, asked)
    assert state(outcome.latch) is row.then
    assert (outcome.effects, outcome.what) == (row.effects, row.what)
    assert bool(outcome.refused) is row.what.startswith("refused")
    assert row.effects or outcome.refused or row.what == "test_over"


@given(
    latches,
    st.builds(
        Order,
        kind=st.sampled_from(Kind),
        at=st.floats(NOON - 100, NOON + 100),
        who=st.just("alice"),
        technician=st.booleans(),
        on_site=st.booleans(),
        after_isolate=st.none() | st.floats(0, 100),
        after_reconnect=st.none() | st.floats(0, 100),
    ),
)
def test_there_is_a_row_for_everything(latch: Latch, asked: Order) -> None:
    outcome = obey(latch, asked)
    if latch.isolated and not outcome.latch.isolated:
        by_itself = asked.kind is Kind.END_TEST and latch.test_until is not None
        assert by_itself or (asked.kind is Kind.RECONNECT and asked.may_reconnect())


def test_the_sequence_on_site_reconnects_although_its_holds_isolate() -> None:
    """Each of them was an order to isolate; what others ordered still counts."""
    asked = Order(kind=Kind.RECONNECT, at=NOON, who="@on_site", on_site=True, after_isolate=60)
    held = cut(NOON - 0.5)
    assert obey(held, asked).what == "reconnected"
    assert obey(held, replace(asked, after_isolate=4.9)).refused == "just_isolated"
    again = replace(held, reconnected_at=NOON - 59)
    assert obey(again, asked).refused == "too_soon"


def test_a_clock_that_never_steps_counts_as_well() -> None:
    """Setting the time of day forward does not let anybody toggle the uplink."""
    asked = replace(order(Kind.RECONNECT, NOON + 3600, technician=True), after_reconnect=59.0)
    assert obey(cut(), asked).refused == "too_soon"
    assert obey(cut(), replace(asked, after_reconnect=60.0, after_isolate=4.9)).refused == (
        "just_isolated"
    )
    assert obey(cut(), replace(asked, after_reconnect=60.0, after_isolate=5.0)).refused == ""


def test_isolating_saves_before_it_drives() -> None:
    outcome = obey(Latch(), order(Kind.ISOLATE))
    assert outcome.effects == SAVE_THEN_DRIVE
    assert outcome.latch == Latch(
        isolated=True, since=NOON, who="alice", why="a test", isolate_asked_at=NOON
    )


def test_isolating_again_changes_nothing_but_drives_again() -> None:
    outcome = obey(cut(), order(Kind.ISOLATE, NOON + 100))
    assert outcome.effects == (Effect.DRIVE,)
    assert (outcome.latch.since, outcome.what) == (NOON, "isolated_again")


def test_isolating_in_doubt_ends_the_doubt() -> None:
    outcome = obey(Latch(isolated=True, doubt=True), order(Kind.ISOLATE))
    assert outcome.effects == SAVE_THEN_DRIVE
    assert not outcome.latch.doubt


@given(latches)
def test_isolating_is_never_refused(latch: Latch) -> None:
    outcome = obey(latch, order(Kind.ISOLATE))
    assert outcome.latch.isolated
    assert not outcome.refused
    assert Effect.DRIVE in outcome.effects


@given(latches)
def test_only_a_technician_reconnects(latch: Latch) -> None:
    outcome = obey(latch, order(Kind.RECONNECT))
    assert (outcome.latch, outcome.refused) == (latch, "only_technician")
    assert outcome.effects == ()


@given(latches)
def test_an_order_that_changes_the_latch_saves_it_before_it_drives(latch: Latch) -> None:
    for kind in Kind:
        outcome = obey(latch, order(kind, technician=True))
        if outcome.latch.isolated != latch.isolated:
            assert outcome.effects == SAVE_THEN_DRIVE


def test_a_technician_reconnects() -> None:
    outcome = obey(cut(), order(Kind.RECONNECT, NOON + 60, technician=True))
    assert outcome.effects == SAVE_THEN_DRIVE
    assert outcome.latch == Latch(
        since=NOON + 60, who="alice", why="a test", reconnected_at=NOON + 60
    )


def test_reconnecting_what_is_connected_changes_nothing() -> None:
    outcome = obey(Latch(), order(Kind.RECONNECT, technician=True))
    assert (outcome.latch, outcome.effects) == (Latch(), (Effect.DRIVE,))


def test_of_two_orders_at_once_isolating_wins() -> None:
    """Whichever comes first, and also when the uplink was cut long before."""
    assert back(cut(), NOON) == "just_isolated"
    again = obey(cut(NOON - 1000), order(Kind.ISOLATE)).latch
    assert back(again, NOON + 4.9) == "just_isolated"
    assert back(again, NOON + 5) == ""
    connected = obey(cut(NOON - 1000), order(Kind.RECONNECT, technician=True)).latch
    assert obey(connected, order(Kind.ISOLATE)).latch.isolated


def test_one_reconnection_a_minute() -> None:
    once = obey(cut(), order(Kind.RECONNECT, NOON + 10, technician=True)).latch
    twice = obey(once, order(Kind.ISOLATE, NOON + 20)).latch
    assert back(twice, NOON + 69.9) == "too_soon"
    assert back(twice, NOON + 70) == ""


@pytest.mark.parametrize("step", [-3600, 3600])
def test_a_clock_that_was_set_does_not_lock_the_uplink(step: float) -> None:
    """A clock that went back an hour does not keep a technician waiting for an hour."""
    once = obey(cut(), order(Kind.RECONNECT, NOON + 10, technician=True)).latch
    twice = obey(once, order(Kind.ISOLATE, NOON + 11)).latch
    assert back(twice, NOON + 20 + step) == ""


def under_test(latch: Latch = Latch(), at: float = NOON) -> Latch:  # noqa: B008 - it is frozen
    return obey(latch, order(Kind.TEST, at, technician=True)).latch


def test_a_test_saves_before_it_drives_and_says_that_it_is_one() -> None:
    outcome = obey(Latch(), replace(order(Kind.TEST, technician=True), until=NOON + 18))
    assert outcome.effects == SAVE_THEN_DRIVE
    assert (outcome.latch.isolated, outcome.latch.test_until) == (True, NOON + 18)


def test_a_test_is_for_technicians_and_only_while_connected() -> None:
    assert obey(Latch(), order(Kind.TEST)).refused == "only_technician"
    for latch in (cut(), under_test(), Latch(isolated=True, doubt=True)):
        outcome = obey(latch, order(Kind.TEST, technician=True))
        assert (outcome.refused, outcome.latch, outcome.effects) == ("test_isolated", latch, ())


def test_a_test_waits_a_minute_after_a_reconnection() -> None:
    latch = Latch(reconnected_at=NOON)
    soon = order(Kind.TEST, NOON + RECONNECT_EVERY - 1, technician=True)
    assert obey(latch, soon).refused == "too_soon"
    assert under_test(latch, NOON + RECONNECT_EVERY).isolated


def test_the_end_of_a_test_joins_again_whoever_orders_it() -> None:
    outcome = obey(under_test(), order(Kind.END_TEST, NOON + 5))
    assert outcome.effects == SAVE_THEN_DRIVE
    assert (outcome.latch.isolated, outcome.latch.test_until) == (False, None)
    assert outcome.latch.reconnected_at == NOON + 5


@given(latches)
def test_the_end_of_a_test_never_joins_what_a_person_cut(latch: Latch) -> None:
    """Also not after the person isolated in the middle of the test."""
    taken = obey(latch, order(Kind.ISOLATE)).latch
    assert taken.test_until is None
    outcome = obey(taken, order(Kind.END_TEST, NOON + 5))
    assert (outcome.latch, outcome.effects) == (taken, ())
    assert resumed(taken, NOON + 99) == taken


@given(latches)
def test_a_restart_changes_only_a_test(latch: Latch) -> None:
    found = resumed(latch, NOON + 9)
    if latch.test_until is None:
        assert found == latch
    else:
        assert (found.isolated, found.test_until, found.since) == (False, None, NOON + 9)
