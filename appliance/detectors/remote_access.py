"""A tool for remote control, a tunnel, a VPN or Tor is in use.

What it sees
    Names called over TLS and in clear, the protocols offered there, ports that
    such tools listen on, greetings of VNC, answers of Windows' remote desktop,
    and how much goes both ways.

Why it matters
    It is how a practice's provider helps, and how most intruders stay: the same
    programs, which no antivirus stops. Who knows which ones belong to the
    practice, sees the others.

How it decides
    A name in the table is not enough: the makers' web sites are told apart, and
    `Limits.octets` must pass between the two within an hour, which is more
    than a browser's call in advance. A port of the table counts alike, from
    where it says: most only towards outside. AnyDesk names its own protocol,
    which needs no more. Tor is two names of chance letters within an hour that
    nobody asked for, offered without a protocol. VNC with the outside, and a
    remote desktop of the practice that answers the outside, count at once.
    It is a warning; a notice where the technician allowed the tool
    (``remote_tools`` in the configuration), while the box learns, for VPNs, for
    VNC inside, and for desktops outside that are used from here. An allowed
    tool that begins on `Limits.stations` devices within `Limits.together`
    seconds, where it was not used before, is a warning all the same: so do
    intruders use a provider's access. This needs a day of watching first.
    It is said once an hour at most for a device and tool. Out of hours that is
    said as well, and it weighs no more: people work from home in the evening.

What it misses
    A tool of the table on a server of one's own, where neither name nor port is
    in it; names hidden by encrypted hellos; VPNs on other ports or over TLS;
    Tor over bridges. Remote desktop inside belongs to `lateral_movement`.

When it is wrong
    A program of the maker that is not the tool; another program on such a port;
    names asked for over encrypted DNS that look like chance. VPNs of the box
    that leads to the internet, telephones' calls over Wi-Fi, and screens
    shared in meetings are left out.

Sources
    MITRE ATT&CK T1219, T1133, T1090.003; ``data/remote_tools.csv`` (LOLRMM,
    SigmaHQ), ``data/remote_ports.csv``; Tor, src/lib/tls (names of 4 to 25
    letters of base 32); CISA AA23-025A (remote management software).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import kind_of
from appliance.detectors.deployment import Deployment
from appliance.detectors.windows import Distinct
from appliance.durations import DAY, HOUR
from appliance.facts import (
    BannerHeard,
    Fact,
    FlowDelta,
    HttpAsked,
    NameAsked,
    RdpAnswered,
    TlsHello,
)
from appliance.knowledge.kinds import Kind
from appliance.knowledge.remote import (
    RDP,
    TOR,
    VNC,
    At,
    Tool,
    Use,
    by_name,
    by_protocol,
    may_be_tors,
    remote,
)
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_NAMES = 4
"""Names of one device remembered that may be Tor's; two say all there is to say."""
_CALLS = ".3gppnetwork.org"
"""Telephones reach their network through this one (3GPP TS 23.003, section 28)."""
_PERSONAL = frozenset((Kind.PHONE, Kind.TABLET))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    octets: int = limit(
        8000,
        "octets both ways within an hour that make it use; the opening of a TLS conversation has"
        " up to 6,000",
        minimum=1,
        maximum=10_000_000,
    )
    stations: int = limit(
        3,
        "devices on which an allowed tool begins together; a provider helps on one or two",
        minimum=2,
        maximum=60,
    )
    together: float = limit(
        900.0,
        "seconds within which that is together; a person needs minutes for each",
        minimum=10.0,
        maximum=DAY,
    )
    pairs: int = limit(
        4096, "pairs of device and tool or host remembered", minimum=64, maximum=65_536
    )


@dataclass(slots=True)
class _Talk:
    """What passed between a device and a host that is a tool's."""

    tool: str
    """Its key."""
    host: str
    began: float
    octets: int = 0
    answered: bool = False


class _Sign(NamedTuple):
    """That a tool is in use on a device."""

    at: float
    mac: Mac
    tool: Tool
    host: str
    own: Ip
    other: Ip


