"""Real pins, on gpiozero's mock of a Raspberry Pi: every edge of the relay's line is looked at."""

import gc
from dataclasses import replace

import pytest
from gpiozero import Device, OutputDevice
from gpiozero.devices import _devices_shutdown
from gpiozero.pins.mock import MockFactory, MockPWMPin

from appliance.config import Panel
from appliance.panel.gpio import TONE, GpioPins
from appliance.panel.light import AMBER, OFF
from appliance.panel.pins import PinError

PANEL = Panel(feedback=5, buzzer=6)


@pytest.fixture
def factory() -> MockFactory:
    return MockFactory(pin_class=MockPWMPin)


def edges(factory: MockFactory, pin: int = 17) -> list[float]:
    """Give the levels that a line took since it was last cleared, the first one included."""
    return [float(one.state) for one in factory.pin(pin).states]


@pytest.mark.parametrize("active_high", [True, False])
@pytest.mark.parametrize("energised_means", ["isolated", "connected"])
@pytest.mark.parametrize("isolated", [True, False])
def test_a_start_makes_no_edge_on_a_line_that_is_right(
    factory: MockFactory, active_high: bool, energised_means: str, isolated: bool
) -> None:
    """The resistor holds the line where it was; claiming it must not let go for a moment."""
    panel = replace(PANEL, relay_active_high=active_high, energised_means=energised_means)
    driven = isolated == (energised_means == "isolated")
    level = float(driven == active_high)
    line = factory.pin(17)
    line._pull = "up" if level else "down"  # the resistor on the board
    line._state = bool(level)
    line.clear_states()
    pins = GpioPins(panel, isolated, factory)
    pins.drive(isolated)
    assert set(edges(factory)) == {level}
    assert line.function == "output"


def test_orders_move_the_line_once_each(factory: MockFactory) -> None:
    pins = GpioPins(PANEL, False, factory)
    for isolated in (False, True, True, False, False):
        pins.drive(isolated)
    assert edges(factory) == [0, 1, 0]


def test_nothing_but_an_order_moves_the_line(factory: MockFactory) -> None:
    """Neither closing, nor gpiozero's cleaning at exit, nor forgetting the object."""
    pins = GpioPins(PANEL, True, factory)
    line = factory.pin(17)
    line.clear_states()
    pins.close()
    _devices_shutdown()
    del pins
    gc.collect()
    assert edges(factory) == [1]
    assert line.function == "output"


def test_gpiozero_does_not_know_our_pins(factory: MockFactory) -> None:
    """What it knows, it resets at exit."""
    GpioPins(PANEL, True, factory)
    assert Device.pin_factory is None


def test_the_line_that_does_not_follow_is_said(factory: MockFactory) -> None:
    pins = GpioPins(PANEL, False, factory)
    factory.pin(17)._change_state = lambda value: None
    with pytest.raises(PinError, match="does not follow"):
        pins.drive(True)


def test_a_button_that_cannot_be_read_is_said(factory: MockFactory) -> None:
    pins = GpioPins(PANEL, False, factory)
    pins._button.get().close()
    with pytest.raises(PinError, match="the pin of button cannot be read"):
        pins.pressed()


def test_the_line_that_was_taken_away_is_said(factory: MockFactory) -> None:
    pins = GpioPins(PANEL, False, factory)
    factory.pin(17).function = "input"
    with pytest.raises(PinError, match="cannot be driven"):
        pins.drive(True)


def test_button_and_contact_close_to_ground(factory: MockFactory) -> None:
    pins = GpioPins(PANEL, False, factory)
    assert (pins.pressed(), pins.opened()) == (False, False)
    factory.pin(27).drive_low()
    factory.pin(5).drive_low()
    assert (pins.pressed(), pins.opened()) == (True, True)


def test_what_is_not_fitted_is_not_there(factory: MockFactory) -> None:
    pins = GpioPins(replace(PANEL, button=None, feedback=None, buzzer=None), False, factory)
    pins.show(AMBER, buzz=True)
    assert (pins.pressed(), pins.opened()) == (False, None)


@pytest.mark.parametrize("active_high", [True, False])
def test_the_light_has_its_colour_and_goes_out(factory: MockFactory, active_high: bool) -> None:
    pins = GpioPins(replace(PANEL, led_active_high=active_high), False, factory)
    pins.show(AMBER, buzz=True)

    def lit() -> tuple[float, ...]:
        levels = (factory.pin(n).state for n in (22, 23, 24))
        return tuple(level if active_high else 1 - level for level in levels)

    assert lit() == AMBER
    assert factory.pin(6).state == 1
    pins.close()
    assert lit() == OFF
    assert factory.pin(6).state == 0


def test_a_pin_that_cannot_be_had_names_its_setting_and_leaves_the_rest(
    factory: MockFactory,
) -> None:
    """The button is on the relay's pin: without it the box still cuts, lights up and is read."""
    pins = GpioPins(replace(PANEL, button=17), False, factory)
    with pytest.raises(PinError, match=r"\[panel\] button = 17 cannot be used"):
        pins.pressed()
    pins.drive(True)
    pins.show(AMBER, buzz=True)
    assert edges(factory) == [0, 1]
    assert (pins.opened(), factory.pin(6).state) == (False, 1)


