"""Pins that come late: the panel runs meanwhile, and the relay goes where the latch is."""

import pytest

from appliance.panel.late import LatePins
from appliance.panel.light import BLUE, OFF
from appliance.panel.pins import PinError, Pins, SimulatedPins


class Shop:
    """Has no pins until they come."""

    def __init__(self) -> None:
        self.now = 0.0
        self.there = SimulatedPins()
        self.open = False
        self.asked = 0

    def get(self, isolated: bool) -> Pins:
        self.asked += 1
        if not self.open:
            raise PinError("gpiochip0 may not be opened", "pins_forbidden")
        self.there.drive(isolated)
        return self.there


def test_what_is_missing_is_said_by_every_use() -> None:
    shop = Shop()
    pins = LatePins(shop.get, lambda: shop.now)
    with pytest.raises(PinError) as error:
        pins.drive(True)
    assert error.value.fault == "pins_forbidden"
    for use in (pins.pressed, pins.opened, pins.contradicts, lambda: pins.show(BLUE, buzz=False)):
        with pytest.raises(PinError, match="may not be opened"):
            use()
    pins.tend()
    pins.close()


def test_they_are_asked_for_again_but_not_all_the_time() -> None:
    shop = Shop()
    pins = LatePins(shop.get, lambda: shop.now)
    for _ in range(20):
        with pytest.raises(PinError):
            pins.drive(True)
    assert shop.asked == 1
    shop.now, shop.open = 1.0, True
    pins.drive(True)
    assert shop.there.isolated


def test_once_there_they_are_used() -> None:
    shop = Shop()
    shop.open = True
    pins = LatePins(shop.get, lambda: shop.now)
    pins.drive(False)
    shop.there.button, shop.there.contact, shop.there.torn = True, True, True
    pins.tend()
    assert (pins.pressed(), pins.opened(), pins.contradicts()) == (True, True, True)
    pins.show(BLUE, buzz=True)
    assert shop.there.colour == BLUE
    pins.close()
    assert shop.there.colour == OFF
