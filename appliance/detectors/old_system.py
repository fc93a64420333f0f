"""A machine runs an operating system that nobody mends any more.

What it sees
    What systems say of themselves: the version of Windows in NTLM messages,
    the list and the name of DHCP clients, the version of Android in that
    name, the version of Windows in requests to web sites in clear.

Why it matters
    A hole found after the last update stays open for good, and attack tools
    know such holes by heart: WannaCry spread through machines like these.
    Health data may not be kept on them without a plan to replace them.

How it decides
    By exact signs only, on the packet's own day, and with one of three
    verdicts. *Ended*: whatever release it is, its last update is past; that
    is a finding. *Supported*: silence. *It depends*: one number covers
    several releases. Then the last day of ordinary updates decides, those
    that everybody gets. Until it, silence: every Windows 11 up to date shows
    a number that also stands for an older one. After it, only updates that
    somebody enrolled for or pays, or a long-term edition, still mend the
    machine, as with Windows 10 since 14 October 2025. Who does nothing gets
    none, often without noticing, so that is a finding, worded as a question;
    `Limits.ask_when_it_depends` switches it off.
    A client's NTLM version counts in file sharing, where Windows itself
    speaks; a server's everywhere. What Samba and Linux say there is known and
    left out. A browser's "Windows NT 6.1" counts once it was told to
    `Limits.hosts` different hosts, and nothing newer was heard: many programs
    carry an old name of their own, but call only their own server. The
    system's own "Microsoft-CryptoAPI/6.1" counts at once.
    A message of a machine behind another one, a gateway, a device known as
    one that borrows Windows' numbers (printer, storage, …) or as another
    system, and a made-up address that nobody approved (a visitor's
    telephone) say nothing. Each device is told once for each verdict.

What it misses
    Machines that neither log on to a share nor ask for an address nor call
    in clear; macOS, iOS, Linux and newer Windows in web requests, whose
    version is frozen there; a Windows 10 or 11 too old within its number; an
    embedded Windows under a name of its own; a guest system that shares the
    address of a Mac. A number that no table has yet.

When it is wrong
    A program that imitates an old Windows in file sharing (some scanning
    printers not yet known as such); a router inside the practice, for a
    machine behind it; a machine that does get extended updates, which the
    network does not show: say once that this is normal here.

Sources
    [MS-NLMP] 2.2.2.10; RFC 2132 sections 9.8, 9.13; RFC 9110 section 10.1.5;
    ``data/windows_builds.csv``, ``data/systems.csv`` (endoflife.date);
    MITRE ATT&CK T1210; ANSSI, guide d'hygiène informatique, rules on updates
    and on obsolete systems.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import DhcpAsked, Fact, HttpAsked, NtlmHeard
from appliance.knowledge.dhcp import clients
from appliance.knowledge.hint import HIGH
from appliance.knowledge.kinds import Kind
from appliance.knowledge.support import Span, Verdict, day_of
from appliance.knowledge.systems import systems
from appliance.knowledge.windows import Version, windows
from appliance.memory import Memory
from appliance.model import Device, Finding, Mac, Severity, Trust

_AGENT = re.compile(r"(?P<own>Microsoft-CryptoAPI/)?(?(own)|.*\bWindows NT )(?P<number>\d+\.\d+)")
"""A User-Agent that names Windows; *own*: that of the part that checks certificates."""
_FROZEN = "10.0"
"""What every later Windows says in a User-Agent."""
_TEN = 10
_ANDROID = "android-dhcp-"
_BROWSING = DAY
"""Seconds within which a browser's hosts are counted: a day of use."""
_BORROWERS = frozenset(
    (
        *(Kind.NAS, Kind.PRINTER, Kind.CAMERA, Kind.PHONE, Kind.TABLET, Kind.TELEVISION, Kind.IOT),
        *(Kind.INTERNET_BOX, Kind.ACCESS_POINT, Kind.SWITCH),
    )
)
"""Kinds that run no Windows; their programs name themselves after one so that servers answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    ask_when_it_depends: int = limit(
        1,
        "1: also ask about systems that only extended updates can still mend; 0: only report"
        " those that nothing mends",
        minimum=0,
        maximum=1,
    )
    hosts: int = limit(
        3,
        "different hosts within a day to which a browser names an old Windows; a program that"
        " only carries such a name calls its own one or two",
        minimum=1,
        maximum=50,
    )
    devices: int = limit(2048, "devices remembered at once", minimum=64, maximum=65_536)


class _Sign(NamedTuple):
    """Which system a machine says it runs."""

    system: str
    support: Span
    since: str
    """Last day of ordinary updates."""


class OldSystem:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="old_system",
        severity=Severity.NOTICE,
        attack=("T1210",),
        limits=Limits,
        sees=(NtlmHeard, DhcpAsked, HttpAsked),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._version, self._generation = windows().find, windows().generation
        self._release, self._hints = systems().find, clients().hints
        self._told: Memory[Mac, bool] = Memory(limits.devices)
        """Devices told of, and whether as over for certain."""
        self._browsed: Distinct[tuple[Mac, str], str] = Distinct(
            seconds=_BROWSING, keys=limits.devices, values=max(64, limits.hosts)
        )
        self._newer: Memory[Mac, None] = Memory(limits.devices)
        """Machines that have said "10.0": an older name there is only a program's."""

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when *fact* says that its sender's system is not mended any more."""
        if not isinstance(fact, NtlmHeard | DhcpAsked | HttpAsked):
            return
        sign = self._sign(fact, network)
        if sign is None or not _may_run(network.device(fact.mac), sign.system):
            return
        verdict = self._judge(sign, fact.at)
        ended = verdict is Verdict.ENDED
        if verdict is None or self._told.get(fact.mac) in (ended, True):
            return
        self._told.put(fact.mac, ended)
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=fact.mac,
            key=(self.about.id, fact.mac),
            words={"system": sign.system, "since": sign.since},
            src_ip=None if isinstance(fact, DhcpAsked) else fact.src,
        )

    def dropped(self) -> int:
        """Devices forgotten early."""
        return self._told.dropped + self._browsed.dropped + self._newer.dropped

    def _sign(self, fact: NtlmHeard | DhcpAsked | HttpAsked, network: Network) -> _Sign | None:
        if isinstance(fact, DhcpAsked):
            return self._dhcp(fact)
        if not _speaks_for_itself(fact, network):
            return None
        return self._ntlm(fact) if isinstance(fact, NtlmHeard) else self._http(fact)

    def _judge(self, sign: _Sign, at: float) -> Verdict | None:
        """Give the verdict at the time *at* when it is worth a word."""
        day = day_of(at)
        verdict = sign.support.on(day)
        if verdict is Verdict.DEPENDS:
            asks = self._limits.ask_when_it_depends and day.isoformat() > sign.since
            return verdict if asks else None
        return verdict if verdict is Verdict.ENDED else None

    def _ntlm(self, heard: NtlmHeard) -> _Sign | None:
        if heard.major >= _TEN:
            self._newer.put(heard.mac, None)
        if not heard.server and heard.protocol != "smb":
            return None
        return _of(self._version(f"{heard.major}.{heard.minor}.{heard.build}"))

    def _dhcp(self, asked: DhcpAsked) -> _Sign | None:
        if asked.vendor_class.startswith(_ANDROID):
            version = asked.vendor_class.removeprefix(_ANDROID)
            support = self._release("android", version)
            return (
                _Sign(f"Android {version}", support, support.at_most.isoformat())
                if support
                else None
            )
        for hint in self._hints(asked.parameters, asked.vendor_class):
            if hint.weight >= HIGH and (found := self._generation(hint.os)):
                return _of(found)
        return None

    def _http(self, asked: HttpAsked) -> _Sign | None:
        found = _AGENT.match(asked.user_agent)
        if found is None:
            return None
        number = found["number"]
        if number == _FROZEN:
            self._newer.put(asked.mac, None)
            return None
        if not found["own"]:
            hosts, _ = self._browsed.add((asked.mac, number), asked.host or asked.dst, asked.at)
            if hosts < self._limits.hosts or asked.mac in self._newer:
                return None
        return _of(self._generation(f"Windows NT {number}"))


def _of(version: Version | None) -> _Sign | None:
    if version is None or version.support is None or version.ordinary is None:
        return None
    return _Sign(version.says.os, version.support, version.ordinary.isoformat())


def _speaks_for_itself(fact: NtlmHeard | HttpAsked, network: Network) -> bool:
    """Tell whether *fact* is of the machine that sent it, and not of one behind it."""
    return (
        network.is_home(fact.src)
        and network.holder(fact.src) in (None, fact.mac)
        and not network.is_gateway(fact.mac)
    )


def _may_run(device: Device | None, system: str) -> bool:
    """Tell whether nothing that is known of *device* speaks against its running *system*."""
    if device is None or (device.randomised and device.trust is Trust.UNKNOWN):
        return False
    if not system.startswith("Windows"):
        return True
    kind = device.given_kind or device.role or device.kind
    return kind not in _BORROWERS and (not device.os or device.os.startswith("Windows"))
