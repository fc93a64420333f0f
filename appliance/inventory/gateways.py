"""Which device is the gateway, weighed from what the network says of its routers.

A router named by DHCP or one that advertises itself (RFC 4861) is believed before one that is
only seen to pass traffic on: a machine in the middle of an attack passes traffic on, too.
"""

from appliance.memory import Memory
from appliance.model import Ip, Mac

ROUTERS = 16
"""Remembered of each kind; a practice has one or two."""


class Gateways:
    """See the module's text. Each method gives the hardware address it made a gateway, if any."""

    def __init__(self) -> None:
        self._leased: Memory[Ip, Mac | None] = Memory(ROUTERS)
        """Router addresses that DHCP gave out, and who was first to hold them."""
        self._advertised: Memory[Mac, Ip] = Memory(ROUTERS)
        self._passed: Memory[Mac, None] = Memory(ROUTERS)
        self._all: dict[Mac, Ip | None] = {}
        self.offers: Memory[tuple[Mac, Ip], float] = Memory(ROUTERS)
        """Who said which address is the router's, believed or not, and when last."""

    def __contains__(self, mac: Mac) -> bool:
        return mac in self._all

    def all(self) -> dict[Mac, Ip | None]:
        """Give the gateways with the address each is reached by, where that is known."""
        return dict(self._all)

    def _weigh(self) -> None:
        """Work out anew who they are: asked for each conversation, and hardly ever another."""
        self._all = self._named() or dict.fromkeys(self._passed)

    def _named(self) -> dict[Mac, Ip | None]:
        named: dict[Mac, Ip | None] = {}
        for ip in self._leased:
            if holder := self._leased.get(ip):
                named[holder] = ip
        for mac in self._advertised:
            named.setdefault(mac, self._advertised.get(mac))
        return named

    def offered(self, mac: Mac, ip: Ip, at: float) -> None:
        """*mac* says that *ip* is the router: by a DHCP answer, or by advertising itself."""
        self.offers.put((mac, ip), at)

    def leased(self, ip: Ip, holder: Mac | None) -> Mac | None:
        """DHCP tells clients that *ip*, now held by *holder*, is their router.

        The first router named stays; a second server may name whom it likes.
        """
        if self._leased.get(ip) or (len(self._leased) and ip not in self._leased):
            return None
        self._leased.put(ip, holder)
        self._weigh()
        return holder

    def claimed(self, ip: Ip, mac: Mac) -> Mac | None:
        """*mac* came to hold *ip*."""
        if ip in self._leased and self._leased.get(ip) is None:
            self._leased.put(ip, mac)
            self._weigh()
            return mac
        return None

    def advertised(self, mac: Mac, ip: Ip, lifetime: int) -> Mac | None:
        """*mac* offers itself as router for *lifetime* seconds; 0 takes the offer back.

        Who comes after a router that is already named is not believed.
        """
        if lifetime == 0:
            self._advertised.pop(mac)
            self._weigh()
            return None
        if mac not in (named := self._named()) and named:
            return None
        self._advertised.put(mac, ip)
        self._weigh()
        return mac

    def passed(self, mac: Mac) -> Mac | None:
        """*mac* passed traffic between inside and outside."""
        if mac in self._passed:
            return None
        self._passed.put(mac, None)
        self._weigh()
        return mac if mac in self else None

    def restore(self, mac: Mac) -> None:
        """*mac* was a gateway before a restart."""
        self._passed.put(mac, None)
        self._weigh()
