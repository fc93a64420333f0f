"""Relays of each kind, on gpiozero's mock of a Raspberry Pi: every edge is looked at."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin
from hypothesis import given
from hypothesis import strategies as st

from appliance.config import Panel
from appliance.panel.pins import PinError
from appliance.panel.relay import REST, Bistable, Plain, relays_of

CUTS, JOINS = 17, 18
KINDS = ("bistable_two_coils", "bistable_polarity")
PANEL = Panel(relay_kind="bistable_two_coils", relay_reset=JOINS, pulse_ms=80)


class Board:
    """A bistable relay with its coils, and a clock that only moves when told."""

    def __init__(self, panel: Panel = PANEL) -> None:
        self.factory = MockFactory(pin_class=MockPWMPin)
        self.now = 100.0
        self.active_high = panel.relay_active_high
        (self.relay,) = relays_of(panel, self.factory, lambda: self.now)

    def driven(self) -> tuple[bool, bool]:
        """Tell whether the coil that cuts and the one that joins carry current."""
        return self._driven(CUTS), self._driven(JOINS)

    def _driven(self, pin: int) -> bool:
        return bool(self.factory.pin(pin).state) == self.active_high

    def passes(self, seconds: float) -> None:
        for _ in range(round(seconds / 0.01)):
            self.now += 0.01
            self.relay.tend()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("active_high", [True, False])
def test_a_pulse_cuts_and_another_joins(kind: str, active_high: bool) -> None:
    board = Board(replace(PANEL, relay_kind=kind, relay_active_high=active_high))
    board.relay.drive(True)
    assert board.driven() == (True, False)
    board.passes(0.07)
    assert board.driven() == (True, False)
    board.passes(0.02)
    assert board.driven() == (False, False)
    board.passes(2)
    board.relay.drive(False)
    assert board.driven() == (False, True)
    board.passes(0.09)
    assert board.driven() == (False, False)


def test_an_order_back_within_a_pulse_ends_it_first() -> None:
    board = Board()
    board.relay.drive(False)
    board.passes(0.03)
    board.relay.drive(True)
    assert board.driven() == (True, False)
    board.passes(0.07)
    assert board.driven() == (True, False)  # a whole pulse, counted anew


def test_the_same_order_again_and_again_pulses_once_a_second() -> None:
    """Ten thousand orders to isolate must not heat the coil."""
    board = Board()
    pulses, was = 0, False
    for _ in range(500):
        board.relay.drive(True)
        pulses += board.driven()[0] and not was
        was = board.driven()[0]
        board.passes(0.01)
    assert pulses == pytest.approx(5 / REST, abs=1)


def test_a_start_pulses_to_where_the_latch_is() -> None:
    """Whatever a killed process left: both lines are let go of, then one is pulsed."""
    board = Board()
    for pin in (CUTS, JOINS):
        board.factory.pin(pin)._state = True
        board.factory.pin(pin).clear_states()
    board.relay.drive(False)
    assert board.factory.pin(CUTS).states[-1].state == 0
    assert board.driven() == (False, True)


def test_a_coil_that_cannot_be_let_go_of_keeps_the_other_from_being_driven() -> None:
    board = Board()
    board.relay.drive(False)
    board.passes(0.03)
    board.factory.pin(JOINS)._change_state = lambda value: None
    with pytest.raises(PinError, match="relay_reset does not follow"):
        board.relay.drive(True)
    assert board.driven() == (False, True)
    with pytest.raises(PinError):
        board.passes(0.1)  # it is said until it obeys
    del board.factory.pin(JOINS)._change_state
    board.passes(0.02)
    assert board.driven() == (False, False)
    board.relay.drive(True)
    assert board.driven() == (True, False)


@given(st.lists(st.one_of(st.booleans(), st.floats(0.01, 1.5)), max_size=30))
def test_never_both_coils_and_none_for_long(moves: list[bool | float]) -> None:
    """Whatever is ordered when: the relay ends where it was last told to go."""
    board = Board()
    position, wanted, lit = False, None, 0
    for move in [*moves, 1.5]:
        if isinstance(move, bool):
            wanted = move
            board.relay.drive(move)
        for _ in steps(board, move):
            cuts, joins = board.driven()
            assert not (cuts and joins)
            position = True if cuts else False if joins else position
            lit = lit + 1 if cuts or joins else 0
            assert lit <= 10 + 2  # 80 ms, and one look more; an order back begins a new pulse
            if isinstance(move, bool):
                lit = 0
    if wanted is not None:
        assert position is wanted
    assert board.driven() == (False, False) or wanted is None


def steps(board: Board, move: bool | float) -> Iterator[None]:
    """Let *move* pass, or, of an order, look once."""
    for _ in range(1 if isinstance(move, bool) else round(move / 0.01)):
        if wired(board):
            yield
        if not isinstance(move, bool):
            board.passes(0.01)


def wired(board: Board) -> bool:
    """Tell whether anything was ordered yet: before that no pin is touched."""
    return bool(board.relay._lines)  # type: ignore[attr-defined] # a test looks inside


def test_each_relay_has_the_pins_of_its_place() -> None:
    panel = replace(PANEL, more_relays=(5, 6), more_resets=(12, 13))
    relays = relays_of(panel, MockFactory(), lambda: 0.0)
    assert [one._pins for one in relays if isinstance(one, Bistable)] == [
        (17, 18),
        (5, 12),
        (6, 13),
    ]
    plain = relays_of(Panel(more_relays=(5,)), MockFactory(), lambda: 0.0)
    assert [one._pin for one in plain if isinstance(one, Plain)] == [17, 5]


def test_a_bistable_relay_without_what_joins_again_is_refused() -> None:
    """`config_pins` says so before; a configuration made in code is not judged."""
    with pytest.raises(PinError, match="joins again"):
        relays_of(Panel(relay_kind="bistable_polarity"), MockFactory(), lambda: 0.0)


def test_where_there_is_none_no_pin_is_touched() -> None:
    assert relays_of(Panel(relay_kind="none"), MockFactory(), lambda: 0.0) == []
