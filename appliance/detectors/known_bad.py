"""A machine asks for, or talks to, a name or an address on the lists of known bad ones.

What it sees
    Names asked for (DNS) and called (TLS, HTTP), and the outside ends of
    conversations.

Why it matters
    Nobody in a practice has a reason to call the hosts that attack tools use.
    A machine that does is very likely broken into.

How it decides
    A name is bad when it, or a name it lies below, is on a list; an address,
    when it or its network is. A name asked for is enough: the machine wanted
    it, whether or not it got through.

What it misses
    Everything that is on no list: lists name yesterday's attackers. Names
    asked for over encrypted DNS and never called in clear.

When it is wrong
    A list's entry is wrong or out of date, or a shared address has changed
    hands; a security tool looks up the names of mail it checks.

Sources
    MITRE ATT&CK T1071.001, T1071.004; each list names its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network
from appliance.facts import Fact, FlowDelta, HttpAsked, NameAsked, TlsHello
from appliance.model import Finding, Ip, Listing, Mac, Severity
from appliance.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """None: a list says all there is to say."""


class KnownBad:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="known_bad",
        severity=Severity.DANGER,
        attack=("T1071.001", "T1071.004"),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(NameAsked, TlsHello, HttpAsked, FlowDelta),
    )

    def __init__(self, limits: Limits) -> None:
        pass

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when a listed name is asked for or called, or an address talked to."""
        if isinstance(fact, FlowDelta):
            if fact.opened:
                yield from self._talked(fact, network)
            return
        if isinstance(fact, NameAsked):
            called = fact.name if fact.protocol == "dns" else ""
        elif isinstance(fact, TlsHello):
            called = fact.name
        elif isinstance(fact, HttpAsked):
            called = fact.host
        else:
            return
        if listing := network.listed_name(called):
            target = None if isinstance(fact, NameAsked) else fact.dst
            yield self._finding(
                listing, called, at=fact.at, about=fact.mac, src=fact.src, dest=target
            )

    def dropped(self) -> int:
        """Nothing is remembered."""
        return 0

    def _talked(self, delta: FlowDelta, network: Network) -> Iterator[Finding]:
        inside, ip, outside = delta.mac, delta.src, delta.dst
        if not network.is_outside(outside):
            inside, ip, outside = delta.peer_mac, delta.dst, delta.src
            if not (delta.packets_in and network.is_outside(outside)):
                return
        if listing := network.listed_address(outside):
            yield self._finding(listing, outside, at=delta.at, about=inside, src=ip, dest=outside)

    def _finding(  # noqa: PLR0913 - the parts of one sentence
        self, listing: Listing, called: str, *, at: float, about: Mac, src: Ip, dest: Ip | None
    ) -> Finding:
        return Finding(
            detector=self.about.id,
            at=at,
            about=about,
            key=(self.about.id, about, listing.entry),
            words={"host": called, "list": listing.source, "why": listing.why},
            peer=listing.entry,
            src_ip=src,
            dest_ip=dest,
        )
