"""One relay on its pins: plain, or bistable.

A *plain* relay has one line, held at a level. A *bistable* relay keeps its position by itself; it
has two lines, each pulsed: one cuts, the other joins again. Whether these are two coils or the two
inputs of an H-bridge that turns the polarity of one coil makes no difference here: in both cases
the two are never driven together, and none for longer than the pulse and one turn of the panel.

A bistable relay does not tell where it is, so it is pulsed to where the latch is at every start. A
pulse to where it is already moves nothing.
"""

import time
from collections.abc import Callable
from typing import Any, Protocol

from gpiozero import OutputDevice

from appliance.config import Panel
from appliance.panel.claim import claim, told
from appliance.panel.pins import PinError

REST = 1.0
"""Seconds from one pulse to the next of the same coil: it carries current for an instant only, also
while somebody orders the same again and again."""


class Relay(Protocol):
    """Moves the uplink, or one part of it."""

    def drive(self, isolated: bool) -> None:
        """Move it, or hold it there; raises PinError."""

    def tend(self) -> None:
        """End what only lasts a moment; raises PinError."""

    def close(self) -> None:
        """End what only lasts a moment, before the process does; raises PinError."""


class Held(OutputDevice):  # type: ignore[misc] # gpiozero has no types
    """An output that nobody closes: see the text of `gpio`."""

    def close(self) -> None:
        """Leave the line as it is; gpiozero calls this when the object goes."""


class Plain:
    """See `Relay`: one line, held."""

    def __init__(self, name: str, pin: int, panel: Panel, factory: Any) -> None:
        self._name, self._pin, self._factory = name, pin, factory
        self._active_high = panel.relay_active_high
        self._driven_means_isolated = panel.energised_means == "isolated"
        self._line: Any = None

    def drive(self, isolated: bool) -> None:
        """See `Relay`; the line is claimed at the level that it is to have, in one step."""
        driven = isolated == self._driven_means_isolated
        if self._line is None:
            self._line = _line(self._name, self._pin, self._active_high, driven, self._factory)
        _set(self._name, self._line, driven)

    def tend(self) -> None:
        """See `Relay`; nothing of it only lasts a moment."""

    def close(self) -> None:
        """See `Relay`."""


class Bistable:
    """See `Relay`: two lines, pulsed, never both."""

    def __init__(
        self,
        names: tuple[str, str],
        pins: tuple[int, int],
        panel: Panel,
        factory: Any,
        steady: Callable[[], float],
    ) -> None:
        """Touch no pin yet; the first of *names* and *pins* cuts, the second joins again."""
        self._names, self._pins, self._factory = names, pins, factory
        self._active_high = panel.relay_active_high
        self._pulse = panel.pulse_ms / 1000
        self._steady = steady
        self._lines: list[Any] = []
        self._toward: bool | None = None
        """Where the latest pulse goes; None when it may not have got there."""
        self._began = 0.0
        self._driven = False

    def drive(self, isolated: bool) -> None:
        """See `Relay`."""
        self._claim()
        self.tend()
        now = self._steady()
        if self._toward is isolated and now - self._began < REST:
            return
        self._toward = None
        self._release()
        self._began, self._driven = now, True
        self._set(0 if isolated else 1, driven=True)
        self._toward = isolated

    def tend(self) -> None:
        """See `Relay`."""
        if self._driven and self._steady() - self._began >= self._pulse:
            self._release()

    def close(self) -> None:
        """See `Relay`; a pulse cut short might have moved nothing."""
        if self._driven:
            time.sleep(max(0.0, self._began + self._pulse - self._steady()))
            self._release()

    def _claim(self) -> None:
        for which in range(len(self._lines), 2):
            name, pin = self._names[which], self._pins[which]
            self._lines.append(_line(name, pin, self._active_high, False, self._factory))

    def _release(self) -> None:
        """Drive none of the two; one that does not obey does not keep the other driven."""
        try:
            self._set(0, driven=False)
        finally:
            self._set(1, driven=False)
        self._driven = False

    def _set(self, which: int, *, driven: bool) -> None:
        _set(self._names[which], self._lines[which], driven)


def relays_of(panel: Panel, factory: Any, steady: Callable[[], float]) -> list[Relay]:
    """Give the relays that *panel* describes, the first one first; no pin is touched yet."""
    if panel.relay_kind == "none":
        return []
    pins = (panel.relay, *panel.more_relays)
    names = ["relay", *["more_relays"] * len(panel.more_relays)]
    if panel.relay_kind == "plain":
        return [Plain(name, pin, panel, factory) for name, pin in zip(names, pins, strict=True)]
    if panel.relay_reset is None or len(panel.more_resets) != len(panel.more_relays):
        raise PinError("[panel] a bistable relay needs a pin that joins again")
    resets = (panel.relay_reset, *panel.more_resets)
    reset_names = ["relay_reset", *["more_resets"] * len(panel.more_resets)]
    return [
        Bistable(both_names, both, panel, factory, steady)
        for both_names, both in zip(
            zip(names, reset_names, strict=True), zip(pins, resets, strict=True), strict=True
        )
    ]


def _line(name: str, pin: int, active_high: bool, driven: bool, factory: Any) -> Any:
    return claim(
        name,
        pin,
        lambda one: Held(one, active_high=active_high, initial_value=driven, pin_factory=factory),
    )


def _set(name: str, line: Any, driven: bool) -> None:
    with told(f"the pin of {name} cannot be driven"):
        line.value = driven
        obeyed = bool(line.value) == driven
    if not obeyed:
        raise PinError(f"the pin of {name} does not follow: something else drives it")
