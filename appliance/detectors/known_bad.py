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
from appliance.model import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """None: a list says all there is to say."""


class KnownBad:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="known_bad",
        severity=Severity.DANGER,
        attack=("T1071.001", "T1071.004"),
        limits=Limits,
        sees=(NameAsked, TlsHello, HttpAsked, FlowDelta),
    )

    def __init__(self, limits: Limits) -> None:
        pass

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when a listed name is asked for or called, or an address talked to."""
        if isinstance(fact, FlowDelta):
            if fact.opened and network.is_outside(fact.dst):
                yield from self._judge(fact, fact.dst, network)
            elif fact.opened and fact.packets_in and network.is_outside(fact.src):
                yield from self._judge(fact, fact.src, network)
        elif isinstance(fact, NameAsked):
            if fact.protocol == "dns":
                yield from self._judge(fact, fact.name, network)
        elif isinstance(fact, TlsHello):
            yield from self._judge(fact, fact.name, network)
        elif isinstance(fact, HttpAsked):
            yield from self._judge(fact, fact.host, network)

    def dropped(self) -> int:
        """Nothing is remembered."""
        return 0

    def _judge(
        self, fact: FlowDelta | NameAsked | TlsHello | HttpAsked, called: str, network: Network
    ) -> Iterator[Finding]:
        listing = network.listed(called)
        if listing is None:
            return
        inward = isinstance(fact, FlowDelta) and called == fact.src
        about = fact.peer_mac if isinstance(fact, FlowDelta) and inward else fact.mac
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=about,
            key=(self.about.id, about, listing.entry),
            words={"host": called, "list": listing.source, "why": listing.why},
            src_ip=fact.dst if inward else fact.src,
            dest_ip=None if isinstance(fact, NameAsked) else fact.src if inward else fact.dst,
        )