def test_a_pin_that_is_given_back_is_used_a_second_later(factory: MockFactory) -> None:
    steady = [0.0]
    other = OutputDevice(27, pin_factory=factory)
    pins = GpioPins(PANEL, False, factory, lambda: steady[0])
    with pytest.raises(PinError):
        pins.pressed()
    other.close()
    with pytest.raises(PinError, match="button = 27"):
        pins.pressed()
    steady[0] += 1.0
    assert not pins.pressed()


def test_a_light_of_which_one_pin_was_taken_is_lit_later(factory: MockFactory) -> None:
    """What was claimed of it before that pin is given back, and claimed again."""
    steady = [0.0]
    other = OutputDevice(23, pin_factory=factory)
    pins = GpioPins(PANEL, False, factory, lambda: steady[0])
    for _ in range(3):
        steady[0] += 1.0
        with pytest.raises(PinError, match="red, green, blue"):
            pins.show(AMBER, buzz=False)
    other.close()
    steady[0] += 1.0
    pins.show(AMBER, buzz=False)
    assert factory.pin(22).state == 1


def test_two_contacts_of_which_one_is_always_closed(factory: MockFactory) -> None:
    pins = GpioPins(replace(PANEL, feedback_opposite=13), False, factory)
    assert (pins.opened(), pins.contradicts()) == (False, True)  # nothing is wired yet
    factory.pin(13).drive_low()
    assert (pins.opened(), pins.contradicts()) == (False, False)
    factory.pin(5).drive_low()
    assert (pins.opened(), pins.contradicts()) == (True, True)
    factory.pin(13).drive_high()
    assert (pins.opened(), pins.contradicts()) == (True, False)
    assert not GpioPins(Panel(), False, MockFactory(pin_class=MockPWMPin)).contradicts()


def test_a_passive_buzzer_is_given_a_tone(factory: MockFactory) -> None:
    pins = GpioPins(replace(PANEL, buzzer_kind="passive"), False, factory)
    pins.show(AMBER, buzz=True)
    assert (factory.pin(6).frequency, factory.pin(6).state) == (TONE, 0.5)
    pins.show(OFF, buzz=False)
    assert factory.pin(6).state == 0


def test_the_buzzer_sounds_although_the_light_is_broken(factory: MockFactory) -> None:
    pins = GpioPins(replace(PANEL, red=17), False, factory)
    with pytest.raises(PinError, match="red, green, blue"):
        pins.show(AMBER, buzz=True)
    assert factory.pin(6).state == 1


def test_a_relay_that_is_taken_is_driven_as_soon_as_it_is_free(factory: MockFactory) -> None:
    other = OutputDevice(17, pin_factory=factory)
    pins = GpioPins(PANEL, True, factory)
    pins.show(AMBER, buzz=False)
    with pytest.raises(PinError, match="relay = 17 cannot be used") as error:
        pins.drive(True)
    assert not error.value.partly
    other.close()
    pins.drive(True)
    assert edges(factory)[-1] == 1


def test_a_pulse_ends_when_the_panel_turns(factory: MockFactory) -> None:
    steady = [0.0]
    panel = replace(PANEL, relay_kind="bistable_polarity", relay_reset=18)
    pins = GpioPins(panel, False, factory, lambda: steady[0])
    assert (edges(factory, 17), edges(factory, 18)) == ([0], [0, 1])
    steady[0] = 0.1
    pins.tend()
    assert edges(factory, 18) == [0, 1, 0]


def test_all_relays_move_together(factory: MockFactory) -> None:
    pins = GpioPins(replace(PANEL, more_relays=(12, 13)), False, factory)
    pins.drive(True)
    pins.drive(False)
    assert [edges(factory, pin) for pin in (17, 12, 13)] == [[0, 1, 0]] * 3


def test_one_relay_that_does_not_obey_does_not_keep_the_others(factory: MockFactory) -> None:
    pins = GpioPins(replace(PANEL, more_relays=(12, 13)), False, factory)
    factory.pin(12)._change_state = lambda value: None
    with pytest.raises(PinError, match="more_relays does not follow") as error:
        pins.drive(True)
    assert error.value.partly
    assert [edges(factory, pin) for pin in (17, 12, 13)] == [[0, 1], [0], [0, 1]]


def test_a_pulse_under_way_is_finished_before_the_end(factory: MockFactory) -> None:
    panel = replace(PANEL, relay_kind="bistable_two_coils", relay_reset=18, pulse_ms=20)
    pins = GpioPins(panel, True, factory)
    pins.close()
    assert (edges(factory, 17), edges(factory, 18)) == ([0, 1, 0], [0])
    assert factory.pin(17).states[2].timestamp >= 0.02
