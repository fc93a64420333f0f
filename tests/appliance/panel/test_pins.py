"""The simulated pins."""

from appliance.panel.light import OFF, RED
from appliance.panel.pins import SimulatedPins


def test_closing_puts_out_the_light_and_leaves_the_relay() -> None:
    pins = SimulatedPins()
    pins.drive(True)
    pins.show(RED, buzz=True)
    pins.close()
    assert (pins.isolated, pins.colour, pins.buzzing) == (True, OFF, False)
