"""How much a device sends to an outside host, day by day, and what kind of host that is."""

from collections import deque
from enum import StrEnum
from functools import lru_cache

from appliance.detectors.base import Network
from appliance.facts import FlowDelta
from appliance.knowledge.calls import calls, is_ordinary
from appliance.knowledge.uploads import Use, uploads
from appliance.model import Ip, Mac

_CLOUDS = frozenset(("system", "office", "cloud", "web", "meeting"))
"""Regular services that people keep files and pictures with."""
_LONGEST = 60
"""Days remembered at most."""


class Level(StrEnum):
    """How much may be sent to a kind of host; each has a limit of that name."""

    SHARING = "sharing"
    UNKNOWN = "unknown"
    TRUSTED = "trusted"
    STORAGE = "storage"


class Sent:
    """What was sent to a host, or by a device, today, and on the days before."""

    __slots__ = ("back", "day", "hosts", "out", "past", "told")

    def __init__(self, day: int) -> None:
        self.day = day
        self.out = 0
        """Octets above TCP or UDP, today; …"""
        self.back = 0
        """… and what came back."""
        self.hosts = 0
        """Different hosts today; of a device."""
        self.told = 0
        """Octets when it was last told today."""
        self.past: deque[tuple[int, int]] = deque(maxlen=_LONGEST)
        """Earlier days and what was sent on them."""

    def turn(self, day: int, days: int) -> None:
        """Begin another *day*; those older than *days* are forgotten."""
        if day == self.day:
            return
        self.past.append((self.day, self.out))
        while self.past and not day - days <= self.past[0][0] <= day:
            self.past.popleft()
        self.day = day
        self.out = self.back = self.hosts = self.told = 0

    def most(self) -> int:
        """Give the most that was sent on an earlier day."""
        return max((out for _, out in self.past), default=0)


@lru_cache(maxsize=8192)
def level_of(name: str) -> Level:
    """Tell what kind of host *name* is; empty: none was heard."""
    use = uploads().find(name)
    if use is Use.STORAGE or calls().regular.find(name) in _CLOUDS:
        return Level.STORAGE
    if use is not None and use is not Use.DYNAMIC_NAME:
        return Level.SHARING
    return Level.TRUSTED if name and is_ordinary(name) else Level.UNKNOWN


def ends(delta: FlowDelta, network: Network) -> tuple[Mac, Ip] | None:
    """Give the inside device and the outside address of a conversation between two such."""
    if network.is_outside(delta.dst):
        mac, outside = delta.mac, delta.dst
    elif delta.packets_in and network.is_outside(delta.src):
        mac, outside = delta.peer_mac, delta.src
    else:
        return None
    return None if network.is_gateway(mac) else (mac, outside)
