"""The button: a hold of two seconds, and nothing else, is an order."""

import pytest

from appliance.panel.hold import Hold, look

RELEASED = Hold(released=True)


def orders(*looks: tuple[float, bool], hold: Hold = RELEASED) -> list[float]:
    """Give the times at which looks at the button order something."""
    found = []
    for at, pressed in looks:
        hold, ordered = look(hold, pressed, at)
        if ordered:
            found.append(at)
    return found


def pressing(start: float, seconds: float) -> list[tuple[float, bool]]:
    """Look twenty times a second at a press, then at its release."""
    held = [(round(start + n * 0.05, 2), True) for n in range(round(seconds * 20))]
    return [*held, (round(start + seconds, 2), False)]


def test_two_seconds_order_once() -> None:
    assert orders(*pressing(0, 10)) == [2.0]


def test_less_is_no_order() -> None:
    assert orders(*pressing(0, 1.95)) == []


def test_taps_do_not_add_up() -> None:
    """Bounce, or a cleaning cloth: a hundred taps of 50 ms."""
    assert orders(*((n * 0.05, n % 2 == 0) for n in range(200))) == []


def test_each_hold_is_an_order() -> None:
    assert orders(*pressing(0, 3), *pressing(10, 3)) == [2.0, 12.0]


def test_pressed_since_power_on_orders_nothing() -> None:
    assert orders(*pressing(0, 60), hold=Hold()) == []
    assert orders(*pressing(0, 60), *pressing(100, 3), hold=Hold()) == [102.0]


def test_a_press_that_nobody_watched_begins_anew() -> None:
    assert orders((0, True), (2, True), (3.9, True)) == []


@pytest.mark.parametrize(("seconds", "stuck"), [(29.9, False), (30.0, True), (300.0, True)])
def test_stuck_after_thirty_seconds_until_released(seconds: float, stuck: bool) -> None:
    hold = RELEASED
    for n in range(round(seconds * 20) + 1):
        hold, _ = look(hold, True, n * 0.05)
    assert hold.stuck() is stuck
    hold, _ = look(hold, False, seconds + 1)
    assert not hold.stuck()
