"""The inventory: every device of the practice, who holds which address, and who the gateway is.

It is told every fact before the detectors are, and answers their questions
(`appliance.detectors.base.Network`). Presence is passive: a device is there since it was last
heard, and going quiet is no event.
"""

from collections.abc import Callable, Iterable, Mapping

from appliance.addresses import Home, Place, parse
from appliance.decisions import Known, Standing, dress
from appliance.facts import (
    AddressAsked,
    AddressClaim,
    AddressMoved,
    DeviceAppeared,
    DhcpAsked,
    DhcpOffered,
    Fact,
    FlowDelta,
    HttpAnswered,
    HttpAsked,
    NameAnswered,
    NameAsked,
    RouterAdvertised,
    SsdpHeard,
    Tick,
    TlsHello,
    TlsServed,
)
from appliance.inventory.entry import ADDRESSES, Entry
from appliance.inventory.gateways import Gateways
from appliance.inventory.names import Clue, clues
from appliance.inventory.outside_names import OutsideNames
from appliance.inventory.roster import Roster
from appliance.knowledge.makers import Maker
from appliance.lists import Lists
from appliance.memory import Memory
from appliance.model import Device, Ip, Listing, Mac
from appliance.roles import Outside, Role

_NOTHING_SAID = Known()
_OF_OTHERS = (TlsHello, TlsServed, NameAsked, HttpAnswered)
"""Facts that say nothing of who sent them, only perhaps whom they meant."""
LEFT_AFTER = 60.0
"""Seconds of silence after which an address may go to another device without a DHCP lease."""


