"""The table of devices: who is taken in, what changed, and who leaves when it fills up."""

from collections.abc import Callable, Iterable, Iterator

from appliance.inventory.entry import Entry
from appliance.knowledge.makers import Maker, is_randomised
from appliance.model import NO_MAC, Device, Mac, Trust

PASSER_BY = 2.0
"""A device heard for less than this, in seconds, …"""
PASSED_AFTER = 600.0
"""… and silent since for this long, is forgotten when room is needed and nobody knows it."""
TIDY_EVERY = 60.0


class Roster:
    """At most *limit* devices; the box's *own* hardware addresses are not among them.

    When the table is full, newcomers are not taken in: a flood of made-up addresses must not push
    out the devices that are known.
    """

    def __init__(
        self, limit: int, own: frozenset[Mac], find_maker: Callable[[Mac], Maker | None]
    ) -> None:
        self.dropped = 0
        """Newcomers not taken in."""
        self._limit = limit
        self._own = own
        self._find_maker = find_maker
        self._entries: dict[Mac, Entry] = {}
        self._changed: set[Mac] = set()
        self._tidied_at = 0.0

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def restore(self, device: Device) -> None:
        """Take in a device as it was before a restart."""
        self._entries[device.mac] = Entry.of(device)

    def find(self, mac: Mac) -> Entry | None:
        """Give the device with this hardware address."""
        return self._entries.get(mac)

    def hear(self, mac: Mac, at: float, *, learning: bool) -> tuple[Entry | None, bool]:
        """Give the device that was just heard, taken in when it is new, and whether it is."""
        entry = self._entries.get(mac)
        if entry is not None:
            entry.last_at = at
            return entry, False
        if mac == NO_MAC or mac in self._own or is_group(mac):
            return None, False
        if len(self._entries) >= self._limit:
            self.dropped += 1
            return None, False
        entry = self._entries[mac] = Entry(mac, at)
        entry.trust = Trust.LEARNT if learning else Trust.UNKNOWN
        entry.randomised = is_randomised(mac)
        if maker := self._find_maker(mac):
            entry.maker = maker.name
            says = f"{maker.name} ({maker.category})" if maker.category else maker.name
            entry.believe("oui", says, 40 if maker.category else 20, at)
        self.note(mac)
        return entry, True

    def note(self, mac: Mac) -> None:
        """Note that something new was learnt of a device."""
        self._changed.add(mac)

    def take_changed(self) -> list[Device]:
        """Give the devices of which something new was learnt since this was last asked."""
        changed = [self._entries[mac].device() for mac in self._changed if mac in self._entries]
        self._changed.clear()
        return changed

    def tidy(self, at: float, known: Iterable[Mac]) -> None:
        """Once a minute, when the table is half full, forget passers-by that are not *known*."""
        if 0 <= at - self._tidied_at < TIDY_EVERY:
            return
        self._tidied_at = at
        if len(self._entries) < self._limit // 2:
            return
        keep = frozenset(known)
        passed = [
            mac
            for mac, entry in self._entries.items()
            if entry.trust is Trust.UNKNOWN
            and mac not in keep
            and entry.last_at - entry.first_at < PASSER_BY
            and at - entry.last_at > PASSED_AFTER
        ]
        for mac in passed:
            del self._entries[mac]


def is_group(mac: Mac) -> bool:
    """Tell whether *mac* stands for many (IEEE 802, lowest bit of the first octet)."""
    return int(mac[1], 16) & 1 != 0
