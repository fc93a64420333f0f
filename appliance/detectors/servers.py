"""Which machines serve others: told by what they do, or declared by people.

What a machine looks like says too little: an intruder's tools look like old servers.
"""

from typing import Final

from appliance.detectors.base import Network
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import KerberosAnswered, NetbiosTold, ShareOpened
from appliance.knowledge.kinds import Kind
from appliance.memory import Memory
from appliance.model import Ip, Mac

_KINDS: Final = frozenset((Kind.SERVER, Kind.NAS))
_ITS_OWN: Final = frozenset(("admin", "ipc", "printer"))
"""Shares that every Windows has."""
_USERS: Final = 2
"""Machines that use the shares of another within a day: that makes it a server."""


class Servers:
    """File servers and domain controllers, as far as they were seen at work."""

    def __init__(self, limit: int) -> None:
        self._controllers: Memory[Ip, bool] = Memory(limit)
        self._users: Distinct[Ip, Ip] = Distinct(seconds=DAY, keys=limit, values=_USERS)

    @property
    def dropped(self) -> int:
        """Machines forgotten early."""
        return self._controllers.dropped + self._users.dropped

    def note(self, fact: KerberosAnswered | NetbiosTold | ShareOpened) -> None:
        """Take in who serves whom."""
        if isinstance(fact, ShareOpened):
            if fact.role == "domain":
                self.note_controller(fact.dst)
            elif fact.role not in _ITS_OWN:
                self._users.add(fact.dst, fact.src, fact.at)
        elif isinstance(fact, KerberosAnswered) or "domain_controller" in fact.roles:
            self.note_controller(fact.src)

    def note_controller(self, ip: Ip) -> None:
        """Remember that *ip* does what only domain controllers do."""
        self._controllers.put(ip, True)

    def is_controller(self, ip: Ip) -> bool:
        """Tell whether *ip* was seen to be a domain controller."""
        return ip in self._controllers

    def serves(self, ip: Ip, at: float) -> bool:
        """Tell whether others use *ip*."""
        return ip in self._controllers or self._users.count(ip, at) >= _USERS


def is_declared(mac: Mac, network: Network) -> bool:
    """Tell whether people said that *mac* is a server."""
    device = network.device(mac)
    return device is not None and (device.given_kind or device.role) in _KINDS