class Inventory:
    """See the module's text."""

    def __init__(  # noqa: PLR0913 - each is a fact about this practice, none has a default
        self,
        *,
        home: Home,
        find_maker: Callable[[Mac], Maker | None],
        roles: Mapping[str, Role],
        lists: Lists,
        own: frozenset[Mac],
        learn_until: float,
        devices: int,
    ) -> None:
        self.lists = lists
        self.learning = False
        self.gateways = Gateways()
        self.gateway_asked_at = 0.0
        """When somebody last asked who has the gateway's address."""
        self.place = home.place
        """Tell where an address is."""
        self._roles = roles
        self._learn_until = learn_until
        self._standing = Standing()
        self._roster = Roster(devices, own, find_maker)
        self._holders: Memory[Ip, Mac] = Memory(devices * ADDRESSES)
        self._names = OutsideNames()

    # What people and the past say

    def restore(self, devices: Iterable[Device]) -> None:
        """Take up again what was known before a restart."""
        for device in devices:
            self._roster.restore(device)
            for ip in device.addresses:
                self._holders.put(ip, device.mac)
            if device.gateway:
                self.gateways.restore(device.mac)

    def heed(self, standing: Standing) -> None:
        """Apply what people decided."""
        self._standing = standing

    def take_changed(self) -> list[Device]:
        """Give the devices of which something new was learnt since this was last asked."""
        return self._roster.take_changed()

    def learnt(self) -> list[Device]:
        """Give all devices as the wire alone shows them, in the order they appeared."""
        return [entry.device() for entry in self._roster]

    def devices(self) -> list[Device]:
        """Give all devices with what people said of them, in the order they appeared."""
        return [dress(entry.device(), self._standing) for entry in self._roster]

    @property
    def dropped(self) -> int:
        """Newcomers not taken in because the table was full."""
        return self._roster.dropped

    # What the wire says

    def learn(self, fact: Fact) -> list[Fact]:
        """Take *fact* in; give the facts that follow from it."""
        if isinstance(fact, FlowDelta):
            return self._flow(fact)
        if isinstance(fact, Tick):
            self.learning = fact.at < self._learn_until
            self._roster.tidy(fact.at, self._standing.known)
            return []
        news: list[Fact] = []
        entry = self._entry(fact.mac, fact.at, news)
        if isinstance(fact, _OF_OTHERS):
            self._names.learn(fact)
        else:
            self._learn_of(entry, fact, news)
        return news

    def _learn_of(self, entry: Entry | None, fact: Fact, news: list[Fact]) -> None:
        """Take in what *fact* says of who sent it."""
        match fact:
            case AddressAsked() if fact.wanted in self.gateways.all().values():
                self.gateway_asked_at = fact.at
            case AddressClaim() if fact.mac == fact.sender:
                self._claim(fact.ip, fact.mac, fact.at, news)
            case DhcpOffered():
                self._lease(fact, news)
            case RouterAdvertised():
                self._believe(entry, "ra", fact.ip, 60, fact.at)
                self._gateway(self.gateways.advertised(fact.mac, fact.ip, fact.lifetime))
            case DhcpAsked() | NameAnswered() | SsdpHeard() | HttpAsked():
                self._clues(entry, clues(fact), fact.at)
                self._names.learn(fact)
            case _:
                pass

    def _flow(self, delta: FlowDelta) -> list[Fact]:
        at = delta.at
        entry = self._roster.find(delta.mac)
        peer = self._roster.find(delta.peer_mac)
        if entry is not None and peer is not None and not delta.opened:
            entry.last_at = at
            if delta.packets_in:
                peer.last_at = at
            return []
        news: list[Fact] = []
        self._entry(delta.mac, at, news)
        if delta.packets_in:
            self._entry(delta.peer_mac, at, news)
        src, dst = self.place(delta.src), self.place(delta.dst)
        if src is Place.HOME:
            self._uses(delta.mac, delta.src, news)
            if dst is Place.OUTSIDE and delta.packets_in:
                self._gateway(self.gateways.passed(delta.peer_mac))
        elif src is Place.OUTSIDE and dst is Place.HOME:
            self._gateway(self.gateways.passed(delta.mac))
        if dst is Place.HOME and delta.packets_in:
            self._uses(delta.peer_mac, delta.dst, news)
        return news

    def _entry(self, mac: Mac, at: float, news: list[Fact]) -> Entry | None:
        known = self._roster.find(mac)
        if known is not None:
            known.last_at = at
            return known
        self.learning = at < self._learn_until
        entry, new = self._roster.hear(mac, at, learning=self.learning)
        if entry is not None and new:
            device = dress(entry.device(), self._standing)
            news.append(DeviceAppeared(at=at, mac=mac, device=device))
        return entry

    def _uses(self, mac: Mac, ip: Ip, news: list[Fact]) -> None:
        """Note that traffic of *ip* came with *mac*: weaker than a claim, a router does it too."""
        entry = self._roster.find(mac)
        if entry is None or entry.gateway or ip in entry.addresses or ip in self._holders:
            return
        if len(entry.addresses) < ADDRESSES:
            self._holders.put(ip, mac)
            entry.use(ip)
            self._roster.note(mac)

    def _claim(self, ip: Ip, mac: Mac, at: float, news: list[Fact]) -> None:
        entry = self._roster.find(mac)
        if entry is None:
            return
        before = self._holders.get(ip)
        if before is not None and before != mac:
            heard = self.heard(before)
            if heard is not None and at - heard <= LEFT_AFTER:
                return
            self._move(ip, before, mac, at, news)
        self._holders.put(ip, mac)
        self._gateway(self.gateways.claimed(ip, mac))
        if entry.use(ip):
            self._roster.note(mac)

    def _lease(self, fact: DhcpOffered, news: list[Fact]) -> None:
        server = self._roster.find(fact.mac)
        self._believe(server, "dhcp_server", fact.server or "", 60, fact.at)
        for router in fact.routers:
            self._gateway(self.gateways.leased(router, self._holders.get(router)))
        if fact.message not in ("ack", "reply") or fact.address is None:
            return
        client = self._entry(fact.client, fact.at, news)
        if client is None:
            return
        before = self._holders.get(fact.address)
        if before is not None and before != fact.client:
            self._move(fact.address, before, fact.client, fact.at, news)
        self._holders.put(fact.address, fact.client)
        if client.use(fact.address):
            self._roster.note(fact.client)

    def _move(self, ip: Ip, before: Mac, mac: Mac, at: float, news: list[Fact]) -> None:
        if loser := self._roster.find(before):
            loser.leave(ip)
            self._roster.note(before)
        news.append(AddressMoved(at=at, mac=mac, ip=ip, before=before))

    def _gateway(self, mac: Mac | None) -> None:
        entry = self._roster.find(mac) if mac else None
        if entry is not None and not entry.gateway:
            entry.gateway = True
            entry.believe("gateway", "others reach the internet through it", 60, entry.last_at)
            self._roster.note(entry.mac)

    def _clues(self, entry: Entry | None, found: Iterable[Clue], at: float) -> None:
        for clue in found:
            if entry is not None and clue.name and entry.call(clue.name, clue.weight):
                self._roster.note(entry.mac)
            self._believe(entry, clue.source, clue.says, clue.weight, at)

    def _believe(self, entry: Entry | None, source: str, says: str, weight: int, at: float) -> None:
        if entry is not None and says and entry.believe(source, says, weight, at):
            self._roster.note(entry.mac)

    # What detectors ask

    def _known(self, mac: Mac) -> Known:
        return self._standing.known.get(mac, _NOTHING_SAID)

    def device(self, mac: Mac) -> Device | None:
        """Give the device with this hardware address."""
        entry = self._roster.find(mac)
        return dress(entry.device(), self._standing) if entry else None

    def heard(self, mac: Mac) -> float | None:
        """Tell when anything was last sent by *mac*."""
        entry = self._roster.find(mac)
        return entry.last_at if entry else None

    def holder(self, ip: Ip) -> Mac | None:
        """Tell who holds an inside address."""
        return self._holders.get(ip)

    def is_home(self, ip: Ip) -> bool:
        """Tell whether *ip* is inside: of the practice's networks, or claimed on the wire."""
        return self.place(ip) is Place.HOME or ip in self._holders

    def is_outside(self, ip: Ip) -> bool:
        """Tell whether *ip* is a host of the internet."""
        return self.place(ip) is Place.OUTSIDE and ip not in self._holders

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

    def listed_name(self, name: str) -> Listing | None:
        """Give the list entry that covers a host name."""
        return self.lists.find_name(name)

    def listed_address(self, ip: Ip) -> Listing | None:
        """Give the list entry that covers an address."""
        if not self.lists.networks:
            return None
        address = parse(ip)
        return self.lists.find_address(address.version, int(address))
