"""Since when a detector listens: in packet time, which begins anew after a leap of the clock."""

from typing import Final

from appliance.detectors.base import Network
from appliance.detectors.calling import is_known_before
from appliance.durations import DAY
from appliance.model import Mac

LEAP: Final = 4 * DAY
"""A leap of packet time that no weekend explains: the clock was wrong, all begins anew."""
KNOWN_BEFORE: Final = 60.0
"""Seconds before the first fact from which on a device is one that was known before."""


class Listening:
    """See the module's text."""

    def __init__(self) -> None:
        self.began: float | None = None
        """None before the first second."""
        self._now = 0.0

    def turn(self, now: float) -> None:
        """Take note of the time."""
        if self.began is None or not -KNOWN_BEFORE <= now - self._now <= LEAP:
            self.began = now
        self._now = now

    def relearns(self, mac: Mac, seconds: float, network: Network) -> bool:
        """Tell whether *mac*, known before, is learnt again: the first *seconds* after a start."""
        began = self.began
        if began is None or self._now - began >= seconds:
            return False
        return is_known_before(mac, began - KNOWN_BEFORE, network)
