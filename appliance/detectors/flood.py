"""More new addresses or connections than a practice can have.

What it sees
    Hardware addresses never heard before, requests of DHCP clients, and how
    many conversations with one port begin.

Why it matters
    A switch that is told of too many addresses sends everything to
    everybody, and can be listened to. A DHCP server that has given all its
    addresses away leaves the next computer without one; often somebody's own
    server then takes its place. A server that is called too often answers
    nobody. The work stops in each case, also when the cause is only a broken
    network card.

How it decides
    Each of three counts is a finding for itself. *Addresses*: `Limits.strangers`
    new ones of no known maker, or ones that no card can have, within 10 s; real
    devices have a maker, but for telephones, of which few come at once.
    *Requests*: `Limits.clients` DHCP clients, all new, that within a minute asked
    for an address and then said nothing more: a real device speaks as soon as
    it has one. *Connections* to one port of one machine within 10 s:
    `Limits.half_open` that are not answered or not completed, or `Limits.calls` of
    any kind. Who began most of them is accused; where they come from outside,
    the finding is about the machine that is called.
    All of it is counted from what the inventory and the flow table make of the
    packets, both of which have a limit of their own, and nothing is kept of each
    conversation.

What it misses
    A flood slower than these limits; many packets within few conversations
    (pings, one endless datagram stream); connections spread over many ports or
    machines, which are scans; frames that the mirror port had to drop.
    Who is behind made-up addresses: the switch knows the port, the box does not.

When it is wrong
    Thirty telephones that join within ten seconds; a program that tries again
    without a pause to reach a server that is gone; a test of how much a server
    can bear.

Sources
    RFC 4987 (SYN flooding); macof(8), hping3(8), dhcpstarv(1); MITRE ATT&CK
    T1498.001, T1499.001, T1499.002.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.facts import (
    AddressAsked,
    AddressClaim,
    DeviceAppeared,
    DhcpAsked,
    Fact,
    FlowDelta,
    Tick,
)
from appliance.memory import Memory
from appliance.model import NO_MAC, Finding, Ip, Mac, Severity
from appliance.stages import Stage

_TCP, _UDP = 6, 17
_SYN, _RST, _ACK = 2, 4, 16
_DHCP_SERVERS = frozenset((67, 547))
"""A client's request is no sign that it uses its address."""
_ASKS = frozenset(("discover", "request", "solicit"))
_SPAN = 10.0
"""Seconds over which addresses and connections are counted: long enough for a flood to show,
short enough that a day of work does not add up."""
_ASKING = 60.0
"""Seconds over which silent DHCP clients are counted; slow tools ask once or twice a second."""
_SPEAKS_AFTER = 3.0
"""Seconds within which a client that was given an address uses it, or probes it by ARP."""
_MOST_STRANGERS = 4096
"""Addresses counted; as many again are no worse."""
_MOST_SILENT = 1024
"""Silent clients counted; who comes when there are so many is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    strangers: int = limit(
        30, "new addresses of no known maker within 10 seconds", minimum=5, maximum=4000
    )
    clients: int = limit(
        20,
        "new DHCP clients within a minute that ask for an address and say nothing more",
        minimum=5,
        maximum=1000,
    )
    half_open: int = limit(
        500,
        "unanswered or incomplete connections to one port within 10 seconds",
        minimum=50,
        maximum=1_000_000,
    )
    calls: int = limit(
        3000,
        "connections of any kind to one port within 10 seconds",
        minimum=100,
        maximum=1_000_000,
    )
    doors: int = limit(
        2048, "ports of machines whose connections are counted at once", minimum=64, maximum=65_536
    )


class _Door:
    """What came to one port of one machine since *began*."""

    __slots__ = ("_votes", "began", "calls", "half_open", "mac")

    def __init__(self, began: float) -> None:
        self.began = began
        self.calls = 0
        self.half_open = 0
        self.mac = NO_MAC
        """Who began most of it, if anybody began more than half (Boyer and Moore's vote)."""
        self._votes = 0

    def vote(self, mac: Mac) -> None:
        """Count one conversation for its beginner."""
        if not self._votes:
            self.mac = mac
        self._votes += 1 if mac == self.mac else -1


class Flood:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="flood",
        severity=Severity.WARNING,
        attack=("T1498.001", "T1499.001", "T1499.002"),
        stage=Stage.HARM,
        limits=Limits,
        sees=(FlowDelta, DeviceAppeared, DhcpAsked, AddressAsked, AddressClaim, Tick),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._strangers: Distinct[None, Mac] = Distinct(
            seconds=_SPAN, keys=1, values=_MOST_STRANGERS
        )
        self._stranger = NO_MAC
        """The newest of them."""
        self._room = max(_MOST_SILENT, limits.clients)
        self._asking: Memory[Mac, DhcpAsked] = Memory(self._room)
        """New DHCP clients that said nothing else yet, and what each asked first."""
        self._doors: Memory[tuple[Ip, int, int], _Door] = Memory(limits.doors)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Give a finding when there is more than a practice can have."""
        match fact:
            case FlowDelta():
                return self._flow(fact, network) if fact.opened else ()
            case Tick():
                return self._look(fact.at)
            case DeviceAppeared() if not fact.device.maker:
                self._meet(fact.mac, fact.at)
            case DhcpAsked() if fact.message in _ASKS:
                self._ask(fact, network)
            case AddressAsked() | AddressClaim():
                self._asking.pop(fact.mac)
            case _:
                pass
        return ()

    def dropped(self) -> int:
        """Ports whose count was given up early."""
        return self._doors.dropped

    def _meet(self, mac: Mac, at: float) -> None:
        self._stranger = mac
        self._strangers.add(None, mac, at)

    def _ask(self, asked: DhcpAsked, network: Network) -> None:
        device = network.device(asked.mac)
        new = device is None or asked.at - device.first_at < _ASKING
        if new and asked.mac not in self._asking and len(self._asking) < self._room:
            self._asking.put(asked.mac, asked)

    def _flow(self, delta: FlowDelta, network: Network) -> Iterable[Finding]:
        """Take in a conversation that begins."""
        if network.heard(delta.mac) is None and delta.mac != NO_MAC:
            self._meet(delta.mac, delta.at)
        if delta.proto == _UDP:
            if delta.dport in _DHCP_SERVERS:
                return ()
            counts, half_open = not delta.packets_in, False
        else:
            counts = delta.proto == _TCP and bool(delta.flags_out & _SYN)
            half_open = not (delta.flags_out & _ACK or delta.flags_in & _RST)
        self._asking.pop(delta.mac)
        return self._call(delta, half_open, network) if counts else ()

    def _call(self, delta: FlowDelta, half_open: bool, network: Network) -> Iterable[Finding]:
        door = self._door(delta)
        door.calls += 1
        door.half_open += half_open
        door.vote(delta.mac)
        unfinished = half_open and door.half_open % self._limits.half_open == 0
        if not unfinished and door.calls % self._limits.calls:
            return ()
        about = door.mac
        if network.is_gateway(about):
            about = network.holder(delta.dst) or about
        return (
            self._finding(
                delta.at,
                about,
                delta.dst,
                calls=door.calls,
                src_ip=delta.src,
                dest_ip=delta.dst,
            ),
        )

    def _door(self, delta: FlowDelta) -> _Door:
        key = (delta.dst, delta.dport, delta.proto)
        door = self._doors.get(key)
        if door is not None and 0 <= delta.at - door.began <= _SPAN:
            return door
        while (oldest := self._doors.oldest()) and not 0 <= delta.at - oldest[1].began <= _SPAN:
            self._doors.pop(oldest[0])
        door = _Door(delta.at)
        self._doors.put(key, door)
        return door

    def _look(self, now: float) -> Iterator[Finding]:
        """Count, once a second, the new addresses and those that asked and fell silent."""
        while (oldest := self._asking.oldest()) and not 0 <= now - oldest[1].at <= _ASKING:
            self._asking.pop(oldest[0])
        silent = [each for each in self._asking.values() if now - each.at >= _SPEAKS_AFTER]
        strangers = self._strangers.count(None, now)
        if len(silent) >= self._limits.clients:
            about, _ = Counter(each.sender for each in silent).most_common(1)[0]
        elif strangers >= self._limits.strangers:
            about = self._stranger
        else:
            return
        yield self._finding(now, about, "addresses", addresses=strangers, requests=len(silent))

    def _finding(  # noqa: PLR0913 - of what there is too much
        self,
        at: float,
        about: Mac,
        what: str,
        *,
        addresses: int = 0,
        requests: int = 0,
        calls: int = 0,
        src_ip: Ip | None = None,
        dest_ip: Ip | None = None,
    ) -> Finding:
        return Finding(
            detector=self.about.id,
            at=at,
            about=about,
            key=(self.about.id, what),
            words={"addresses": str(addresses), "requests": str(requests), "calls": str(calls)},
            src_ip=src_ip,
            dest_ip=dest_ip,
        )
