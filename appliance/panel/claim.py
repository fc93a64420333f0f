"""Taking a pin for ourselves, and saying in one sentence why it cannot be had.

A pin that another program holds is asked for again, once a second: what did that may end.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, TypeVar

from gpiozero import GPIOZeroError

from appliance.panel.pins import AGAIN, PinError

D = TypeVar("D")


class Part(Generic[D]):
    """Something on one pin or more, taken as soon as it can be had."""

    def __init__(
        self, setting: str, pins: Any, build: Callable[[Any], D], steady: Callable[[], float]
    ) -> None:
        """Try to have it; *setting* names where the installer wrote *pins*."""
        self._setting, self._pins, self._build = setting, pins, build
        self._steady = steady
        self._device: D | None = None
        self._again_at = 0.0
        self._why = ("", "")
        with suppress(PinError):  # `get` says it
            self._try()

    def get(self) -> D:
        """Give it; raises PinError while it cannot be had."""
        if self._device is not None:
            return self._device
        if self._steady() < self._again_at:
            raise PinError(*self._why)
        return self._try()

    def _try(self) -> D:
        self._again_at = self._steady() + AGAIN
        try:
            self._device = claim(self._setting, self._pins, self._build)
        except PinError as error:
            self._why = (str(error), error.fault)
            raise
        return self._device


def claim(setting: str, pins: Any, build: Callable[[Any], D]) -> D:
    """Give what *build* makes of *pins*; raises PinError."""
    with told(f"[panel] {setting} = {pins} cannot be used"):
        return build(pins)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn what a pin may raise into a PinError that begins with *what*."""
    try:
        yield
    except _errors() as error:
        reason = str(error).strip("'\"")
        fault = "pins_busy" if "busy" in reason.lower() else ""  # lgpio: 'GPIO busy' (EBUSY)
        raise PinError(f"{what}: {reason}", fault) from error


def _errors() -> tuple[type[Exception], ...]:
    """Give what a pin may raise; lgpio has an error of its own, where there is lgpio."""
    lgpio = sys.modules.get("lgpio")
    return (GPIOZeroError, OSError, *((lgpio.error,) if lgpio else ()))
