"""The pins of a Raspberry Pi, through gpiozero on lgpio.

Nothing here may move the relay but `GpioPins.drive`. Two traps are closed:

- *At the start* gpiozero makes every line an input, then an output that is low. Ours is left as it
  is (`kept_pin`) until the relay is claimed in the state of the latch, in one step.
- *At the end* gpiozero turns every pin it knows of into an input, which drops a driven relay. So
  the pin factory is ours, not the one gpiozero closes at exit, and the relay is never closed.

What cannot be had does not keep the rest from working: without its light the box still cuts.

Once the process is gone the kernel decides. Raspberry Pi's own kernels leave an output as it was;
others let go of it unless booted with ``pinctrl_bcm2835.persist_gpio_outputs=y``. Then the resistor
on the relay board holds the relay *undriven* until the panel is back, as it does from power-on
until the panel starts. With ``energised_means = "isolated"`` that keeps a practice connected when
the box dies, and costs an isolation those seconds. Only a bistable relay has no such window; if
the process is killed within a pulse, its coil stays driven until the panel is back.
"""

import time
from collections.abc import Callable
from typing import Any

from gpiozero import RGBLED, InputDevice, OutputDevice, PWMOutputDevice

from appliance.config import Panel
from appliance.panel.claim import Part, told
from appliance.panel.light import OFF, Colour
from appliance.panel.pins import PinError
from appliance.panel.relay import relays_of

TONE = 2700
"""Pitch of a passive buzzer in Hz: where the small ones are loudest, as their sheets show."""


class GpioPins:
    """See `appliance.panel.pins.Pins`."""

    simulated = False
    faults: tuple[str, ...] = ()

    def __init__(
        self,
        panel: Panel,
        isolated: bool,
        factory: Any,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Claim the pins from *factory*, the relays first and already at *isolated*."""
        self._relays = relays_of(panel, factory, steady)
        for relay in self._relays:
            try:
                relay.drive(isolated)
            except PinError:
                continue  # whoever drives it next is told

        def part(setting: str, pins: Any, build: Callable[[Any], Any]) -> Part[Any] | None:
            return None if pins is None else Part(setting, pins, build, steady)

        def to_ground(pin: int) -> InputDevice:
            return InputDevice(pin, pull_up=True, pin_factory=factory)

        def light(pins: tuple[int, int, int]) -> RGBLED:
            return RGBLED(*pins, active_high=panel.led_active_high, pin_factory=factory)

        def buzzer(pin: int) -> OutputDevice:
            if panel.buzzer_kind == "passive":
                return PWMOutputDevice(pin, frequency=TONE, pin_factory=factory)
            return OutputDevice(pin, pin_factory=factory)

        self._light = Part("red, green, blue", (panel.red, panel.green, panel.blue), light, steady)
        self._button = part("button", panel.button, to_ground)
        self._contact = part("feedback", panel.feedback, to_ground)
        self._opposite = part("feedback_opposite", panel.feedback_opposite, to_ground)
        self._buzzer = part("buzzer", panel.buzzer, buzzer)
        self._loud = 0.5 if panel.buzzer_kind == "passive" else 1
        """Of a tone, the share of each swing that is high: half is loudest."""

    def drive(self, isolated: bool) -> None:
        """See `Pins`; one that does not obey does not keep the others from it."""
        failed = []
        for relay in self._relays:
            try:
                relay.drive(isolated)
            except PinError as error:
                failed.append(error)
        if failed:
            words = "; ".join(map(str, failed))
            fault = next((error.fault for error in failed if error.fault), "")
            raise PinError(words, fault, partly=len(failed) < len(self._relays))

    def tend(self) -> None:
        """See `Pins`."""
        for relay in self._relays:
            relay.tend()

    def opened(self) -> bool | None:
        """See `Pins`; a contact closes to ground."""
        return None if self._contact is None else _closed("feedback", self._contact)

    def contradicts(self) -> bool:
        """See `Pins`."""
        if self._contact is None or self._opposite is None:
            return False
        first = _closed("feedback", self._contact)
        return first == _closed("feedback_opposite", self._opposite)

    def pressed(self) -> bool:
        """See `Pins`; the button closes to ground."""
        return self._button is not None and _closed("button", self._button)

    def show(self, colour: Colour, buzz: bool) -> None:
        """See `Pins`; the buzzer sounds also when the light is broken."""
        try:
            with told("the light cannot be lit"):
                light = self._light.get()
                if light.value != colour:
                    light.value = colour
        finally:
            if self._buzzer is not None:
                with told("the buzzer cannot be sounded"):
                    self._buzzer.get().value = self._loud if buzz else 0

    def close(self) -> None:
        """See `Pins`."""
        for relay in self._relays:
            relay.close()
        self.show(OFF, buzz=False)


def _closed(name: str, part: Part[Any]) -> bool:
    with told(f"the pin of {name} cannot be read"):
        return bool(part.get().is_active)
