"""A second machine claims an address that is in use.

What it sees
    Claims on addresses: ARP requests and replies, IPv6 neighbour discovery.
    The sender of either tells its neighbours "this address is mine", and
    they believe the last one who spoke.

Why it matters
    Whoever holds the gateway's address reads and rewrites everybody's traffic.

How it decides
    The inventory says who holds an address: the first to claim it, until it
    has been silent for a minute or the DHCP server gave the address to
    another. A claim by anybody else is suspect. It is a finding once the
    holder is still there: it claims its address back, or it is heard while
    the other one insists (`Limits.claims` claims over at least
    `Limits.insists`) or claims a second held address as well. Of the two the
    newcomer is accused, unless the holder claims more addresses or answers
    far more questions that nobody asked: then it was the thief all along.
    Where the holder was never heard to claim its address, the traffic tells:
    a machine that answered unasked, and through which a neighbour's calls to
    the outside go from then on, although they went through another one that
    is still there, is a finding, too. A question that follows the holder's
    own within 10 ms is no claim but its echo: a repeater for Wi-Fi passes
    on what a machine behind it says, under the repeater's hardware address.

What it misses
    A thief that waits for the holder to fall silent, or silences it; claims
    that do not pass the mirror port; a theft that began before the box did
    and that nobody contests; claims made in the name of a third machine;
    one that only ever asks right behind its victim's own questions.

When it is wrong
    Two machines set by hand to the same address (also worth a call); a
    computer with two network cards that answers for both on each.

Sources
    RFC 826; RFC 5227 section 2.4; RFC 4861 section 7.2; MITRE ATT&CK T1557.002.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.facts import AddressAsked, AddressClaim, Fact, FlowDelta
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_EVERYBODY = Mac("ff:ff:ff:ff:ff:ff")
_QUESTION_AGE = 2.0
"""Seconds within which an answer belongs to a question."""
_ECHO = 0.010
"""Seconds within which a repeater passes a question on; 4 to 70 µs were seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    claims: int = limit(
        3, "claims on a held address that make a suspect insist", minimum=2, maximum=100
    )
    insists: float = limit(
        1.5, "seconds those claims are spread over at least", minimum=0.0, maximum=600.0
    )
    contest: float = limit(
        60.0,
        "seconds after a suspect claim in which the holder may contest it",
        minimum=1.0,
        maximum=3600.0,
    )
    addresses: int = limit(
        2048, "addresses with a suspect claim remembered at once", minimum=64, maximum=65_536
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suspect:
    """Who claims a held address, and how insistently."""

    mac: Mac
    first_at: float
    last_at: float
    count: int


class ArpSpoof:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="arp_spoof",
        severity=Severity.DANGER,
        attack=("T1557.002",),
        stage=Stage.SPREADING,
        limits=Limits,
        sees=(AddressClaim, AddressAsked, FlowDelta),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        room = limits.addresses
        self._suspects: Memory[Ip, _Suspect] = Memory(room)
        self._suspected: Distinct[Mac, Ip] = Distinct(seconds=limits.contest, keys=room, values=64)
        self._claimed: Distinct[Mac, Ip] = Distinct(seconds=300.0, keys=room, values=64)
        self._asked: Memory[Ip, float] = Memory(room)
        self._spoke: Memory[Ip, float] = Memory(room)
        """When the holder of an address last claimed it in a question of its own."""
        self._unasked: Memory[Mac, int] = Memory(room)
        self._announced: Memory[Mac, AddressClaim] = Memory(room)
        """The last claim that each made to one neighbour, unasked."""
        self._hops: Memory[Mac, Mac] = Memory(room)
        """Through whom each machine's calls to the outside went."""

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when *fact* shows that a held address is being taken."""
        if isinstance(fact, FlowDelta):
            if fact.opened and network.is_outside(fact.dst):
                yield from self._diverted(fact, network)
        elif isinstance(fact, AddressAsked):
            self._asked.put(fact.wanted, fact.at)
        elif isinstance(fact, AddressClaim) and fact.mac == fact.sender:
            self._note(fact)
            holder = network.holder(fact.ip)
            if holder is None or holder == fact.mac:
                if not fact.answer:
                    self._spoke.put(fact.ip, fact.at)
                yield from self._contest(fact)
            elif not self._is_echo(fact):
                yield from self._suspect(fact, holder, network)

    def dropped(self) -> int:
        """Suspects forgotten early."""
        return self._suspects.dropped

    def _is_echo(self, claim: AddressClaim) -> bool:
        spoke = self._spoke.get(claim.ip)
        return not claim.answer and spoke is not None and 0 <= claim.at - spoke <= _ECHO

    def _note(self, claim: AddressClaim) -> None:
        """Keep what later tells the thief from the holder."""
        if "." in claim.ip:  # a machine rightly has many addresses of version 6
            self._claimed.add(claim.mac, claim.ip, claim.at)
        asked = self._asked.get(claim.ip)
        if claim.answer and (asked is None or claim.at - asked > _QUESTION_AGE):
            self._unasked.put(claim.mac, (self._unasked.get(claim.mac) or 0) + 1)
            if claim.to != _EVERYBODY:
                self._announced.put(claim.mac, claim)

    def _diverted(self, delta: FlowDelta, network: Network) -> Iterator[Finding]:
        """Look whether a call to the outside goes through one who announced itself unasked."""
        before = self._hops.get(delta.mac)
        claim = self._announced.get(delta.peer_mac)
        if before is None or before == delta.peer_mac or claim is None:
            self._hops.put(delta.mac, delta.peer_mac)
            return
        heard = network.heard(before)
        if heard is not None and claim.at < heard and delta.at - claim.at <= self._limits.contest:
            yield self._accuse(delta.at, claim, delta.peer_mac, before, delta.src)
        else:
            self._hops.put(delta.mac, delta.peer_mac)

    def _contest(self, claim: AddressClaim) -> Iterator[Finding]:
        """Accuse, now that the holder speaks, whoever else has claimed to be it."""
        suspect = self._suspects.get(claim.ip)
        if suspect is not None and claim.at - suspect.last_at <= self._limits.contest:
            yield self._finding(claim, suspect.mac, claim.mac, None)

    def _suspect(self, claim: AddressClaim, holder: Mac, network: Network) -> Iterator[Finding]:
        before = self._suspects.get(claim.ip)
        again = (
            before is not None
            and before.mac == claim.mac
            and 0 <= claim.at - before.last_at <= self._limits.contest
        )
        suspect = (
            replace(before, last_at=claim.at, count=before.count + 1)
            if before is not None and again
            else _Suspect(mac=claim.mac, first_at=claim.at, last_at=claim.at, count=1)
        )
        self._suspects.put(claim.ip, suspect)
        several, _ = self._suspected.add(claim.mac, claim.ip, claim.at)
        insists = (
            suspect.count >= self._limits.claims
            and suspect.last_at - suspect.first_at >= self._limits.insists
        )
        heard = network.heard(holder)
        alive = heard is not None and heard > suspect.first_at
        if alive and (insists or several > 1):
            yield self._finding(claim, claim.mac, holder, _address(claim.to, network))

    def _finding(self, claim: AddressClaim, thief: Mac, holder: Mac, told: Ip | None) -> Finding:
        if self._bolder(holder, thief, claim.at):
            thief, holder = holder, thief
        return self._accuse(claim.at, claim, thief, holder, told)

    def _accuse(
        self, at: float, claim: AddressClaim, thief: Mac, holder: Mac, told: Ip | None
    ) -> Finding:
        """Give the finding about *thief*; *told* is the address of whoever was lied to."""
        return Finding(
            detector=self.about.id,
            at=at,
            about=thief,
            key=(self.about.id, thief),
            words={"ip": claim.ip, "owner": holder},
            src_ip=claim.ip,
            dest_ip=told,
        )

    def _bolder(self, holder: Mac, thief: Mac, at: float) -> bool:
        """Tell whether it is the *holder* that behaves as a thief does."""
        more = self._claimed.count(holder, at) - self._claimed.count(thief, at)
        unasked = (self._unasked.get(holder) or 0) - (self._unasked.get(thief) or 0)
        return more > 0 or (more == 0 and unasked >= self._limits.claims)


def _address(mac: Mac, network: Network) -> Ip | None:
    device = network.device(mac)
    return device.addresses[0] if device and device.addresses else None
