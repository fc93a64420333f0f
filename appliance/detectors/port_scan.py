"""Many doors of one machine are tried.

What it sees
    Conversations that begin and come to nothing: a TCP request that is
    refused, unanswered or dropped at once, a UDP packet or an uncommon IP
    protocol that gets no answer.

Why it matters
    Whoever looks for a way into a machine tries its doors one after the
    other. Nothing in a practice's daily work does.

How it decides
    One sender that tried `Limits.ports` different ports of one machine within
    `Limits.seconds`, with no data exchanged on them, is a finding; each
    further `Limits.ports` ports add to it. A port on which data flows later
    is taken back. UDP counts only towards machines of the practice: tracing a
    route to the outside also walks through port numbers. `Limits.oddities`
    packets with TCP flags that no honest program sends are a finding, too:
    that is how a machine is asked which system it runs. Out of the practice's
    hours that is said as well, and it weighs no more: providers' programs make
    their inventories at night.

What it misses
    A scan slower than the limit; one that tries fewer ports, as a careful
    attacker does who looks only for file sharing and remote desktop; scans
    that do not pass the mirror port.

When it is wrong
    Inventory and vulnerability scanners of the technician; rarely, software
    that searches its server over a range of ports.

Sources
    MITRE ATT&CK T1046; the default of Zeek's former scan script is 15 ports
    in 5 minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import Fact, FlowDelta
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_TCP, _UDP = 6, 17
_ICMP = (1, 58)
_FIN, _SYN, _RST, _ACK = 1, 2, 4, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    ports: int = limit(
        15, "different ports of one machine tried in vain", minimum=3, maximum=10_000
    )
    oddities: int = limit(
        3, "packets with impossible TCP flags sent to one machine", minimum=1, maximum=10_000
    )
    seconds: float = limit(300.0, "seconds within which they are tried", minimum=1.0, maximum=DAY)
    pairs: int = limit(
        2048, "pairs of sender and machine remembered at once", minimum=64, maximum=65_536
    )


class PortScan:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="port_scan",
        severity=Severity.WARNING,
        attack=("T1046",),
        stage=Stage.LOOKING,
        limits=Limits,
        sees=(FlowDelta,),
        worse_at_night=True,
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tried: Distinct[tuple[Mac, Ip, Ip], tuple[int, int]] = Distinct(
            seconds=limits.seconds, keys=limits.pairs, values=max(1024, limits.ports)
        )

        self._odd: Distinct[tuple[Mac, Ip, Ip], tuple[int, int]] = Distinct(
            seconds=limits.seconds, keys=limits.pairs, values=max(64, limits.oddities)
        )

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when a conversation that came to nothing is one too many."""
        if not isinstance(fact, FlowDelta):
            return
        pair = (fact.mac, fact.src, fact.dst)
        door = (fact.proto, fact.dport)
        if _talks(fact):
            self._tried.take_back(pair, door)
            return
        if not (fact.opened and _knocks(fact, network)):
            return
        count, new = self._tried.add(pair, door, fact.at)
        loud = new and count % self._limits.ports == 0
        if _is_odd(fact):
            odd, new = self._odd.add(pair, (fact.sport, fact.dport), fact.at)
            loud |= new and odd % self._limits.oddities == 0
        if loud:
            yield Finding(
                detector=self.about.id,
                at=fact.at,
                about=fact.mac,
                key=(self.about.id, *pair),
                words={"target": fact.dst, "ports": str(count)},
                peer=network.holder(fact.dst) or fact.dst,
                src_ip=fact.src,
                dest_ip=fact.dst,
            )

    def dropped(self) -> int:
        """Pairs forgotten early."""
        return self._tried.dropped + self._odd.dropped


def _talks(delta: FlowDelta) -> bool:
    """Tell whether data is exchanged: somebody is at home on that port."""
    if delta.proto == _TCP:
        return delta.payload_in > 0 or (delta.payload_out > 0 and bool(delta.flags_out & _ACK))
    return delta.packets_in > 0


def _is_odd(delta: FlowDelta) -> bool:
    """Tell whether no honest program begins like that: without any flag, or with SYN and FIN."""
    if delta.proto != _TCP or delta.flags_out & (_ACK | _RST):
        return False
    return not delta.flags_out & _SYN or bool(delta.flags_out & _FIN)


def _knocks(delta: FlowDelta, network: Network) -> bool:
    """Tell whether a conversation begins as the try of a port does, not in its middle."""
    if delta.proto == _TCP:
        return bool(delta.flags_out & _SYN) or not delta.flags_out & (_ACK | _RST)
    return delta.proto not in _ICMP and network.is_home(delta.dst)
