"""How well the mirror port shows the network, judged by what passes."""

from collections.abc import Callable, Iterable

from appliance.addresses import Place
from appliance.facts import FlowDelta
from appliance.model import Ip, Mac

FRESH = 300.0
"""Seconds for which something seen counts."""
SILENCE = 60.0
"""Seconds without any packet after which the mirror is taken to be off."""
LOSS = 0.01
"""Share of packets lost, over a minute, from which the box says that it sees badly."""
WINDOW = 60.0


class Mirror:
    """Remembers when each sign of a working mirror was last seen."""

    def __init__(self, own: frozenset[Mac], began: float) -> None:
        self._own = own
        self._heard_at = began
        self._others_at = self._both_at = self._outside_at = float("-inf")
        self._packets = 0
        self._window = (began, 0, 0)
        self._loss = 0.0

    def note(self, deltas: Iterable[FlowDelta], place: Callable[[Ip], Place]) -> None:
        """Take in what conversations did; *place* tells where an address is."""
        for delta in deltas:
            if self._is_others(delta.mac) and self._is_others(delta.peer_mac):
                self._others_at = delta.at
                if delta.packets_out and delta.packets_in:
                    self._both_at = delta.at
            if Place.OUTSIDE in (place(delta.src), place(delta.dst)):
                self._outside_at = delta.at

    def count(self, now: float, packets: int, lost: int) -> None:
        """Take in how many *packets* were heard and *lost* so far.

        What was seen later than *now* was seen before the clock was set back: it counts as of now.
        """
        self._heard_at = min(self._heard_at, now)
        self._others_at = min(self._others_at, now)
        self._both_at = min(self._both_at, now)
        self._outside_at = min(self._outside_at, now)
        if packets > self._packets:
            self._packets, self._heard_at = packets, now
        began, packets_then, lost_then = self._window
        if not 0 <= now - began < WINDOW:
            gone = lost - lost_then
            whole = packets - packets_then + gone
            self._loss = gone / whole if whole else 0.0
            self._window = (now, packets, lost)

    def why(self, now: float) -> str:
        """Give the key of the text that says why the box sees badly; empty when it sees well."""
        if now - self._heard_at > SILENCE:
            return "health.silence"
        return "health.drops" if self._loss >= LOSS else ""

    def signs(self, now: float) -> dict[str, bool]:
        """Give `Health`'s signs of a working mirror."""
        return {
            "unicast_of_others": now - self._others_at <= FRESH,
            "both_directions": now - self._both_at <= FRESH,
            "internet_side": now - self._outside_at <= FRESH,
        }

    def _is_others(self, mac: Mac) -> bool:
        return mac not in self._own and not int(mac[1], 16) & 1
