"""How the front panel may be wired, and every mistake in it."""

import pytest

from appliance.config import Panel
from appliance.config_file import ConfigError, read
from appliance.config_pins import wired, wrong_wiring

TWO_COILS = {"relay_kind": "bistable_two_coils", "relay_reset": 18}


def mistakes(**settings: object) -> list[str]:
    return list(wrong_wiring(Panel(**settings)))  # type: ignore[arg-type] # a test's


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"more_relays": (5, 6)},
        TWO_COILS,
        {"relay_kind": "bistable_polarity", "relay_reset": 18},
        {**TWO_COILS, "more_relays": (5,), "more_resets": (6,)},
        {"feedback": 5, "feedback_opposite": 6, "reconnect_by_button": True},
        {"energised_means": "connected"},
        {"relay_kind": "none", "button": 17},
    ],
)
def test_what_can_be_wired_is_no_mistake(settings: dict[str, object]) -> None:
    assert mistakes(**settings) == []


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"relay": 27}, "relay and button cannot both be GPIO 27"),
        ({"more_relays": (17,)}, "relay and more_relays cannot both be GPIO 17"),
        ({"more_relays": (5, 5)}, "more_relays has GPIO 5 twice"),
        ({"buzzer": 1}, "buzzer cannot be GPIO 1: 0 and 1 belong to the memory of boards"),
        ({"relay_reset": 5}, "relay_reset is of bistable relays; relay_kind is plain"),
        ({"more_resets": (5,)}, "more_resets are of bistable relays; relay_kind is plain"),
        ({"relay_kind": "bistable_two_coils"}, 'relay_kind = "bistable_two_coils" needs relay_res'),
        (
            {**TWO_COILS, "more_relays": (5, 6), "more_resets": (7,)},
            "more_relays has 2 pins and more_resets 1 pin: a bistable relay needs one of each",
        ),
        ({**TWO_COILS, "energised_means": "connected"}, "energised_means is of plain relays"),
        ({**TWO_COILS, "relay_reset": 17}, "relay and relay_reset cannot both be GPIO 17"),
        ({"feedback_opposite": 5}, "feedback_opposite is the second of two contacts"),
        ({"button": None, "reconnect_by_button": True}, "reconnect_by_button needs a button"),
    ],
)
def test_a_mistake_is_one_sentence(settings: dict[str, object], sentence: str) -> None:
    (found,) = mistakes(**settings)
    assert found.startswith(sentence)


def test_all_mistakes_of_a_file_are_said_at_once() -> None:
    panel = {"relay_kind": "bistable_polarity", "more_relays": [5, 99], "red": 0, "buzzer": 23}
    with pytest.raises(ConfigError) as error:
        read({"panel": panel}, "vigie.toml", {})
    said = "\n".join(error.value.mistakes)
    assert len(error.value.mistakes) == 4
    for part in ("more_relays must be", "needs relay_reset", "red cannot be", "green and buzzer"):
        assert part in said


def test_pins_of_lists_are_wired_too() -> None:
    panel = Panel(more_relays=(5, 6))
    assert [pin for name, pin in wired(panel) if name == "more_relays"] == [5, 6]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"more_relays": (5,)}, "more_relays"),
        ({"feedback": 5}, "feedback"),
        ({"relay_reset": 5}, "relay_reset"),
        ({"more_resets": (5,)}, "more_resets"),
    ],
)
def test_what_belongs_to_a_relay_is_a_mistake_without_one(
    setting: dict[str, object], told: str
) -> None:
    (mistake,) = mistakes(relay_kind="none", **setting)
    assert mistake.startswith(told)