class RemoteAccess:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="remote_access",
        severity=Severity.WARNING,
        attack=("T1219", "T1133", "T1090.003"),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(FlowDelta, TlsHello, HttpAsked, NameAsked, BannerHeard, RdpAnswered),
        worse_at_night=True,
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._talks: Memory[tuple[Mac, Ip], _Talk] = Memory(limits.pairs)
        self._told: Memory[tuple[Mac, str], float] = Memory(limits.pairs)
        self._deployment = Deployment(
            stations=limits.stations, together=limits.together, pairs=limits.pairs
        )
        self._asked: Memory[str, None] = Memory(limits.pairs)
        """Names asked for that could be Tor's."""
        self._chance: Distinct[Mac, str] = Distinct(seconds=HOUR, keys=limits.pairs, values=_NAMES)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* shows such a tool in use."""
        match fact:
            case FlowDelta():
                if fact.payload_in or fact.payload_out:
                    return self._flow(fact, network)
            case TlsHello():
                return self._hello(fact, network)
            case HttpAsked():
                if tool := by_name(fact.host):
                    self._call(fact.mac, fact.dst, tool, fact.host, fact.at)
            case NameAsked():
                if fact.protocol == "dns" and may_be_tors(fact.name):
                    self._asked.put(fact.name, None)
            case BannerHeard(protocol="vnc", server=serves):
                server, client = (fact.src, fact.dst) if serves else (fact.dst, fact.src)
                return self._screen(fact, VNC, server, client, network)
            case RdpAnswered() if fact.protocol:
                return self._screen(fact, RDP, fact.src, fact.dst, network)
        return ()

    def dropped(self) -> int:
        """Pairs forgotten early."""
        memories = (self._talks, self._told, self._deployment, self._asked, self._chance)
        return sum(memory.dropped for memory in memories)

    def _hello(self, hello: TlsHello, network: Network) -> Iterable[Finding]:
        if tool := by_protocol(hello.alpn):
            host = hello.name or hello.dst
            sign = _Sign(hello.at, hello.mac, tool, host, hello.src, hello.dst)
            return self._tell(sign, network)
        if not network.is_outside(hello.dst):
            return ()
        if tool := by_name(hello.name):
            self._call(hello.mac, hello.dst, tool, hello.name, hello.at)
        elif not hello.alpn and may_be_tors(hello.name) and hello.name not in self._asked:
            count, _ = self._chance.add(hello.mac, hello.name, hello.at)
            if count > 1:
                sign = _Sign(hello.at, hello.mac, TOR, hello.dst, hello.src, hello.dst)
                return self._tell(sign, network)
        return ()

    def _call(self, mac: Mac, dst: Ip, tool: Tool, host: str, at: float) -> None:
        talk = self._talks.get((mac, dst))
        if talk is None or talk.tool != tool.key or not 0 <= at - talk.began < HOUR:
            talk = _Talk(tool.key, host, at)
        self._talks.put((mac, dst), talk)

    def _flow(self, delta: FlowDelta, network: Network) -> Iterable[Finding]:
        self._deployment.watch(delta.at)
        talk = self._talks.get((delta.mac, delta.dst))
        if talk is None:
            if (at_port := remote().ports.get((delta.proto, delta.dport))) is None:
                return ()
            at, tool = at_port
            if not self._is_there(delta, at, tool, network):
                return ()
            host = network.name_of(delta.dst) or network.holder(delta.dst) or delta.dst
            talk = _Talk(tool.key, host, delta.at)
            self._talks.put((delta.mac, delta.dst), talk)
        elif not 0 <= delta.at - talk.began < HOUR:
            talk.began, talk.octets, talk.answered = delta.at, 0, False
        talk.octets += delta.payload_out + delta.payload_in
        talk.answered |= delta.payload_in > 0
        if not talk.answered or talk.octets < self._limits.octets:
            return ()
        tool = remote().tools[talk.tool]
        sign = _Sign(delta.at, delta.mac, tool, talk.host, delta.src, delta.dst)
        return self._tell(sign, network)

    def _is_there(self, delta: FlowDelta, at: At, tool: Tool, network: Network) -> bool:
        """Tell whether the port of *delta* is of *tool* where it is."""
        outside = network.is_outside(delta.dst)
        if not network.is_home(delta.src) or not (outside or network.is_home(delta.dst)):
            return False
        if at is not At.ANY and (at is At.OUTSIDE) is not outside:
            return False
        if tool.use is not Use.VPN:
            return True
        return not (
            network.is_gateway(delta.mac)
            or network.name_of(delta.dst).endswith(_CALLS)
            or kind_of(delta.mac, network) in _PERSONAL
        )

    def _screen(
        self,
        fact: BannerHeard | RdpAnswered,
        tool: Tool,
        server: Ip,
        client: Ip,
        network: Network,
    ) -> Iterable[Finding]:
        """Judge that *client* sees the screen of *server*."""
        inside = [ip for ip in (server, client) if network.is_home(ip)]
        others = [ip for ip in (server, client) if network.is_outside(ip)]
        if not inside or (tool is RDP and not others) or len(inside) + len(others) < 2:  # noqa: PLR2004 - both ends
            return ()
        own, other = inside[0], (others or inside)[-1]
        mac = network.holder(own) or (fact.mac if own == fact.src else None)
        if mac is None:
            return ()
        seen_from_outside = server == own and bool(others)
        host = network.name_of(other) or network.holder(other) or other
        sign = _Sign(fact.at, mac, tool, host, own, other)
        return self._tell(sign, network, grave=seen_from_outside)

    def _tell(
        self, sign: _Sign, network: Network, *, grave: bool | None = None
    ) -> Iterator[Finding]:
        at, tool, pair = sign.at, sign.tool, (sign.mac, sign.tool.key)
        deployed, stations = self._deployment.note(sign.mac, tool.key, at)
        told = self._told.get(pair)
        if not deployed and told is not None and 0 <= at - told < HOUR:
            return
        self._told.put(pair, at)
        allowed = network.allows(tool.key)
        light = allowed or tool.use is Use.VPN or grave is False
        is_notice = network.learning or (light and not deployed)
        together = (self.about.id, tool.key, "together")
        yield Finding(
            detector=self.about.id,
            at=at,
            about=sign.mac,
            key=together if deployed and allowed else (self.about.id, sign.mac, tool.key),
            words={"tool": tool.name, "host": sign.host, "stations": str(stations)},
            severity=Severity.NOTICE if is_notice else None,
            peer=sign.host if tool in (RDP, VNC) or tool.use is Use.VPN else tool.name,
            src_ip=sign.own,
            dest_ip=sign.other,
        )
