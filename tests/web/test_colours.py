"""What the answers about the lamp point to."""

from itertools import product

import pytest

from appliance.config import Panel
from appliance.panel.lamp import Part
from appliance.texts import LANGUAGES
from web.colours import COLOURS, advice, answered, rows


def points_to(red: bool | None, green: bool | None, blue: bool | None) -> list[tuple[str, str]]:
    """Give the first words of each advice, and its setting."""
    given = zip(COLOURS, (red, green, blue), strict=True)
    answers = {part: seen for part, seen in given if seen is not None}
    return [(" ".join(one.words.split()[:2]), one.setting) for one in advice("en", answers)]


def test_what_is_right_or_not_tried_needs_no_advice() -> None:
    assert points_to(True, True, True) == points_to(None, None, True) == []


def test_one_answer_says_little_and_asks_for_the_others() -> None:
    assert points_to(False, None, None) == [("Try the", "red")]


def test_two_that_are_wrong_are_each_other_s() -> None:
    assert points_to(False, False, True) == [("The red", "red")]
    assert points_to(True, False, False) == [("The green", "green")]


def test_where_none_is_right_the_level_is_the_other_one() -> None:
    """On a common anode that is taken for a cathode, red is shown as green and blue together."""
    assert points_to(False, False, False) == [("No colour", "led_active_high")]


def test_one_that_is_wrong_has_a_wire_or_a_number_of_its_own() -> None:
    assert points_to(True, True, False) == [("Only blue", "blue")]


def test_the_buzzer_has_advice_of_its_own() -> None:
    found = list(advice("en", {Part.BUZZER: False, **dict.fromkeys(COLOURS, True)}))
    assert [one.setting for one in found] == ["buzzer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_advice_is_for_a_setting_that_there_is(language: str) -> None:
    for seen in product((True, False, None), repeat=4):
        given = zip(Part, seen, strict=True)
        answers = {part: one for part, one in given if one is not None}
        for one in advice(language, answers):
            assert hasattr(Panel(), one.setting)


def test_every_part_that_is_fitted_has_its_row_and_one_is_asked_for() -> None:
    found = rows(Panel(buzzer=25), {Part.RED: True, Part.BUZZER: False}, "green")
    assert [(row.answer, row.asked) for row in found] == [
        ("yes", False),
        ("unknown", True),
        ("unknown", False),
        ("no", False),
    ]
    assert [row.part for row in rows(Panel(), {}, "")] == list(COLOURS)


def test_all_is_answered_when_the_colours_are() -> None:
    assert answered(dict.fromkeys(COLOURS, False))
    assert not answered({Part.RED: True, Part.BUZZER: True})
