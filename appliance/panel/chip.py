"""Which of the machine's GPIO chips has the pins of the 40-pin header.

They are told by the label that the kernel's driver gives them. The number does not tell: on a
Raspberry Pi 5 the header is chip 4 with older kernels and chip 0 with newer ones, where chip 0 of
the older ones is another thing altogether.

Sources: Linux, drivers/pinctrl/pinctrl-rp1.c and drivers/pinctrl/bcm/pinctrl-bcm2835.c.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from appliance.panel.claim import told
from appliance.panel.pins import PinError

LABELS = ("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835")
"""Raspberry Pi 5; 4; all before, and Zero."""

DEVICES = Path("/dev")


def pi_factory(devices: Path = DEVICES) -> Any:
    """Give the pins of this Raspberry Pi; raises PinError where there are none that work."""

    def label(number: int) -> str:
        lgpio = _library()
        handle = lgpio.gpiochip_open(number)
        try:
            return str(lgpio.gpio_get_chip_info(handle)[3])
        finally:
            lgpio.gpiochip_close(handle)

    with told("the pins cannot be opened"):
        number = header(devices, label)
        from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415 - only a Pi has lgpio

        from appliance.panel.kept_pin import KeptPin  # noqa: PLC0415 - as above

        factory = LGPIOFactory(chip=number)
        factory.pin_class = KeptPin
        factory.board_info  # noqa: B018 - raises on what is no Raspberry Pi
    return factory


def _library() -> Any:
    """Give lgpio, which makes a pipe in the folder LG_WD when it is imported."""
    try:
        with told("lgpio has no folder for its pipe"):
            import lgpio  # noqa: PLC0415 - only a Pi has it
    except ImportError as error:
        raise PinError("lgpio is not installed", "pins_missing") from error
    return lgpio


def header(devices: Path, label: Callable[[int], str]) -> int:
    """Give the number of the chip of the header among *devices*; raises PinError."""
    files = sorted(devices.glob("gpiochip*"))
    allowed = [file for file in files if os.access(file, os.R_OK | os.W_OK)]
    if not allowed:
        raise _none(files)
    labels = {number: label(number) for number in map(_number, allowed)}
    for wanted in LABELS:
        for number, found in labels.items():
            if found == wanted:
                return number
    if len(allowed) < len(files):
        raise _none(files)
    there = ", ".join(f"gpiochip{number} is {found}" for number, found in labels.items())
    raise PinError(f"no GPIO chip here is that of a Raspberry Pi ({there})", "pins_wrong_chip")


def _number(file: Path) -> int:
    return int(re.sub(r"\D", "", file.name) or 0)


def _none(files: list[Path]) -> PinError:
    if not files:
        return PinError("this machine has no GPIO chip", "pins_missing")
    named = ", ".join(map(str, files))
    return PinError(
        f"{named} may not be opened: the panel's user belongs into the group gpio",
        "pins_forbidden",
    )
