"""Who holds which address: by claims (ARP, neighbour discovery), leases, or only by use.

Use is the weakest: a router puts its own hardware address on what it forwards. So who only uses an
address speaks for it (`Holders.speaks`) as long as nothing betrays a router: it is the gateway, or
it has another address of the same family.
"""

from collections.abc import Callable

from appliance.addresses import Place
from appliance.facts import AddressMoved, Fact
from appliance.inventory.entry import ADDRESSES, Entry
from appliance.inventory.roster import Roster
from appliance.memory import Memory
from appliance.model import Ip, Mac

LEFT_AFTER = 60.0
"""Seconds of silence after which an address may go to another device without a DHCP lease."""
_LINK_LOCAL = ("fe80:", "169.254.")
"""Never forwarded (RFC 4291 section 2.5.6, RFC 3927 section 2.7)."""


class Holders:
    """See the module's text."""

    def __init__(self, limit: int, roster: Roster, place: Callable[[Ip], Place]) -> None:
        self._holders: Memory[Ip, Mac] = Memory(limit)
        self._used: Memory[Ip, None] = Memory(limit)
        """Those of the addresses that nobody claimed or leased."""
        self._roster = roster
        self._place = place
        self.find: Callable[[Ip], Mac | None] = self._holders.get
        """Give who holds an address."""

    def __contains__(self, ip: Ip) -> bool:
        return ip in self._holders

    def restore(self, ip: Ip, mac: Mac) -> None:
        """*mac* held *ip* before a restart; whether by a claim is not known any more."""
        self._holders.put(ip, mac)
        self._used.put(ip, None)

    def speaks(self, mac: Mac, ip: Ip) -> bool:
        """Tell whether what comes from *ip* with *mac* is of *mac* itself, not only passed on."""
        holder = self._holders.get(ip)
        if holder is not None:
            if holder != mac:
                return False
            if ip not in self._used:
                return True
        if ip.startswith(_LINK_LOCAL):
            return True
        if self._place(ip) is not Place.HOME:
            return False
        entry = self._roster.find(mac)
        return entry is not None and not entry.gateway and not _has_another(entry, ip)

    def used(self, ip: Ip, mac: Mac) -> None:
        """Traffic of *ip* came with *mac*."""
        entry = self._roster.find(mac)
        if entry is None or entry.gateway or ip in entry.addresses or ip in self._holders:
            return
        if len(entry.addresses) < ADDRESSES:
            self._holders.put(ip, mac)
            self._used.put(ip, None)
            entry.use(ip)
            self._roster.note(mac)

    def claimed(self, ip: Ip, entry: Entry, at: float) -> list[Fact] | None:
        """Note a claim; give what follows, or None when somebody else holds *ip*."""
        before = self._holders.get(ip)
        if before is not None and before != entry.mac:
            holder = self._roster.find(before)
            if holder is not None and at - holder.last_at <= LEFT_AFTER:
                return None
        return self.leased(ip, entry, at)

    def leased(self, ip: Ip, entry: Entry, at: float) -> list[Fact]:
        """Give *ip* to *entry*, whoever held it; give what follows."""
        news: list[Fact] = []
        before = self._holders.get(ip)
        if before is not None and before != entry.mac:
            if loser := self._roster.find(before):
                loser.leave(ip)
                self._roster.note(before)
            news.append(AddressMoved(at=at, mac=entry.mac, ip=ip, before=before))
        self._holders.put(ip, entry.mac)
        self._used.pop(ip)
        if entry.use(ip):
            self._roster.note(entry.mac)
        return news


def _has_another(entry: Entry, ip: Ip) -> bool:
    """Tell whether *entry* has an address of the family of *ip*, but for link-local ones."""
    family = ":" in ip
    return any(
        other != ip and (":" in other) is family and not other.startswith(_LINK_LOCAL)
        for other in entry.addresses
    )
