"""By whose frames traffic from the internet comes in: the gateway's, and perhaps another's.

The panel is told of it: after the line was cut, whoever still brings in frames from outside is
another way out. Two look: the meter at every frame of IPv4, and here at what conversations did,
whose hardware addresses are those of their beginnings. What two machines here say to each other by
public addresses is no way out; a link-local address never leaves the cable.
"""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, ip_network
from math import floor
from typing import Protocol

from appliance import addresses
from appliance.addresses import PRIVATE, Place
from appliance.facts import FlowDelta
from appliance.memory import Memory
from appliance.model import Ip, Mac

KEPT = 8
"""Ways out remembered, the latest used; a practice has one."""

_LINK_LOCAL = "fe8"
_OUT, _IN = (Place.HOME, Place.OUTSIDE), (Place.OUTSIDE, Place.HOME)


_NEVER_OUTSIDE = tuple(ip_network(text) for text in ("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3"))
"""Unspecified, loopback; multicast, reserved and broadcast (RFC 6890, RFC 5771)."""


def inside(home: Iterable[addresses.Network]) -> tuple[IPv4Network, ...]:
    """Give the networks of IPv4 from which nothing comes that is from outside."""
    networks = (*home, *PRIVATE, *_NEVER_OUTSIDE)
    return tuple(each for each in networks if isinstance(each, IPv4Network))


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

    def saw(self, mac: Mac, at: float) -> None:
        """Take in that *mac* passed something on from outside, as the meter saw."""
        if at > (self.used.get(mac) or 0.0):
            self.used.put(mac, at)

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
