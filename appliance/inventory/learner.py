"""From facts to what is known: who is there, who holds what, who the gateway is, who calls whom.

Each kind of fact has its own method, found by its type; a kind that is in no table says no more
than that its sender is there.
"""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.addresses import Place
from appliance.facts import (
    AddressAsked,
    AddressClaim,
    DeviceAppeared,
    DhcpAsked,
    DhcpOffered,
    Fact,
    FlowDelta,
    HttpAsked,
    NameAnswered,
    NeighbourTold,
    RouterAdvertised,
    Tick,
    TlsHello,
)
from appliance.inventory.clues import Family, families, outside, ports
from appliance.inventory.clues.clue import Clue
from appliance.inventory.clues.subject import chassis
from appliance.inventory.contacts import Calls, Contacts, is_of_neighbours
from appliance.inventory.entry import Entry
from appliance.inventory.gateways import Gateways
from appliance.inventory.holders import Holders
from appliance.inventory.joins import Joins
from appliance.inventory.outside_names import OutsideNames
from appliance.inventory.roster import Roster
from appliance.knowledge.hint import HIGH, MEDIUM, Source
from appliance.knowledge.kinds import Kind
from appliance.memory import Memory
from appliance.model import Ip, Mac

SERVED = 4096
"""Devices and ports already noted; a practice has some hundred."""

_GATEWAY = Clue(
    Source.GATEWAY, "others reach the internet through it", MEDIUM, kind=Kind.INTERNET_BOX
)


