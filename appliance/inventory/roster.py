"""The table of devices: who is taken in, what changed, and who leaves when it fills up."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from appliance.inventory.clues.clue import of
from appliance.inventory.entry import Entry
from appliance.knowledge.makers import Maker, hints, is_randomised
from appliance.memory import Memory
from appliance.model import NO_MAC, Device, Mac, Trust

PASSER_BY = 2.0
"""A device heard for less than this, in seconds, …"""
PASSED_AFTER = 600.0
"""… and silent since for this long, is forgotten when room is needed and nobody knows it."""
PRESSED_AFTER = 10.0
"""In a full table it is sooner, when somebody waits who stays."""
TIDY_EVERY = 60.0
PRESSED_EVERY = 1.0
"""A full table is looked through so often at most."""


class Roster:
    """At most *limit* devices; the box's *own* hardware addresses are not among them.

    When the table is full, a newcomer waits. Only when it is heard again, longer after than any
    passer-by, it takes the place of one: a flood of made-up addresses pushes out neither the
    devices that are known, nor hides one that comes to stay.
    """

    def __init__(
        self, limit: int, own: frozenset[Mac], find_maker: Callable[[Mac], Maker | None]
    ) -> None:
        self.dropped = 0
        """Newcomers not taken in, and passers-by forgotten for one."""
        self.known: Mapping[Mac, Any] = {}
        """Devices that people decided about: they stay."""
        self._limit = limit
        self._own = own
        self._find_maker = find_maker
        self._entries: dict[Mac, Entry] = {}
        self._changed: set[Mac] = set()
        self._tidied_at = 0.0
        self._waiting: Memory[Mac, float] = Memory(limit)
        """Newcomers in a full table, and when they were first heard."""
        self._leaving: list[Mac] = []
        """Passers-by as of `_pressed_at`, the one that came last at the end."""
        self._pressed_at = 0.0

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __contains__(self, mac: object) -> bool:
        return mac in self._entries

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
        first_at = at
        if len(self._entries) >= self._limit:
            waited = self._waiting.get(mac)
            if waited is None:
                self._waiting.put(mac, at)
                self.dropped += 1
                return None, False
            if at - waited < PASSER_BY or not self._make_room(at):
                return None, False
            self._waiting.pop(mac)
            first_at = waited
        entry = self._entries[mac] = Entry(mac, first_at)
        entry.last_at = at
        entry.trust = Trust.LEARNT if learning else Trust.UNKNOWN
        entry.randomised = is_randomised(mac)
        if maker := self._find_maker(mac):
            says = f"{maker.name} ({maker.category})" if maker.category else maker.name
            for hint in hints(maker):
                entry.believe(of(hint, says), at)
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

    def tidy(self, at: float) -> None:
        """Once a minute, when the table is half full, forget passers-by that nobody knows."""
        if 0 <= at - self._tidied_at < TIDY_EVERY:
            return
        self._tidied_at = at
        if len(self._entries) < self._limit // 2:
            return
        for mac in [mac for mac in self._entries if self._has_passed(mac, at, PASSED_AFTER)]:
            del self._entries[mac]

    def _make_room(self, at: float) -> bool:
        """Forget the passer-by that came last, for those before a flood are none of it."""
        if not self._leaving and not 0 <= at - self._pressed_at < PRESSED_EVERY:
            self._pressed_at = at
            passed = [mac for mac in self._entries if self._has_passed(mac, at, PRESSED_AFTER)]
            self._leaving = sorted(passed, key=lambda mac: self._entries[mac].first_at)
        while self._leaving:
            mac = self._leaving.pop()
            if mac in self._entries and self._has_passed(mac, at, PRESSED_AFTER):
                del self._entries[mac]
                self.dropped += 1
                return True
        return False

    def _has_passed(self, mac: Mac, at: float, silent: float) -> bool:
        entry = self._entries[mac]
        return (
            entry.last_at - entry.first_at < PASSER_BY
            and at - entry.last_at > silent
            and mac not in self.known
            # Who was there while learning belongs here, but a table full of such is a flood.
            and (entry.trust is Trust.UNKNOWN or silent == PRESSED_AFTER)
        )


def is_group(mac: Mac) -> bool:
    """Tell whether *mac* stands for many (IEEE 802, lowest bit of the first octet)."""
    return int(mac[1], 16) & 1 != 0
