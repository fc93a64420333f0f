"""Which of the listed outside hosts a device talks to, and when one of them gave it a download.

Listed are hosts of updates and protection, and those that practices depend on
(`appliance.knowledge.hosts`). Which host an outside address is depends on who asks: the name that
the device itself called there last counts, else the one that anybody did.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from appliance.durations import DAY
from appliance.facts import FlowDelta
from appliance.inventory.outside_names import OutsideNames
from appliance.knowledge.hosts import hosts
from appliance.memory import Memory
from appliance.model import Contact, Ip, Mac, Table

CONTACTS = 64
"""Kept of one device; the one that was quiet longest leaves. Both tables have 200 entries."""
DOWNLOAD = 256 * 1024
"""Bytes within a day that are more than asking for updates: one question and its answer take some
8 kB, mostly certificates, so one in every hour stays below; the smallest updates of virus
signatures are above, as they come several times a day."""
OPEN = 4096
"""Devices and outside addresses whose bytes are being added up."""
_NAMES = 4096

LAN_UPDATES = "lan:7680"
"""Windows takes updates from its neighbours, too (Delivery Optimization)."""
_LAN_UPDATES_PORT, _TCP = 7680, 6

_Key = tuple[Table, str]


class Slot:
    """A contact in the making."""

    __slots__ = ("_in_day", "_since", "first_at", "key", "last_at", "loaded_at", "octets_in")

    def __init__(self, key: _Key, at: float) -> None:
        self.key = key
        self.first_at = at
        self.last_at = at
        self.octets_in = 0
        self.loaded_at = 0.0
        self._since = at
        self._in_day = 0

    def add(self, octets: int, at: float) -> bool:
        """Add what it sent; tell whether that is its first download for a day."""
        self.last_at = at
        self.octets_in += octets
        if at - self._since >= DAY:
            self._since, self._in_day = at, 0
        self._in_day += octets
        if self._in_day < DOWNLOAD:
            return False
        fresh = not self.loaded_at or at - self.loaded_at >= DAY
        self.loaded_at = at
        return fresh

    def contact(self) -> Contact:
        """Give the contact as it is now."""
        return Contact(
            table=self.key[0],
            host=self.key[1],
            first_at=self.first_at,
            last_at=self.last_at,
            octets_in=self.octets_in,
            loaded_at=self.loaded_at,
        )


class Contacts:
    """The contacts of one device, in the order they began."""

    __slots__ = ("_slots",)

    def __init__(self, known: Iterable[Contact] = ()) -> None:
        self._slots: dict[_Key, Slot] = {}
        for contact in known:
            slot = self._slots[contact.table, contact.host] = Slot(
                (contact.table, contact.host), contact.first_at
            )
            slot.last_at, slot.loaded_at = contact.last_at, contact.loaded_at
            slot.octets_in = contact.octets_in

    def get(self, key: _Key, at: float) -> tuple[Slot, bool]:
        """Give the contact with a list's entry, and whether it has just begun."""
        slot = self._slots.get(key)
        if slot is not None:
            slot.last_at = at
            return slot, False
        slot = self._slots[key] = Slot(key, at)
        if len(self._slots) > CONTACTS:
            del self._slots[min(self._slots, key=lambda each: self._slots[each].last_at)]
        return slot, True

    def all(self) -> tuple[Contact, ...]:
        """Give them all."""
        return tuple(slot.contact() for slot in self._slots.values())


class Calls:
    """Adds up what devices get from listed hosts."""

    def __init__(self, names: OutsideNames, find: Callable[[Mac], Contacts | None]) -> None:
        self._names = names
        self._find = find
        self._open: Memory[tuple[Mac, Ip], tuple[Slot, ...]] = Memory(OPEN)

    def named(self, mac: Mac, ip: Ip, name: str, at: float) -> bool:
        """Note that *mac* called *name* at *ip*; tell whether a contact began."""
        keys = listed(name)
        if not keys:
            # Another name at an address that was a listed host's: its bytes are no longer that's.
            if (mac, ip) in self._open:
                self._open.pop((mac, ip))
            return False
        return self._begin(mac, ip, keys, at)

    def opened(self, mac: Mac, ip: Ip, at: float) -> bool:
        """Note a conversation of *mac* with the outside address *ip*; tell whether one began."""
        if (mac, ip) in self._open:
            return False
        keys = listed(self._names.find(ip))
        return bool(keys) and self._begin(mac, ip, keys, at)

    def flowed(self, delta: FlowDelta) -> bool:
        """Add what *delta* brought; tell whether that made a download."""
        slots = self._open.get((delta.mac, delta.dst))
        if slots is None:
            return False
        # No `any`: each of them gets the bytes.
        return sum([slot.add(delta.payload_in, delta.at) for slot in slots]) > 0

    def neighbours(self, delta: FlowDelta) -> list[Mac]:
        """Note updates between two inside devices; give those for whom anything changed."""
        changed = []
        for mac, octets in ((delta.mac, delta.payload_in), (delta.peer_mac, delta.payload_out)):
            contacts = self._find(mac)
            if contacts is not None:
                slot, new = contacts.get((Table.HYGIENE, LAN_UPDATES), delta.at)
                if slot.add(octets, delta.at) or new:
                    changed.append(mac)
        return changed

    def _begin(self, mac: Mac, ip: Ip, keys: tuple[_Key, ...], at: float) -> bool:
        contacts = self._find(mac)
        if contacts is None:
            return False
        begun = [contacts.get(key, at) for key in keys]
        self._open.put((mac, ip), tuple(slot for slot, _ in begun))
        return any(new for _, new in begun)


def is_of_neighbours(delta: FlowDelta) -> bool:
    """Tell whether *delta* is of updates between neighbours, and answered."""
    return delta.dport == _LAN_UPDATES_PORT and delta.proto == _TCP and delta.payload_in > 0


@lru_cache(_NAMES)
def listed(name: str) -> tuple[_Key, ...]:
    """Give the entries that cover *name*."""
    keys: list[_Key] = []
    if hygiene := hosts().hygiene.find(name):
        keys.append((Table.HYGIENE, hygiene.host))
    if practice := hosts().practice.find(name):
        keys.append((Table.PRACTICE, practice.host))
    return tuple(keys)
