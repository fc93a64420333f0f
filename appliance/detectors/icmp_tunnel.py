"""Data leaves, or comes in, hidden in pings.

What it sees
    What two machines sent each other by ICMP in each second, when the talk
    began with an echo: packets and bytes, each way.

Why it matters
    Many firewalls let pings pass and nobody looks at them. Tools put whole
    network connections, or a remote control, into what pings carry.

How it decides
    An echo gives back what it was sent. In a tunnel the answers carry what the
    other side has to say. A second counts in which the answers' mean length
    differs from that of the questions by more than a few bytes;
    `Limits.answers` such seconds within `Limits.seconds` are a finding when
    the answers had `Limits.sizes` different lengths. How much is sent, and
    how fast, decides nothing: monitoring goes on for hours at one length, a
    technician floods a line with the longest pings there are, and whoever
    looks for the longest packet that passes tries many lengths; but all of
    them are given back what they sent, or nothing.

What it misses
    Data carried one way, in questions that are answered with themselves; a
    few messages; a tunnel in other ICMP messages, or at one length for each
    direction.

When it is wrong
    Several programs that ping one host at different lengths while it loses
    many of them; a host that cuts long answers short in many ways.

Sources
    MITRE ATT&CK T1095; RFC 792 (the data received in the echo message must be
    returned), RFC 4443 section 4.2; ptunnel, icmptunnel, hans and how they
    use echoes.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.durations import DAY
from appliance.facts import Fact, FlowDelta
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_ECHOES = frozenset(((1, 8), (1, 0), (58, 128), (58, 129)))
"""Protocol and type: echo request and reply of ICMP and ICMPv6."""
_SAME = 8
"""Bytes of mean length; a second may end between questions of several lengths and answers."""
_STEP = 16
"""Bytes by which lengths must differ to count as two: complaints that a port is closed, which may
come between echoes, quote questions of slightly different lengths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    answers: int = limit(
        10, "seconds in which answers are no echo of the questions", minimum=3, maximum=1000
    )
    sizes: int = limit(
        4,
        "different mean lengths of the answers in these seconds, in steps of 16 bytes",
        minimum=2,
        maximum=1000,
    )
    seconds: float = limit(300.0, "seconds within which they are heard", minimum=10.0, maximum=DAY)
    pairs: int = limit(512, "pairs of machines remembered at once", minimum=16, maximum=16_384)


class IcmpTunnel:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="icmp_tunnel",
        severity=Severity.WARNING,
        attack=("T1095",),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(FlowDelta,),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._odd: Memory[tuple[Ip, Ip], deque[tuple[float, int]]] = Memory(limits.pairs)
        """By who asked whom, when the last odd seconds were, and how long the answers, in steps."""

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when the answers to pings are no echoes once too often."""
        if isinstance(fact, FlowDelta) and (fact.proto, fact.sport) in _ECHOES:
            sent, got = fact.packets_out, fact.packets_in
            if sent and got and abs(fact.payload_out / sent - fact.payload_in / got) > _SAME:
                return self._hear(fact, network)
        return ()

    def dropped(self) -> int:
        """Pairs forgotten early."""
        return self._odd.dropped

    def _hear(self, fact: FlowDelta, network: Network) -> Iterator[Finding]:
        pair = (fact.src, fact.dst)
        odd = self._odd.get(pair)
        if odd is None:
            odd = deque(maxlen=self._limits.answers)
        self._odd.put(pair, odd)
        odd.append((fact.at, fact.payload_in // fact.packets_in // _STEP))
        full = len(odd) == self._limits.answers
        if not (full and 0 <= fact.at - odd[0][0] <= self._limits.seconds):
            return
        if len({size for _, size in odd}) < self._limits.sizes:
            return
        odd.clear()
        inside: Mac = fact.peer_mac if network.is_outside(fact.src) else fact.mac
        other = fact.src if inside == fact.peer_mac else fact.dst
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=inside,
            key=(self.about.id, inside, other),
            words={"other": other},
            peer=other,
            src_ip=fact.src,
            dest_ip=fact.dst,
        )
