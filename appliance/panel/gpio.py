"""The pins of a Raspberry Pi, through gpiozero on lgpio.

Nothing here may move the relay but `GpioPins.drive`. Two traps are closed:

- *At the start* gpiozero drives an output low unless told otherwise. The relay is claimed in the
  state of the latch, in one step.
- *At the end* gpiozero turns every pin it knows of into an input, which drops a driven relay. So
  the pin factory is ours, not the one gpiozero closes at exit, and the relay is never closed.

Once the process is gone the kernel decides. Raspberry Pi's own kernels leave an output as it was;
others let go of it unless booted with ``pinctrl_bcm2835.persist_gpio_outputs=y``. Then the resistor
on the relay board holds the relay *undriven* until the panel is back, as it does from power-on
until the panel starts. With ``energised_means = "isolated"`` that keeps a practice connected when
the box dies, and costs an isolation those seconds. Only a bistable relay has no such window.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from gpiozero import RGBLED, GPIOZeroError, InputDevice, OutputDevice

from appliance.config import Panel
from appliance.panel.light import OFF, Colour
from appliance.panel.pins import PinError

D = TypeVar("D")


class _Relay(OutputDevice):  # type: ignore[misc] # gpiozero has no types
    """An output that nobody closes: see the module's text."""

    def close(self) -> None:
        """Leave the line as it is; gpiozero calls this when the object goes."""


class GpioPins:
    """See `appliance.panel.pins.Pins`."""

    simulated = False
    faults: tuple[str, ...] = ()

    def __init__(self, panel: Panel, isolated: bool, factory: Any) -> None:
        """Claim the pins from *factory*, the relay first and already at *isolated*.

        Raises PinError, with the name of the setting to look at.
        """
        self._driven_means_isolated = panel.energised_means == "isolated"
        self._relay = _claim(
            "relay",
            panel.relay,
            lambda pin: _Relay(
                pin,
                active_high=panel.relay_active_high,
                initial_value=isolated == self._driven_means_isolated,
                pin_factory=factory,
            ),
        )
        self._light = _claim(
            "red, green, blue",
            (panel.red, panel.green, panel.blue),
            lambda pins: RGBLED(*pins, active_high=panel.led_active_high, pin_factory=factory),
        )
        self._button = _input("button", panel.button, factory)
        self._contact = _input("feedback", panel.feedback, factory)
        self._buzzer = None
        if panel.buzzer is not None:
            self._buzzer = _claim(
                "buzzer", panel.buzzer, lambda pin: OutputDevice(pin, pin_factory=factory)
            )

    def drive(self, isolated: bool) -> None:
        """See `Pins`."""
        driven = isolated == self._driven_means_isolated
        with _told("the relay's pin cannot be driven"):
            self._relay.value = driven
            obeyed = bool(self._relay.value) == driven
        if not obeyed:
            raise PinError("the relay's pin does not follow: something else drives it")

    def opened(self) -> bool | None:
        """See `Pins`; a contact closes to ground."""
        with _told("the feedback contact cannot be read"):
            return None if self._contact is None else bool(self._contact.is_active)

    def pressed(self) -> bool:
        """See `Pins`; the button closes to ground."""
        with _told("the button cannot be read"):
            return self._button is not None and bool(self._button.is_active)

    def show(self, colour: Colour, buzz: bool) -> None:
        """See `Pins`."""
        with _told("the light cannot be lit"):
            if self._light.value != colour:
                self._light.value = colour
            if self._buzzer is not None:
                self._buzzer.value = buzz

    def close(self) -> None:
        """See `Pins`."""
        self.show(OFF, buzz=False)


def pi_factory() -> Any:
    """Give the pins of this Raspberry Pi; raises PinError where there are none that work."""
    try:
        from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415 - only a Pi has lgpio

        with _told("the pins cannot be opened"):
            factory = LGPIOFactory()
            factory.board_info  # noqa: B018 - raises on what is no Raspberry Pi
    except ImportError as error:
        raise PinError("lgpio is not installed") from error
    return factory


def _input(setting: str, pin: int | None, factory: Any) -> Any:
    if pin is None:
        return None
    return _claim(setting, pin, lambda one: InputDevice(one, pull_up=True, pin_factory=factory))


def _claim(setting: str, pin: Any, device: Callable[[Any], D]) -> D:
    with _told(f"[panel] {setting} = {pin} cannot be used"):
        return device(pin)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what a pin may raise into a PinError that begins with *what*."""
    try:
        yield
    except _errors() as error:
        raise PinError(f"{what}: {error}") from error


def _errors() -> tuple[type[Exception], ...]:
    """Give what a pin may raise; lgpio has an error of its own, where there is lgpio."""
    lgpio = sys.modules.get("lgpio")
    return (GPIOZeroError, OSError, *((lgpio.error,) if lgpio else ()))
