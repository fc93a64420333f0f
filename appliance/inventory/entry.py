"""What the inventory holds of one device while it learns."""

from appliance.inventory.clues.clue import Clue
from appliance.inventory.contacts import Contacts
from appliance.inventory.evidence import Reasons
from appliance.knowledge.kinds import Kind
from appliance.model import Device, Ip, Mac, Trust

ADDRESSES = 16
NAMES = 8
"""Kept of one device."""
_NEVER = -1_000
"""Less than any name weighs, also those taken up again."""


class Entry:
    """A device in the making."""

    __slots__ = (
        "_names",
        "addresses",
        "contacts",
        "first_at",
        "gateway",
        "last_at",
        "mac",
        "randomised",
        "reasons",
        "trust",
    )

    def __init__(self, mac: Mac, at: float) -> None:
        self.mac = mac
        self.first_at = at
        self.last_at = at
        self.randomised = False
        self.gateway = False
        self.trust = Trust.UNKNOWN
        self.addresses: list[Ip] = []
        self.reasons = Reasons()
        self.contacts = Contacts()
        self._names: dict[str, int] = {}

    @classmethod
    def of(cls, device: Device) -> "Entry":
        """Take up again what is known of *device*."""
        entry = cls(device.mac, device.first_at)
        entry.last_at = device.last_at
        entry.randomised = device.randomised
        entry.gateway = device.gateway
        entry.trust = device.trust
        entry.addresses = list(device.addresses)
        entry.reasons = Reasons.of(device.evidence)
        entry.contacts = Contacts(device.contacts)
        entry._names = {name: -place for place, name in enumerate(device.names)}
        return entry

    def device(self) -> Device:
        """Give the device as it is known now."""
        identity = self.reasons.identity()
        return Device(
            mac=self.mac,
            addresses=tuple(self.addresses),
            names=tuple(sorted(self._names, key=lambda name: -self._names[name])),
            maker=identity.maker.value,
            randomised=self.randomised,
            gateway=self.gateway,
            first_at=self.first_at,
            last_at=self.last_at,
            evidence=self.reasons.evidence(),
            trust=self.trust,
            kind=identity.kind.value or Kind.UNKNOWN,
            model=identity.model.value,
            os=identity.os.value,
            contacts=self.contacts.all(),
        )

    def use(self, ip: Ip) -> bool:
        """Note that the device uses *ip*; tell whether that is new."""
        if self.addresses and self.addresses[0] == ip:
            return False
        new = ip not in self.addresses
        if not new:
            self.addresses.remove(ip)
        self.addresses.insert(0, ip)
        del self.addresses[ADDRESSES:]
        return new

    def leave(self, ip: Ip) -> None:
        """Note that *ip* is somebody else's now."""
        if ip in self.addresses:
            self.addresses.remove(ip)

    def call(self, name: str, weight: int) -> bool:
        """Note a name the device goes by; tell whether that changes anything."""
        if self._names.get(name, _NEVER) >= weight:
            return False
        self._names[name] = weight
        if len(self._names) > NAMES:
            del self._names[min(self._names, key=lambda each: self._names[each])]
            return name in self._names
        return True

    def believe(self, clue: Clue, at: float) -> bool:
        """Note something that was seen of the device; tell whether that changes anything."""
        renamed = bool(clue.name) and self.call(clue.name, clue.weight)
        return self.reasons.add(clue, at) or renamed
