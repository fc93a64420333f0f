"""The buzzer sounds for what is new, and once."""

from appliance.panel.shouting import BUZZ, Shouting


def test_it_sounds_for_an_alert_that_is_new_and_then_no_more() -> None:
    shouting = Shouting()
    assert not shouting.sounds(100.0)
    shouting.hear(["a"], 100.0)
    assert shouting.sounds(100.0 + BUZZ - 1)
    shouting.hear(["a"], 100.0 + BUZZ)
    assert not shouting.sounds(100.0 + BUZZ)


def test_another_alert_is_new_also_after_somebody_has_heard_the_first() -> None:
    shouting = Shouting()
    shouting.hear(["a"], 100.0)
    shouting.hush(101.0)
    assert not shouting.sounds(101.0)
    shouting.hear(["a", "b"], 102.0)
    assert shouting.sounds(103.0)


def test_it_sounds_all_through_a_count_down_until_somebody_has_heard_it() -> None:
    shouting = Shouting()
    shouting.count(True)
    assert shouting.sounds(100.0)
    assert shouting.sounds(100.0 + 10 * BUZZ)
    shouting.hush(101.0 + 10 * BUZZ)
    shouting.count(True)
    assert not shouting.sounds(102.0 + 10 * BUZZ)


def test_the_next_count_down_sounds_again() -> None:
    shouting = Shouting()
    shouting.count(True)
    shouting.hush(100.0)
    shouting.count(False)
    assert not shouting.sounds(101.0)
    shouting.count(True)
    assert shouting.sounds(102.0)
