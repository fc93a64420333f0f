"""Many machines are tried by one.

What it sees
    Questions for hardware addresses (ARP, IPv6 neighbour discovery) that
    nobody here holds, conversations with one port, or pings, that stay
    unanswered, and bursts of pings to many machines.

Why it matters
    A worm or an intruder first looks which machines exist. Asking for
    addresses nobody holds is what gives it away: daily work only asks for
    machines that are there.

How it decides
    One sender that asks for `Limits.vacant` vacant addresses within
    `Limits.seconds`, or that calls `Limits.hosts` machines on one port
    without an answer, is a finding; each further as many add to it. So is one
    that pings `Limits.pings` inside machines within `Limits.burst`, whether they
    answer or not. The gateway's questions do not count: it looks for its own
    clients. Out of the practice's hours that is said as well, and it weighs no
    more: providers' programs make their inventories at night.

What it misses
    A sweep slower than the limit; one that only tries machines it already
    knows; a network with so many machines that few addresses are vacant.

When it is wrong
    Inventory scanners of the technician; a program that watches whether all
    machines are there and asks them all at once; some printers' and NAS makers'
    "find my device" programs; a mirror that shows only one direction (the
    box then says that it sees badly).

Sources
    MITRE ATT&CK T1018; Zeek's former scan script: 25 hosts in 5 minutes;
    RFC 826; RFC 4861.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import AddressAsked, Fact, FlowDelta
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_TCP, _UDP = 6, 17
_PING = ((1, 8), (58, 128))
_SYN, _RST, _ACK = 2, 4, 16


_DHCP_SERVER = 67
"""What comes from there answers clients, which never answer back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    vacant: int = limit(
        20, "addresses that nobody holds asked for by one machine", minimum=3, maximum=4096
    )
    hosts: int = limit(20, "machines called on one port without an answer", minimum=3, maximum=4096)
    seconds: float = limit(120.0, "seconds within which they are tried", minimum=1.0, maximum=DAY)
    pings: int = limit(
        15,
        "inside machines pinged in a burst; whoever pings by hand, or in turn, is slower",
        minimum=3,
        maximum=4096,
    )
    burst: float = limit(10.0, "seconds that a burst of pings lasts", minimum=1.0, maximum=600.0)
    senders: int = limit(2048, "senders remembered at once", minimum=64, maximum=65_536)


class HostSweep:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="host_sweep",
        severity=Severity.WARNING,
        attack=("T1018",),
        stage=Stage.LOOKING,
        limits=Limits,
        sees=(AddressAsked, FlowDelta),
        worse_at_night=True,
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._asked: Distinct[Mac, Ip] = Distinct(
            seconds=limits.seconds, keys=limits.senders, values=max(512, limits.vacant)
        )
        self._called: Distinct[tuple[Mac, Ip, int, int], Ip] = Distinct(
            seconds=limits.seconds, keys=limits.senders, values=max(512, limits.hosts)
        )
        self._pinged: Distinct[tuple[Mac, Ip], Ip] = Distinct(
            seconds=limits.burst, keys=limits.senders, values=max(512, limits.pings)
        )

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when one machine more was tried than daily work explains."""
        if isinstance(fact, AddressAsked):
            if network.holder(fact.wanted) is None and not network.is_gateway(fact.mac):
                count, new = self._asked.add(fact.mac, fact.wanted, fact.at)
                if new and count % self._limits.vacant == 0:
                    yield self._finding(fact, count, fact.ip)
        elif isinstance(fact, FlowDelta):
            if (fact.proto, fact.sport) in _PING and fact.opened and network.is_home(fact.dst):
                count, new = self._pinged.add((fact.mac, fact.src), fact.dst, fact.at)
                if new and count % self._limits.pings == 0 and not network.is_gateway(fact.mac):
                    yield self._finding(fact, count, fact.src)
            sender = (fact.mac, fact.src, fact.proto, fact.dport)
            if _answered(fact):
                self._called.take_back(sender, fact.dst)
            elif fact.opened and _calls(fact, network):
                count, new = self._called.add(sender, fact.dst, fact.at)
                if new and count % self._limits.hosts == 0:
                    yield self._finding(fact, count, fact.src)

    def dropped(self) -> int:
        """Senders forgotten early."""
        return self._asked.dropped + self._called.dropped + self._pinged.dropped

    def _finding(self, fact: AddressAsked | FlowDelta, count: int, src: Ip | None) -> Finding:
        return Finding(
            detector=self.about.id,
            at=fact.at,
            about=fact.mac,
            key=(self.about.id, fact.mac),
            words={"hosts": str(count)},
            src_ip=src,
        )


def _answered(delta: FlowDelta) -> bool:
    """Tell whether the other side exists: it accepted, or this side behaves as if it had."""
    if delta.proto == _TCP:
        return bool(delta.flags_in & _SYN or delta.flags_out & _ACK or delta.payload_in)
    return delta.packets_in > 0


def _calls(delta: FlowDelta, network: Network) -> bool:
    """Tell whether a conversation begins the way a look-out for machines does."""
    if delta.proto == _TCP:
        called = bool(delta.flags_out & _SYN)
    elif delta.proto == _UDP:
        called = network.is_home(delta.dst) and delta.sport != _DHCP_SERVER
    else:
        called = (delta.proto, delta.sport) in _PING
    return called and (network.is_home(delta.dst) or network.is_outside(delta.dst))
