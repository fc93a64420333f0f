"""A device talks to a bare outside address, on a port of no ordinary program.

What it sees
    TCP conversations in which an outside host answers, on a port that is not
    in a small table of ordinary ones, at an address that no name was asked
    for or called by, or one that anybody can have for a day; web requests that
    call their host by its address, and TLS that asks for no name, on such a
    port (requests in clear also on that of encrypted pages); UDP with many
    such addresses on one port.

Why it matters
    Ordinary programs ask for a name and speak on well-known ports. Tools for
    remote control are often given an address and a port of the attacker's
    choice. So are a few honest ones, which is why this is only to be read.

How it decides
    In the first `Limits.patience` seconds nothing is noted: programs still
    use names that they asked for before the box listened. Afterwards what a
    device did is judged `Limits.settle` seconds after its first such
    conversation; the name may have been heard meanwhile. More than
    `Limits.many` addresses on as many ports are the work of a program that
    shares files or plays with others, and no finding; many addresses on few
    ports are one. Devices of people, telephones and tablets, are left out. There is one
    finding for a device and day at most. Where the client itself says that it
    has no name, nothing is waited for. Over UDP `Limits.peers` bare addresses
    that answer on one port within an hour are one: programs that are run by
    nobody in particular find each other so.

What it misses
    UDP with fewer, for telephony, games and films go to bare addresses all day;
    ordinary ports; hosts with a name; a name that is found over encrypted DNS and never
    said in clear makes its host look like a bare address.

When it is wrong
    A technician's own tools, a camera or an alarm that calls a fixed address, a program
    that keeps to an address it was told over an encrypted channel, a game that
    asks all servers of its list. Say that it is normal here.

Sources
    MITRE ATT&CK T1571; ``data/outside_ports.csv``; Slips leaves out
    connections without a question for a name in the first half hour.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import kind_of
from appliance.detectors.listening import Listening
from appliance.detectors.windows import Distinct
from appliance.durations import DAY, HOUR
from appliance.facts import Fact, FlowDelta, HttpAsked, Tick, TlsHello
from appliance.knowledge.calls import calls
from appliance.knowledge.kinds import Kind
from appliance.knowledge.uploads import HIDDEN, uploads
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_TCP, _UDP = 6, 17
_ENCRYPTED_WEB = 443
_PLACES = 64
"""Addresses with their ports remembered of a device; so many say all there is to say."""
_PERSONAL = frozenset((Kind.PHONE, Kind.TABLET, Kind.TELEVISION))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    patience: float = limit(
        3600.0,
        "seconds after the box began in which nothing is noted; names are kept for an hour by"
        " most machines",
        minimum=0.0,
        maximum=DAY,
    )
    settle: float = limit(
        300.0,
        "seconds between a device's first such conversation and the judgement",
        minimum=0.0,
        maximum=DAY,
    )
    many: int = limit(
        8, "addresses, and ports, beyond which it shares files or plays", minimum=1, maximum=60
    )
    peers: int = limit(
        30, "addresses that answer on one UDP port within an hour", minimum=5, maximum=60
    )
    devices: int = limit(1024, "devices remembered at once", minimum=64, maximum=65_536)


class DirectOutside:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="direct_outside",
        severity=Severity.NOTICE,
        attack=("T1571",),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(FlowDelta, HttpAsked, TlsHello, Tick),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ordinary = calls().ports
        self._waiting: Memory[Mac, dict[tuple[Ip, int], FlowDelta]] = Memory(limits.devices)
        """The one whose first conversation was first, first."""
        self._judged: Memory[Mac, float] = Memory(limits.devices)
        self._peers: Distinct[tuple[Mac, int], Ip] = Distinct(
            seconds=HOUR, keys=limits.devices, values=_PLACES
        )
        self._listening = Listening()

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding for the devices whose time to be judged has come."""
        match fact:
            case FlowDelta() if fact.payload_in and fact.payload_out:
                return self._talk(fact, network)
            case Tick():
                self._listening.turn(fact.at)
                return self._judge(fact.at, network)
            case HttpAsked() | TlsHello() if self._is_nameless(fact, network):
                return self._tell(fact, 1, network)
        return ()

    def dropped(self) -> int:
        """Devices forgotten early."""
        return self._waiting.dropped + self._judged.dropped + self._peers.dropped

    def _is_nameless(self, fact: HttpAsked | TlsHello, network: Network) -> bool:
        """Tell whether a client says itself that its host has no name, on an odd port."""
        odd = (_TCP, fact.dport) not in self._ordinary
        if isinstance(fact, HttpAsked):
            nameless = fact.host == fact.dst and (odd or fact.dport == _ENCRYPTED_WEB)
        else:
            nameless = odd and not fact.name and _is_bare(network.name_of(fact.dst))
        return nameless and network.is_outside(fact.dst)

    def _talk(self, delta: FlowDelta, network: Network) -> Iterable[Finding]:
        if (delta.proto, delta.dport) in self._ordinary or not network.is_outside(delta.dst):
            return ()
        if delta.proto == _TCP:
            self._note(delta, network)
        elif delta.proto == _UDP and delta.opened and _is_bare(network.name_of(delta.dst)):
            count, new = self._peers.add((delta.mac, delta.dport), delta.dst, delta.at)
            if new and count == self._limits.peers:
                return self._tell(delta, count, network)
        return ()

    def _tell(
        self, fact: FlowDelta | HttpAsked | TlsHello, count: int, network: Network
    ) -> Iterator[Finding]:
        mac = fact.mac
        judged_at = self._judged.get(mac)
        if judged_at is not None and 0 <= fact.at - judged_at < DAY:
            return
        if network.is_gateway(mac) or network.declared(mac, fact.dst):
            return
        if kind_of(mac, network) in _PERSONAL:
            return
        self._judged.put(mac, fact.at)
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=mac,
            key=(self.about.id, mac),
            words={"host": fact.dst, "port": str(fact.dport), "count": str(count)},
            peer=fact.dst,
            src_ip=fact.src,
            dest_ip=fact.dst,
        )

    def _note(self, delta: FlowDelta, network: Network) -> None:
        began = self._listening.began
        name = network.name_of(delta.dst)
        if began is None or (not name and delta.first_at - began < self._limits.patience):
            return
        mac, place = delta.mac, (delta.dst, delta.dport)
        judged_at = self._judged.get(mac)
        if judged_at is not None and 0 <= delta.at - judged_at < DAY:
            return
        if not _is_bare(name) or network.is_gateway(mac):
            return
        places = self._waiting.get(mac)
        if places is None:
            self._waiting.put(mac, {place: delta})
        elif len(places) < _PLACES:
            places.setdefault(place, delta)

    def _judge(self, now: float, network: Network) -> Iterator[Finding]:
        while (oldest := self._waiting.oldest()) is not None:
            mac, places = oldest
            first = next(iter(places.values()))
            if 0 <= now - first.at < self._limits.settle:
                return
            self._waiting.pop(mac)
            bare = [each for each in places.values() if _is_bare(network.name_of(each.dst))]
            addresses, ports = {each.dst for each in bare}, {each.dport for each in bare}
            bare = [each for each in bare if not network.declared(mac, each.dst)]
            if bare and min(len(addresses), len(ports)) <= self._limits.many:
                yield from self._tell(bare[0], len(addresses), network)


def _is_bare(name: str) -> bool:
    """Tell whether *name* says no more than an address does."""
    return not name or uploads().find(name) in HIDDEN
