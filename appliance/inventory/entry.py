"""What the inventory holds of one device while it learns."""

from appliance.model import Device, Evidence, Ip, Mac, Trust

ADDRESSES = 16
NAMES = 8
EVIDENCE = 32
"""Kept of one device; of evidence the one that weighs least leaves for a new one."""


class Entry:
    """A device in the making."""

    __slots__ = (
        "_evidence",
        "_names",
        "addresses",
        "first_at",
        "gateway",
        "last_at",
        "mac",
        "maker",
        "randomised",
        "trust",
    )

    def __init__(self, mac: Mac, at: float) -> None:
        self.mac = mac
        self.first_at = at
        self.last_at = at
        self.maker = ""
        self.randomised = False
        self.gateway = False
        self.trust = Trust.UNKNOWN
        self.addresses: list[Ip] = []
        self._names: dict[str, int] = {}
        self._evidence: dict[tuple[str, str], Evidence] = {}

    @classmethod
    def of(cls, device: Device) -> "Entry":
        """Take up again what is known of *device*."""
        entry = cls(device.mac, device.first_at)
        entry.last_at = device.last_at
        entry.maker = device.maker
        entry.randomised = device.randomised
        entry.gateway = device.gateway
        entry.trust = device.trust
        entry.addresses = list(device.addresses)
        entry._names = {name: -place for place, name in enumerate(device.names)}
        entry._evidence = {(each.source, each.says): each for each in device.evidence}
        return entry

    def device(self) -> Device:
        """Give the device as it is known now."""
        return Device(
            mac=self.mac,
            addresses=tuple(self.addresses),
            names=tuple(sorted(self._names, key=lambda name: -self._names[name])),
            maker=self.maker,
            randomised=self.randomised,
            gateway=self.gateway,
            first_at=self.first_at,
            last_at=self.last_at,
            evidence=tuple(
                sorted(self._evidence.values(), key=lambda each: (-each.weight, each.first_at))
            ),
            trust=self.trust,
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
        if self._names.get(name, -EVIDENCE) >= weight:
            return False
        self._names[name] = weight
        if len(self._names) > NAMES:
            del self._names[min(self._names, key=lambda each: self._names[each])]
        return True

    def believe(self, source: str, says: str, weight: int, at: float) -> bool:
        """Note a piece of evidence; tell whether it is new."""
        key = (source, says)
        known = self._evidence.get(key)
        first_at = known.first_at if known else at
        self._evidence[key] = Evidence(
            source=source, says=says, weight=weight, first_at=first_at, last_at=at
        )
        if len(self._evidence) > EVIDENCE:
            del self._evidence[min(self._evidence, key=lambda each: self._evidence[each].weight)]
        return known is None
