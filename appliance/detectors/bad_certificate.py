"""A server outside proves who it is with a certificate that proves nothing.

What it sees
    Names called over TLS, and certificates that come in clear: up to TLS 1.2.

Why it matters
    A certificate is all that tells the real server from one that somebody has
    put in its way. One that a server made for itself, or that is for another
    name, is what tools of intruders show, and cheap mistakes of honest ones.

How it decides
    From outside only: inside, printers, storage and boxes all made their own.
    It is bad when it is signed by itself, or when the name called is neither
    among its names nor its subject (RFC 6125: a star stands for one label, at
    the left). Of names called at the same address within a minute any may be
    meant, so that answers cannot be mixed up. Where more names are on the certificate than
    the box keeps, a mismatch is not judged, nor where no name was called. A
    device that meets `Limits.many` such servers in an hour shares files or
    speaks with many others, and no more is told of it. Windows' remote desktop makes
    its own by design. Once a day for a device and server.

What it misses
    TLS 1.3, which hides certificates, and so most of today's calls; false
    certificates from an authority that some machine here was made to trust,
    since the box has no list of authorities; what was resumed.

When it is wrong
    The pages by which hotels and guest networks let people in, a provider's or
    laboratory's own server with a certificate of its own, things that call their
    makers with an authority of their own in one step, Tor.

Sources
    MITRE ATT&CK T1557, T1573.002; RFC 6125 section 6.4, RFC 5280 section 6.1; Zeek,
    policy/protocols/ssl/validate-certs, for comparison.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.durations import DAY, HOUR, MINUTE
from appliance.facts import Fact, TlsHello, TlsServed
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity

_RDP = 3389
_KEPT = 16
"""Names of a certificate in a `TlsServed`; there may have been more."""
_CALLED = 8
"""Names called at one address within a minute that are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    many: int = limit(
        6, "servers in an hour beyond which a device shares files", minimum=1, maximum=60
    )
    pairs: int = limit(2048, "pairs of device and server remembered", minimum=64, maximum=65_536)


class BadCertificate:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="bad_certificate",
        severity=Severity.NOTICE,
        attack=("T1557", "T1573.002"),
        limits=Limits,
        sees=(TlsHello, TlsServed),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._macs: Memory[Ip, Mac] = Memory(limits.pairs)
        self._called: Memory[tuple[Ip, Ip, int], dict[str, float]] = Memory(limits.pairs)
        """By client, server and port, the names called, and when each last was."""
        self._servers: Distinct[Mac, Ip] = Distinct(seconds=HOUR, keys=limits.pairs, values=64)
        self._told: Memory[tuple[Mac, str], float] = Memory(limits.pairs)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* shows a bad certificate."""
        if isinstance(fact, TlsHello):
            if network.is_outside(fact.dst):
                self._call(fact)
        elif isinstance(fact, TlsServed) and (fact.subject or fact.names) and fact.sport != _RDP:
            return self._judge(fact, network)
        return ()

    def dropped(self) -> int:
        """Pairs forgotten early."""
        return (
            self._called.dropped + self._macs.dropped + self._servers.dropped + self._told.dropped
        )

    def _call(self, hello: TlsHello) -> None:
        key = (hello.src, hello.dst, hello.dport)
        called = self._called.get(key) or {}
        called.pop(hello.name, None)
        called[hello.name] = hello.at
        while len(called) > _CALLED:
            del called[next(iter(called))]
        self._called.put(key, called)
        self._macs.put(hello.src, hello.mac)

    def _judge(self, served: TlsServed, network: Network) -> Iterator[Finding]:
        if not network.is_outside(served.src) or not network.is_home(served.dst):
            return
        called = self._called.get((served.dst, served.src, served.sport)) or {}
        names = [name for name, at in called.items() if 0 <= served.at - at < MINUTE]
        host = next((name for name in reversed(names) if name), "")
        if served.self_signed:
            why = "self_signed"
        elif names and all(names) and not any(is_for(served, name) for name in names):
            why = "other_name"
        else:
            return
        mac = network.holder(served.dst) or self._macs.get(served.dst)
        if mac is None:
            return
        host = host or network.name_of(served.src) or served.src
        told = self._told.get((mac, host))
        if told is not None and 0 <= served.at - told < DAY:
            return
        self._told.put((mac, host), served.at)
        count, _ = self._servers.add(mac, served.src, served.at)
        if count > self._limits.many:
            return
        yield Finding(
            detector=self.about.id,
            at=served.at,
            about=mac,
            key=(self.about.id, mac, host),
            words={"host": host, "shown": served.subject or served.names[0], "why": why},
            peer=host,
            src_ip=served.dst,
            dest_ip=served.src,
        )


def is_for(served: TlsServed, name: str) -> bool:
    """Tell whether the certificate is for the host *name*, or may be."""
    if len(served.names) >= _KEPT:
        return True
    own = served.names or (served.subject,)
    return any(_covers(each.lower().removesuffix("."), name) for each in (*own, served.subject))


def _covers(pattern: str, name: str) -> bool:
    if pattern.startswith("*."):
        return name.partition(".")[2] == pattern[2:]
    return pattern == name
