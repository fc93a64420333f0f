"""A line is touched once, to be what it is to be; on real lines: test_simulated_pins.py."""

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from gpiozero.pins.mock import MockFactory

ON_IT = ("gpiozero.pins.lgpio", "appliance.panel.kept_pin")
"""Modules that import lgpio."""


class Library(ModuleType):
    """Stands for lgpio, and writes down what it is asked for."""

    class error(Exception):  # noqa: N801, N818 - lgpio spells it so
        pass

    def __init__(self) -> None:
        super().__init__("lgpio")
        self.asked: list[tuple[object, ...]] = []
        self.busy = False

    def __getattr__(self, name: str) -> object:
        if name.isupper():  # the constants that gpiozero looks up
            return 0
        if name.startswith("gpio_"):
            return lambda *given: self.ask(name, *given)
        raise AttributeError(name)

    def ask(self, *asked: object) -> None:
        if self.busy:
            raise self.error("GPIO busy")
        self.asked.append(asked)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    found = Library()
    monkeypatch.setitem(sys.modules, "lgpio", found)
    for module in ON_IT:
        sys.modules.pop(module, None)
    yield found
    for module in ON_IT:
        sys.modules.pop(module, None)


def pin_on(library: Library) -> Any:
    from appliance.panel.kept_pin import KeptPin  # noqa: PLC0415 - on the stand-in

    return KeptPin(SimpleNamespace(_handle=7), MockFactory().pin(17).info)


@pytest.mark.parametrize("level", [True, False])
def test_an_output_is_claimed_at_its_level_in_one_step(library: Library, level: bool) -> None:
    pin = pin_on(library)
    assert library.asked == []
    pin.output_with_state(level)
    assert library.asked == [("gpio_claim_output", 7, 17, int(level))]


def test_a_line_that_another_program_holds_is_refused_and_left_to_it(library: Library) -> None:
    pin = pin_on(library)
    library.busy = True
    with pytest.raises(library.error, match="busy"):
        pin.output_with_state(True)
    pin.close()
    assert library.asked == []
