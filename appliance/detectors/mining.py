"""A program makes crypto-money on a machine of the practice.

What it sees
    Lines of stratum, the language of such programs and their pools; names of
    pools called over TLS; and conversations with the addresses of pools.

Why it matters
    Somebody else's program runs on the practice's machine, and earns money with
    its power. What let it in lets in worse: intruders often mine until they find a
    buyer for their access.

How it decides
    One line of stratum is enough, from either side. A name of a pool counts
    where the hello offers no protocol of the web, as browsers all do, or when
    the port is not the web's; then `Limits.octets` must pass both ways. It
    is about the machine that mines, once an hour at most.

What it misses
    Pools of no table over TLS; mining in a web page (over WebSockets in TLS);
    stratum of version 2, which is encrypted.

When it is wrong
    Somebody of the practice mines on purpose, or a wallet asks its own pool. Other
    programs that speak JSON-RPC have other methods, and are not told.

Sources
    MITRE ATT&CK T1496; stratum as slushpool, ethminer and xmrig-proxy document it;
    ``data/mining_pools.csv`` (SigmaHQ).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.durations import HOUR
from appliance.facts import Fact, FlowDelta, NameAnswered, StratumSpoken, TlsHello
from appliance.knowledge.pools import pools
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_WEB = (80, 443)
_ADDRESSES = (1, 28)
"""Record types A and AAAA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    octets: int = limit(
        1000,
        "octets both ways to a pool that make it work; a login and its first task have more",
        minimum=1,
        maximum=1_000_000,
    )
    pairs: int = limit(
        1024, "devices and addresses of pools remembered", minimum=64, maximum=65_536
    )


@dataclass(slots=True)
class _Talk:
    """What passed between a device and a pool."""

    octets: int = 0
    answered: bool = False


class Mining:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="mining",
        severity=Severity.WARNING,
        attack=("T1496",),
        stage=Stage.HARM,
        limits=Limits,
        sees=(StratumSpoken, TlsHello, NameAnswered, FlowDelta),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pools: Memory[Ip, str] = Memory(limits.pairs)
        """By address, the pool's name."""
        self._bare: Memory[tuple[Mac, Ip], None] = Memory(limits.pairs)
        """Who called which over TLS as no browser does."""
        self._talks: Memory[tuple[Mac, Ip], _Talk] = Memory(limits.pairs)
        self._told: Memory[Mac, float] = Memory(limits.pairs)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* shows that somebody mines."""
        match fact:
            case FlowDelta():
                if fact.dst in self._pools and (fact.payload_out or fact.payload_in):
                    return self._flow(fact, network)
            case StratumSpoken():
                return self._spoken(fact, network)
            case TlsHello():
                if fact.name and pools().find(fact.name):
                    self._pools.put(fact.dst, fact.name)
                    if not fact.alpn:
                        self._bare.put((fact.mac, fact.dst), None)
            case NameAnswered(protocol="dns"):
                self._learn(fact)
        return ()

    def dropped(self) -> int:
        """Pairs forgotten early."""
        memories = (self._pools, self._bare, self._talks, self._told)
        return sum(memory.dropped for memory in memories)

    def _learn(self, fact: NameAnswered) -> None:
        if pools().find(fact.name):
            for record in fact.records:
                if record.type in _ADDRESSES and record.value:
                    self._pools.put(Ip(record.value), fact.name)

    def _flow(self, delta: FlowDelta, network: Network) -> Iterable[Finding]:
        pair = (delta.mac, delta.dst)
        if not network.is_outside(delta.dst) or (delta.dport in _WEB and pair not in self._bare):
            return ()
        talk = self._talks.get(pair)
        if talk is None:
            talk = _Talk()
            self._talks.put(pair, talk)
        talk.octets += delta.payload_out + delta.payload_in
        talk.answered |= delta.payload_in > 0
        if not talk.answered or talk.octets < self._limits.octets:
            return ()
        host = self._pools.get(delta.dst) or delta.dst
        return self._tell(delta.at, delta.mac, (delta.src, delta.dst), host, "")

    def _spoken(self, fact: StratumSpoken, network: Network) -> Iterable[Finding]:
        miner, pool = (fact.dst, fact.src) if fact.server else (fact.src, fact.dst)
        if not network.is_home(miner):
            miner, pool = pool, miner
        mac = network.holder(miner) or (fact.mac if miner == fact.src else None)
        if mac is None or not network.is_home(miner):
            return ()
        host = network.name_of(pool) or network.holder(pool) or pool
        return self._tell(fact.at, mac, (miner, pool), host, fact.program or fact.method)

    def _tell(
        self, at: float, mac: Mac, ends: tuple[Ip, Ip], host: str, what: str
    ) -> Iterator[Finding]:
        told = self._told.get(mac)
        if told is not None and 0 <= at - told < HOUR:
            return
        self._told.put(mac, at)
        yield Finding(
            detector=self.about.id,
            at=at,
            about=mac,
            key=(self.about.id, mac),
            words={"host": host, "program": what or "TLS"},
            peer=host,
            src_ip=ends[0],
            dest_ip=ends[1],
        )
