"""By whose frames traffic from the internet comes in: the gateway's, and perhaps another's.

The panel is told of it: after the line was cut, whoever still brings in frames from outside is
another way out. What two machines here say to each other by public addresses is none; a
link-local address never leaves the cable.
"""

from collections.abc import Callable, Iterable
from math import floor
from typing import Protocol

from appliance.addresses import Place
from appliance.facts import FlowDelta
from appliance.memory import Memory
from appliance.model import Ip, Mac

KEPT = 8
"""Ways out remembered, the latest used; a practice has one."""

_LINK_LOCAL = "fe8"
_OUT, _IN = (Place.HOME, Place.OUTSIDE), (Place.OUTSIDE, Place.HOME)


class Network(Protocol):
    """What is asked of the inventory."""

    @property
    def place(self) -> Callable[[Ip], Place]:
        """Tell where an address is."""

    def holder(self, ip: Ip) -> Mac | None:
        """Tell who holds an address here."""


class WaysOut:
    """See the module's text; times are the beginnings of the seconds in which frames passed."""

    def __init__(self) -> None:
        self.used: Memory[Mac, float] = Memory(KEPT)
        """By hardware address, when it last brought in a frame from outside."""
        self.called_at: float | None = None
        """When a device here last called outside."""

    def note(self, deltas: Iterable[FlowDelta], network: Network) -> None:
        """Take in what conversations did."""
        place = network.place
        for delta in deltas:
            ways = place(delta.src), place(delta.dst)
            if ways == _OUT and not _is_near(delta.src, delta.dst, network):
                self._called(delta)
            elif ways == _IN and not _is_near(delta.dst, delta.src, network):
                self._came(delta)

    def _called(self, delta: FlowDelta) -> None:
        at = float(floor(delta.at))
        if delta.packets_out:
            self.called_at = at
        if delta.packets_in:
            self.used.put(delta.peer_mac, at)

    def _came(self, delta: FlowDelta) -> None:
        if delta.packets_out:
            self.used.put(delta.mac, float(floor(delta.at)))


def _is_near(here: Ip, there: Ip, network: Network) -> bool:
    return here.startswith(_LINK_LOCAL) or network.holder(there) is not None
