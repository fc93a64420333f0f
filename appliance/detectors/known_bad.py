"""A machine asks for, or talks to, what is on the lists of known bad names and addresses.

What it sees
    Names asked for (DNS) and called (TLS, HTTP), the outside ends of
    conversations, how a program opens TLS (its JA4), and the certificate that
    a server shows where it is in clear.

Why it matters
    Nobody in a practice has a reason to call the hosts that attack tools use.
    A machine that does is very likely broken into.

How it decides
    A name is bad when it, or a name it lies below, is on a list; an address,
    when it or its network is. A name asked for is enough: the machine wanted
    it, whether or not it got through. A certificate is bad when its SHA-1 or
    SHA-256 is listed. A JA4 is shared by all programs that are built alike,
    so one that is listed, towards the internet, is a warning and no danger.
    An entry counts until the day that its list says.

What it misses
    Everything that is on no list: lists name yesterday's attackers. Names
    asked for over encrypted DNS and never called in clear. Certificates in
    TLS 1.3, which are encrypted.

When it is wrong
    A list's entry is wrong or out of date, or a shared address has changed
    hands; a security tool looks up the names of mail it checks. What would be
    wrong for certain (endings such as com, resolvers, the practice's own
    services) no list can hold: it is passed over when the list is taken.

Sources
    MITRE ATT&CK T1071.001, T1071.004, T1573.002; FoxIO, JA4; each list names
    its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network
from appliance.facts import Fact, FlowDelta, HttpAsked, NameAsked, TlsHello, TlsServed
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
        attack=("T1071.001", "T1071.004", "T1573.002"),
        stage=Stage.CONTROL,
        cut_helps=True,
        limits=Limits,
        sees=(NameAsked, TlsHello, TlsServed, HttpAsked, FlowDelta),
    )

    def __init__(self, limits: Limits) -> None:
        pass

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when something listed is asked for, called, talked to or shown."""
        if isinstance(fact, FlowDelta):
            if fact.opened:
                yield from self._talked(fact, network)
        elif isinstance(fact, NameAsked):
            if fact.protocol == "dns" and (listing := network.listed_name(fact.name, fact.at)):
                yield self._finding(listing, fact.name, at=fact.at, about=fact.mac, src=fact.src)
        elif isinstance(fact, TlsHello):
            yield from self._called(fact, fact.name, network)
            yield from self._sounded(fact, network)
        elif isinstance(fact, HttpAsked):
            yield from self._called(fact, fact.host, network)
        elif isinstance(fact, TlsServed):
            yield from self._shown(fact, network)

    def dropped(self) -> int:
        """Nothing is remembered."""
        return 0

    def _called(self, fact: TlsHello | HttpAsked, name: str, network: Network) -> Iterator[Finding]:
        if listing := network.listed_name(name, fact.at):
            yield self._finding(
                listing, name, at=fact.at, about=fact.mac, src=fact.src, dest=fact.dst
            )

    def _sounded(self, hello: TlsHello, network: Network) -> Iterator[Finding]:
        listing = network.listed_mark(hello.ja4, hello.at)
        if listing and network.is_outside(hello.dst):
            yield self._finding(
                listing,
                hello.name or network.name_of(hello.dst) or hello.dst,
                at=hello.at,
                about=hello.mac,
                src=hello.src,
                dest=hello.dst,
                severity=Severity.WARNING,
            )

    def _shown(self, served: TlsServed, network: Network) -> Iterator[Finding]:
        at = served.at
        listing = network.listed_mark(served.sha256, at) or network.listed_mark(served.sha1, at)
        if listing and (about := network.holder(served.dst)):
            host = network.name_of(served.src) or served.src
            yield self._finding(listing, host, at=at, about=about, src=served.dst, dest=served.src)

    def _talked(self, delta: FlowDelta, network: Network) -> Iterator[Finding]:
        inside, ip, outside = delta.mac, delta.src, delta.dst
        if not network.is_outside(outside):
            inside, ip, outside = delta.peer_mac, delta.dst, delta.src
            if not (delta.packets_in and network.is_outside(outside)):
                return
        if listing := network.listed_address(outside, delta.at):
            yield self._finding(listing, outside, at=delta.at, about=inside, src=ip, dest=outside)

    def _finding(  # noqa: PLR0913 - the parts of one sentence
        self,
        listing: Listing,
        called: str,
        *,
        at: float,
        about: Mac,
        src: Ip,
        dest: Ip | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        return Finding(
            detector=self.about.id,
            at=at,
            about=about,
            key=(self.about.id, about, listing.entry),
            words={"host": called, "list": listing.source, "why": listing.why},
            peer=listing.entry,
            severity=severity,
            src_ip=src,
            dest_ip=dest,
        )
