"""The inventory: every device of the practice, who holds which address, and who the gateway is.

It is told every fact before the detectors are, and answers their questions
(`appliance.detectors.base.Network`). Presence is passive: a device is there since it was last
heard, and going quiet is no event.
"""

from collections.abc import Callable, Iterable, Mapping

from appliance.addresses import Home, Place, parse
from appliance.decisions import Known, Standing
from appliance.facts import Fact
from appliance.inventory.entry import ADDRESSES
from appliance.inventory.gateways import Gateways
from appliance.inventory.holders import Holders
from appliance.inventory.joins import Joins
from appliance.inventory.learner import Learner
from appliance.inventory.outside_names import OutsideNames
from appliance.inventory.roster import Roster
from appliance.knowledge.makers import Maker
from appliance.lists.index import Lists
from appliance.model import Device, Ip, Listing, Mac
from appliance.roles import Outside, Role

_NOTHING_SAID = Known()


class Inventory:
    """See the module's text."""

    def __init__(  # noqa: PLR0913 - each is a fact about this practice, none has a default
        self,
        *,
        home: Home,
        find_maker: Callable[[Mac], Maker | None],
        roles: Mapping[str, Role],
        lists: Lists,
        remote_tools: frozenset[str],
        own: frozenset[Mac],
        learn_until: float,
        devices: int,
    ) -> None:
        self.lists = lists
        self.gateways = Gateways()
        self.place = home.place
        """Tell where an address is."""
        self._roles = roles
        self._remote_tools = remote_tools
        self._roster = Roster(devices, own, find_maker)
        self._joins = Joins(self._roster, devices)
        self._holders = Holders(devices * ADDRESSES, self._roster, self.place)
        self.holder: Callable[[Ip], Mac | None] = self._holders.find
        """Tell who holds an inside address."""
        self._names = OutsideNames()
        self._learner = Learner(
            place=self.place,
            roster=self._roster,
            joins=self._joins,
            holders=self._holders,
            gateways=self.gateways,
            names=self._names,
            learn_until=learn_until,
        )
        self.learn: Callable[[Fact], list[Fact]] = self._learner.learn
        """Take a fact in; give the facts that follow from it."""

    # What people and the past say

    def restore(self, devices: Iterable[Device]) -> None:
        """Take up again what was known before a restart, one for each hardware address."""
        for device in devices:
            self._roster.restore(device)
            self._joins.restore(device)
            for ip in device.addresses:
                self._holders.restore(ip, device.mac)
            if device.gateway:
                self.gateways.restore(device.mac)
        self._joins.settle()

    def heed(self, standing: Standing) -> None:
        """Apply what people decided."""
        self._joins.heed(standing)
        self._roster.known = standing.known

    @property
    def standing(self) -> Standing:
        """What people decided, holding for all hardware addresses of a device.

        It is another object after each change.
        """
        return self._joins.standing

    # What the sensor asks

    @property
    def learning(self) -> bool:
        """New devices are being learnt, not reported."""
        return self._learner.learning

    @property
    def gateway_asked_at(self) -> float:
        """When somebody last asked who has the gateway's address."""
        return self._learner.gateway_asked_at

    def take_changed(self) -> list[Device]:
        """Give those of `learnt` of which something is new since this was last asked."""
        return [self._joins.alone(device) for device in self._roster.take_changed()]

    def learnt(self) -> list[Device]:
        """Give what the wire alone shows, in the order it appeared: to be kept, and restored.

        One for each hardware address, so that what was joined can be parted again; `Device.also`
        has those that evidence joins to it (`appliance.inventory.whole.gather`).
        """
        return [self._joins.alone(entry.device()) for entry in self._roster]

    def devices(self) -> list[Device]:
        """Give all devices with what people said of them, each once, in the order they appeared."""
        return list(self._joins.devices())

    @property
    def dropped(self) -> int:
        """Newcomers not taken in because the table was full."""
        return self._roster.dropped

    # What detectors ask

    def _known(self, mac: Mac) -> Known:
        return self.standing.known.get(mac, _NOTHING_SAID)

    def device(self, mac: Mac) -> Device | None:
        """Give the device that has this hardware address, if need be among others."""
        return self._joins.device(mac)

    def heard(self, mac: Mac) -> float | None:
        """Tell when anything was last sent by *mac*."""
        entry = self._roster.find(mac)
        return entry.last_at if entry else None

    def held(self, mac: Mac) -> tuple[Ip, ...]:
        """Give the addresses that *mac* holds itself and answers for, the latest first."""
        entry = self._roster.find(mac)
        found = entry.addresses if entry else ()
        return tuple(ip for ip in found if self._holders.speaks(mac, ip))

    def is_home(self, ip: Ip) -> bool:
        """Tell whether *ip* is inside: of the practice's networks, or claimed on the wire."""
        return self.place(ip) is Place.HOME or ip in self._holders

    def is_outside(self, ip: Ip) -> bool:
        """Tell whether *ip* is a host of the internet."""
        return self.place(ip) is Place.OUTSIDE and self.holder(ip) is None

    def is_gateway(self, mac: Mac) -> bool:
        """Tell whether others reach the internet through *mac*."""
        return mac in self.gateways

    def name_of(self, ip: Ip) -> str:
        """Give the name that was last asked or called for an outside address, or nothing."""
        return self._names.find(ip)

    def confined(self, mac: Mac) -> bool:
        """Tell whether the role of *mac* restricts where it may talk outside."""
        role = self._roles.get(self._known(mac).role)
        return role is not None and role.outside is not Outside.ANY

    def may_reach(self, mac: Mac, ip: Ip) -> bool:
        """Tell whether the role of *mac* lets it talk to the outside address *ip*."""
        known = self._known(mac)
        role = self._roles.get(known.role)
        return role is None or ip in known.hosts or role.allows(self.name_of(ip), known.hosts)

    def declared(self, mac: Mac, ip: Ip) -> bool:
        """Tell whether people named the outside address *ip*, by its name, for *mac*."""
        name = self.name_of(ip)
        hosts = self._known(mac).hosts
        return any(host in (name, ip) or name.endswith("." + host) for host in hosts)

    def allows(self, tool: str) -> bool:
        """Tell whether the technician allowed this tool for remote control."""
        return tool in self._remote_tools

    def listed_name(self, name: str, at: float) -> Listing | None:
        """Give the list entry that covers a host name at the time *at*."""
        return self.lists.find_name(name, at)

    def listed_address(self, ip: Ip, at: float) -> Listing | None:
        """Give the list entry that covers an address at the time *at*."""
        if not self.lists.holds_addresses:
            return None
        address = parse(ip)
        return self.lists.find_address(address.version, int(address), at)

    def listed_mark(self, mark: str, at: float) -> Listing | None:
        """Give the list entry of a JA4 or of a certificate's hash at the time *at*."""
        return self.lists.find_mark(mark, at) if mark else None