class Learner:
    """See the module's text."""

    def __init__(  # noqa: PLR0913 - the parts of what is known
        self,
        *,
        place: Callable[[Ip], Place],
        roster: Roster,
        joins: Joins,
        holders: Holders,
        gateways: Gateways,
        names: OutsideNames,
        learn_until: float,
    ) -> None:
        self.learning = False
        self.gateway_asked_at = 0.0
        self._place = place
        self._roster = roster
        self._joins = joins
        self._holders = holders
        self._gateways = gateways
        self._names = names
        self._calls = Calls(names, self._contacts)
        self._learn_until = learn_until
        self._families: Mapping[type[Fact], tuple[Family, ...]] = families()
        self._ports = ports.served()
        self._called_ports = ports.called()
        self._served: Memory[tuple[Mac, int, int], None] = Memory(SERVED)
        self._of_traffic: Mapping[type[Fact], Callable[[Any], list[Fact]]] = {
            FlowDelta: self._flow,
            Tick: self._tick,
            NeighbourTold: self._neighbour,
            DhcpAsked: self._client,
        }
        self._by_kind: Mapping[type[Fact], Callable[[Any, Entry | None, list[Fact]], None]] = {
            AddressAsked: self._asked,
            AddressClaim: self._claim,
            DhcpOffered: self._lease,
            RouterAdvertised: self._advertised,
            TlsHello: self._called,
            HttpAsked: self._called,
            NameAnswered: self._answered,
        }

    def learn(self, fact: Fact) -> list[Fact]:
        """Take *fact* in; give the facts that follow from it."""
        kind = type(fact)
        if of_traffic := self._of_traffic.get(kind):
            return of_traffic(fact)
        news: list[Fact] = []
        entry = self.entry(fact.mac, fact.at, news)  # type: ignore[union-attr] # a tick is above
        if learn := self._by_kind.get(kind):
            learn(fact, entry, news)
        if of_kind := self._families.get(kind):
            self._read(of_kind, fact)
        return news

    def entry(self, mac: Mac, at: float, news: list[Fact]) -> Entry | None:
        """Give the device that was just heard; *news* gets to know when it is a new one."""
        known = self._roster.find(mac)
        if known is not None:
            known.last_at = at
            return known
        self.learning = at < self._learn_until
        entry, new = self._roster.hear(mac, at, learning=self.learning)
        if entry is not None and new:
            self._joins.came(mac)
            self._appeared(mac, at, news)
        return entry

    def _appeared(self, mac: Mac, at: float, news: list[Fact]) -> None:
        """Tell of *mac* as an address of the device that it is known to be part of, if it is."""
        if device := self._joins.device(mac):
            news.append(DeviceAppeared(at=at, mac=mac, device=device))

    # Presence and traffic

    def _tick(self, tick: Tick) -> list[Fact]:
        self.learning = tick.at < self._learn_until
        self._roster.tidy(tick.at)
        self._joins.tick()
        return []

    def _flow(self, delta: FlowDelta) -> list[Fact]:
        news: list[Fact] = []
        entry = self._roster.find(delta.mac)
        peer = self._roster.find(delta.peer_mac)
        if entry is None or peer is None or delta.opened:
            self._opened(delta, news)
        else:
            entry.last_at = delta.at
            if delta.packets_in:
                peer.last_at = delta.at
        if delta.payload_in:
            self._brought(delta)
        return news

    def _opened(self, delta: FlowDelta, news: list[Fact]) -> None:
        at = delta.at
        self.entry(delta.mac, at, news)
        if delta.packets_in:
            self.entry(delta.peer_mac, at, news)
            if parted := self._joins.worked(delta.mac, at):
                self._appeared(parted, at, news)
        src, dst = self._place(delta.src), self._place(delta.dst)
        if src is Place.HOME:
            self._holders.used(delta.src, delta.mac)
            clue = self._called_ports.get((delta.proto, delta.dport))
            if clue and delta.payload_out and self._holders.speaks(delta.mac, delta.src):
                self._believe(self._roster.find(delta.mac), clue, at)
            if dst is Place.OUTSIDE and delta.packets_in:
                self._gateway(self._gateways.passed(delta.peer_mac))
        elif src is Place.OUTSIDE and dst is Place.HOME:
            self._gateway(self._gateways.passed(delta.mac))
        if dst is Place.HOME and delta.packets_in:
            self._holders.used(delta.dst, delta.peer_mac)
        if (
            dst is Place.OUTSIDE
            and self._holders.speaks(delta.mac, delta.src)
            and self._calls.opened(delta.mac, delta.dst, at)
        ):
            self._began(delta.mac, self._names.find(delta.dst), at)

    def _brought(self, delta: FlowDelta) -> None:
        """Note what the answers of the other side say of both."""
        if self._calls.flowed(delta):
            self._roster.note(delta.mac)
        clue = self._ports.get((delta.proto, delta.dport))
        if clue is None:
            return
        key = (delta.peer_mac, delta.proto, delta.dport)
        if key not in self._served and self._holders.speaks(delta.peer_mac, delta.dst):
            self._served.put(key, None)
            self._believe(self._roster.find(delta.peer_mac), clue, delta.at)
        if is_of_neighbours(delta) and self._is_between_neighbours(delta):
            for mac in self._calls.neighbours(delta):
                self._roster.note(mac)

    def _is_between_neighbours(self, delta: FlowDelta) -> bool:
        speaks = self._holders.speaks
        return speaks(delta.mac, delta.src) and speaks(delta.peer_mac, delta.dst)

    # Addresses and gateways

    def _client(self, fact: DhcpAsked) -> list[Fact]:
        """Find out who asks before it is told of: often this is the first that it says."""
        news: list[Fact] = []
        key = self._joins.meet(fact)
        entry = self.entry(fact.mac, fact.at, news)
        if entry is not None and key:
            self._joins.note(entry, key, fact.at)
        self._read(self._families[DhcpAsked], fact)
        return news

    def _asked(self, fact: AddressAsked, entry: Entry | None, news: list[Fact]) -> None:
        if fact.wanted in self._gateways.all().values():
            self.gateway_asked_at = fact.at

    def _claim(self, fact: AddressClaim, entry: Entry | None, news: list[Fact]) -> None:
        if entry is None or fact.mac != fact.sender:
            return
        followed = self._holders.claimed(fact.ip, entry, fact.at)
        if followed is not None:
            news.extend(followed)
            self._gateway(self._gateways.claimed(fact.ip, fact.mac))

    def _lease(self, fact: DhcpOffered, entry: Entry | None, news: list[Fact]) -> None:
        if fact.server:
            self._believe(entry, Clue(Source.DHCP_SERVER, fact.server, HIGH), fact.at)
        for router in fact.routers:
            self._gateways.offered(fact.mac, router, fact.at)
            self._gateway(self._gateways.leased(router, self._holders.find(router)))
        if fact.message not in ("ack", "reply") or fact.address is None:
            return
        client = self.entry(fact.client, fact.at, news)
        if client is not None:
            news.extend(self._holders.leased(fact.address, client, fact.at))

    def _advertised(self, fact: RouterAdvertised, entry: Entry | None, news: list[Fact]) -> None:
        self._believe(entry, Clue(Source.ROUTER_ADVERTISEMENT, fact.ip, HIGH), fact.at)
        if fact.lifetime:
            self._gateways.offered(fact.mac, fact.ip, fact.at)
        self._gateway(self._gateways.advertised(fact.mac, fact.ip, fact.lifetime))

    def _gateway(self, mac: Mac | None) -> None:
        entry = self._roster.find(mac) if mac else None
        if entry is not None and not entry.gateway:
            entry.gateway = True
            self._roster.note(entry.mac)
            self._believe(entry, _GATEWAY, entry.last_at)

    # Names and contacts

    def _answered(self, fact: NameAnswered, entry: Entry | None, news: list[Fact]) -> None:
        self._names.learn(fact)

    def _called(self, fact: TlsHello | HttpAsked, entry: Entry | None, news: list[Fact]) -> None:
        self._names.learn(fact)
        name = fact.name if isinstance(fact, TlsHello) else fact.host
        if entry is None or self._place(fact.dst) is not Place.OUTSIDE:
            return
        if not self._holders.speaks(fact.mac, fact.src):
            return
        for clue in outside.read_call(fact):
            self._believe(entry, clue, fact.at)
        if self._calls.named(fact.mac, fact.dst, name, fact.at):
            self._began(fact.mac, name, fact.at)

    def _contacts(self, mac: Mac) -> Contacts | None:
        entry = self._roster.find(mac)
        return entry.contacts if entry else None

    def _began(self, mac: Mac, name: str, at: float) -> None:
        """Note a contact that has just begun, and what it says of the caller."""
        self._roster.note(mac)
        for clue in outside.clues(name):
            self._believe(self._roster.find(mac), clue, at)

    # Evidence

    def _neighbour(self, fact: NeighbourTold) -> list[Fact]:
        """Hear the device around the port that speaks: the port is none of its own."""
        news: list[Fact] = []
        self.entry(chassis(fact, self._holders), fact.at, news)
        self._read(self._families[NeighbourTold], fact)
        return news

    def _read(self, families_: tuple[Family, ...], fact: Fact) -> None:
        for family in families_:
            # Most facts say nothing, so whom they are about is asked last.
            clues = list(family.read(fact))
            if clues and (mac := family.subject(fact, self._holders)):
                entry = self._roster.find(mac)
                for clue in clues:
                    self._believe(entry, clue, fact.at)

    def _believe(self, entry: Entry | None, clue: Clue, at: float) -> None:
        if entry is not None and entry.believe(clue, at):
            self._roster.note(entry.mac)
