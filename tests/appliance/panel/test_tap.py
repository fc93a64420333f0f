"""A short press stops, a long one does not, and what lies between does neither."""

import pytest

from appliance.panel.hold import HOLD
from appliance.panel.tap import LONGEST, SHORTEST, Tap, look

LOOK = 0.05


def stops(*presses: tuple[bool, float], counting_from: float = 0.0) -> int:
    """Count the stops while the button is down or up for so many seconds each."""
    tap, now, found = Tap(), 1000.0, 0
    for pressed, seconds in ((False, 0.2), *presses, (False, 0.2)):
        for _ in range(max(1, round(seconds / LOOK))):
            now += LOOK
            tap, stopped = look(tap, pressed, now - 1000.0 > counting_from, now)
            found += stopped
    return found


@pytest.mark.parametrize("seconds", [SHORTEST + LOOK, 0.5, LONGEST - LOOK])
def test_a_short_press_stops_once(seconds: float) -> None:
    assert stops((True, seconds)) == 1


@pytest.mark.parametrize("seconds", [LOOK, LONGEST + 2 * LOOK, 1.9, HOLD, 5.0])
def test_a_bounce_or_somebody_who_meant_to_hold_it_stops_nothing(seconds: float) -> None:
    assert stops((True, seconds)) == 0


def test_a_press_that_began_before_the_count_down_stops_nothing() -> None:
    assert stops((True, 0.6), counting_from=0.5) == 0
    assert stops((True, 0.6), (False, 0.2), (True, 0.3), counting_from=0.5) == 1


def test_without_a_count_down_there_is_nothing_to_stop() -> None:
    assert stops((True, 0.5), counting_from=100.0) == 0


def test_a_press_that_nobody_watched_stops_nothing() -> None:
    tap, _ = look(Tap(), pressed=False, counting=True, now=1000.0)
    tap, _ = look(tap, pressed=True, counting=True, now=1000.05)
    _, stopped = look(tap, pressed=False, counting=True, now=1000.9)
    assert not stopped
