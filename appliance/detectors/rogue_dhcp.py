"""A second machine hands out addresses, or offers itself as the router.

What it sees
    Answers of DHCP servers (versions 4 and 6), and router advertisements.

Why it matters
    Whoever hands out addresses also says where the internet is: a second
    server sends everybody's traffic through a machine of its choice. It is
    also how a forgotten internet box plugged into the network breaks it.

How it decides
    The first server heard is taken for the practice's own, and so is the
    gateway when it serves; a refusal alone does not make it that. An answer
    of any other machine is a finding, a refusal as well. A
    router advertisement with a lifetime is one when another router has
    advertised itself or is known as the gateway. A server that was silent for
    `Limits.retired` is no longer counted as the practice's own. A second server
    that names the same router and the same name servers as the first leads
    nobody astray: it is a warning, not a danger.

What it misses
    A rogue that answers before the real server is ever heard; on a switch
    that sends the server's answers only to the client, one whose answers do
    not pass the mirror port.

When it is wrong
    Two servers meant to stand in for each other; a new internet box in the
    days both are on: say once that it is normal here. Two that stand in for
    each other and name different name servers are told as a danger.

Sources
    RFC 2131; RFC 8415; RFC 4861; RFC 6104 on rogue router advertisements;
    MITRE ATT&CK T1557.003.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from appliance.detectors.base import About, Network, limit
from appliance.durations import DAY
from appliance.facts import DhcpOffered, Fact, RouterAdvertised
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

Ways: TypeAlias = tuple[tuple[Ip, ...], tuple[Ip, ...]]
"""The routers and name servers that clients are sent to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    retired: float = limit(
        30 * DAY,
        "seconds of silence after which the practice's own server is taken to be gone",
        minimum=3600.0,
        maximum=400 * DAY,
    )


class RogueDhcp:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="rogue_dhcp",
        severity=Severity.DANGER,
        attack=("T1557.003",),
        stage=Stage.SPREADING,
        limits=Limits,
        sees=(DhcpOffered, RouterAdvertised),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._own: dict[str, tuple[Mac, float]] = {}
        """By service (``dhcp4``, ``dhcp6``, ``ra``), who serves it and when it was last heard."""
        self._ways: dict[str, Ways] = {}
        """By service, where its own server sends clients."""

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when somebody serves who is not the practice's own server."""
        if isinstance(fact, DhcpOffered):
            service = f"dhcp{fact.version}"
            if fact.message != "nak" or service in self._own:
                yield from self._served(service, fact, network)
        elif isinstance(fact, RouterAdvertised) and fact.lifetime > 0:
            yield from self._served("ra", fact, network)

    def dropped(self) -> int:
        """Nothing is forgotten early: there are three services."""
        return 0

    def _served(
        self, service: str, fact: DhcpOffered | RouterAdvertised, network: Network
    ) -> Iterator[Finding]:
        own = self._own.get(service)
        retired = own is not None and not 0 <= fact.at - own[1] < self._limits.retired
        if own is None or own[0] == fact.mac or retired:
            self._own[service] = (fact.mac, fact.at)
            if ways := _ways(fact):
                self._ways[service] = ways
            return
        suspect, server = fact.mac, own[0]
        if network.is_gateway(suspect) and not network.is_gateway(server):
            self._own[service] = (suspect, fact.at)
            suspect, server = server, suspect
        ways = _ways(fact)
        harmless = ways is not None and ways == self._ways.get(service)
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=suspect,
            key=(self.about.id, service, suspect),
            words={"server": server},
            severity=Severity.WARNING if harmless else None,
            src_ip=fact.ip if isinstance(fact, RouterAdvertised) else fact.server,
        )


def _ways(fact: DhcpOffered | RouterAdvertised) -> Ways | None:
    """Give where *fact* sends clients, or None when it does not say or speaks for itself."""
    if isinstance(fact, RouterAdvertised) or not (fact.routers or fact.dns):
        return None
    return fact.routers, fact.dns
