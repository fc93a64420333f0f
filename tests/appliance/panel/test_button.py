"""The button: holds isolate, always; three of them reconnect where that is allowed."""

from appliance.panel.button import Button
from appliance.panel.latch import Kind
from appliance.panel.sequence import CALM

LOOK = 0.05


class Hand:
    """Presses the button, and keeps a latch that obeys it."""

    def __init__(self, *, reconnects: bool = True, isolated: bool = True) -> None:
        self.now = 1000.0
        self.button = Button(self.now)
        self.button.reconnects = reconnects
        self.isolated = isolated
        self.orders: list[Kind] = []

    def does(self, pressed: bool, seconds: float) -> None:
        for _ in range(round(seconds / LOOK)):
            self.now += LOOK
            ordered = self.button.look(pressed, self.isolated, self.now)
            if ordered is not None:
                self.orders.append(ordered)
                if ordered is Kind.ISOLATE and not self.isolated:
                    self.button.calm_since = self.now
                self.isolated = ordered is Kind.ISOLATE

    def sequence(self, holds: int = 3) -> None:
        for _ in range(holds):
            self.does(False, 2)
            self.does(True, 2.5)
        self.does(False, 1)


def test_the_sequence_reconnects_a_minute_after_the_cut() -> None:
    hand = Hand()
    hand.does(False, CALM)
    hand.sequence()
    assert hand.orders == [Kind.ISOLATE] * 3 + [Kind.RECONNECT]


def test_it_does_not_where_the_technician_did_not_allow_it() -> None:
    hand = Hand(reconnects=False)
    hand.does(False, CALM)
    hand.sequence()
    assert hand.orders == [Kind.ISOLATE] * 3


def test_a_frightened_hand_only_isolates() -> None:
    """It holds the button again and again after the cut."""
    hand = Hand(isolated=False)
    hand.does(False, CALM)
    hand.sequence(holds=11)
    assert set(hand.orders) == {Kind.ISOLATE}


def test_another_order_to_isolate_ends_the_sequence() -> None:
    hand = Hand()
    hand.does(False, CALM)
    hand.sequence(holds=2)
    hand.button.calm_since = hand.now
    hand.sequence(holds=1)
    assert set(hand.orders) == {Kind.ISOLATE}


def test_while_connected_there_is_no_sequence() -> None:
    hand = Hand(isolated=False)
    hand.does(False, CALM)
    hand.does(True, 1.9)
    assert not hand.button.answers()
    assert hand.orders == []


def test_a_stuck_button_is_said() -> None:
    hand = Hand()
    hand.does(False, 1)
    hand.does(True, 31)
    assert hand.button.stuck()
    assert hand.orders == [Kind.ISOLATE]
