"""Taking a pin: why it cannot be had is one sentence, and it is asked for again."""

from itertools import pairwise

import pytest
from gpiozero import GPIOZeroError

from appliance.panel.claim import Part, claim, told
from appliance.panel.pins import AGAIN, PinError


def refuses(pins: object) -> object:
    raise OSError("GPIO busy")


def test_a_pin_that_another_program_holds_is_busy() -> None:
    with pytest.raises(PinError) as error:
        claim("relay", 17, refuses)
    assert str(error.value) == "[panel] relay = 17 cannot be used: GPIO busy"
    assert error.value.fault == "pins_busy"


def test_what_a_pin_may_raise_begins_with_what_was_tried() -> None:
    with (
        pytest.raises(PinError, match="the light cannot be lit: no such pin") as error,
        told("the light cannot be lit"),
    ):
        raise GPIOZeroError("no such pin")
    assert error.value.fault == ""


def test_what_cannot_be_had_is_asked_for_once_a_second() -> None:
    steady, tries = [10.0], []

    def build(pins: int) -> str:
        tries.append(steady[0])
        if len(tries) < 3:
            raise OSError("GPIO busy")
        return f"device on {pins}"

    part = Part("button", 27, build, lambda: steady[0])
    for _ in range(39):
        steady[0] += 0.05
        with pytest.raises(PinError, match="button = 27 cannot be used: GPIO busy") as error:
            part.get()
        assert error.value.fault == "pins_busy"
    steady[0] += 0.1
    assert part.get() == part.get() == "device on 27"
    assert [later - before >= AGAIN for before, later in pairwise(tries)] == [True, True]
