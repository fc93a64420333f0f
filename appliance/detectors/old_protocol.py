"""A protocol is in use that should have been given up.

What it sees
    Which SMB a file server chooses, negotiations of Telnet, which TLS a
    server chooses, and answers of devices to SNMP questions.

Why it matters
    Through version 1 of file sharing WannaCry and NotPetya spread. Telnet and
    SNMP carry passwords that everybody on the way reads, and the SNMP
    password ``public`` is no secret at all. TLS before 1.2 can be broken.
    None of it is an emergency: each is a line in the plan of what to replace.

How it decides
    By what is really spoken, not by what is offered: a server that chose SMB
    version 1 or a TLS below 1.2, a Telnet option on either side, an SNMP answer
    with the password ``public`` or ``private``. It is a finding once for each
    device that serves it and each protocol, again for each further partner
    and once a day while it goes on. Where the server is outside the practice,
    or behind a router inside it, the finding is about the device here that
    talks to it.

What it misses
    What is offered and never used; protocols that are old in other ways (FTP
    and mail in clear); a conversation that began before the box listened;
    TLS inside another protocol's conversation.

When it is wrong
    It says what was heard, so hardly ever. A scanner that tries old
    protocols makes a server speak them that nobody uses otherwise: the server
    still should not.

Sources
    Microsoft, "Stop using SMB1"; RFC 8996 (TLS 1.0 and 1.1), RFC 7568 (SSL 3.0);
    RFC 854 (Telnet); RFC 3410 section 7 (SNMP); MITRE ATT&CK T1210, T1040; ANSSI,
    guide d'hygiène informatique, rule on protocols that are secure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import who
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import BannerHeard, Fact, SmbSpoken, SnmpHeard, Tick, TlsServed
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity

_TLS = {0x0300: "SSL 3.0", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1"}
_SNMP = 'SNMP "public"'
"""Version 3 has passwords of its own; what is meant is one that everybody knows."""
_PATIENCE = 3.0
"""Seconds to wait until the inventory knows whose address it was."""
_WAITING = 256
"""Conversations of which that is awaited; in three seconds a practice has a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    devices: int = limit(
        1024, "devices and protocols remembered at once", minimum=64, maximum=65_536
    )


class _Spoken(NamedTuple):
    """Who serves an old protocol to whom."""

    at: float
    protocol: str
    server: Ip
    client: Ip
    sender: Mac
    """Who sent the frame, …"""
    sent_by: Ip
    """… and from which of the two addresses."""


class OldProtocol:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="old_protocol",
        severity=Severity.NOTICE,
        attack=("T1210", "T1040"),
        limits=Limits,
        sees=(SmbSpoken, BannerHeard, TlsServed, SnmpHeard, Tick),
    )

    def __init__(self, limits: Limits) -> None:
        self._partners: Distinct[tuple[Mac, str], Ip] = Distinct(
            seconds=DAY, keys=limits.devices, values=64
        )
        self._told: Memory[tuple[Mac, str], float] = Memory(limits.devices)
        self._waiting: Memory[tuple[str, Ip, Ip], _Spoken] = Memory(_WAITING)

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when *fact* says that an old protocol is spoken."""
        if isinstance(fact, Tick):
            yield from self._look_again(fact.at, network)
        elif (spoken := _old(fact)) is not None:
            about = _concerned(spoken, network, late=False)
            if about is None:
                self._waiting.put((spoken.protocol, spoken.server, spoken.client), spoken)
            else:
                yield from self._tell(spoken, about, network)

    def dropped(self) -> int:
        """Devices, and conversations awaited, forgotten early."""
        return self._partners.dropped + self._told.dropped + self._waiting.dropped

    def _look_again(self, now: float, network: Network) -> Iterator[Finding]:
        for key, spoken in [(key, self._waiting.get(key)) for key in self._waiting]:
            if spoken is None:
                continue
            late = not 0 <= now - spoken.at < _PATIENCE
            about = _concerned(spoken, network, late=late)
            if about is not None:
                yield from self._tell(spoken, about, network)
            if about is not None or late:
                self._waiting.pop(key)

    def _tell(self, spoken: _Spoken, about: Mac, network: Network) -> Iterator[Finding]:
        key = (about, spoken.protocol)
        serves = about == _holder(spoken, spoken.server, network)
        own, other = (spoken.server, spoken.client) if serves else (spoken.client, spoken.server)
        count, new = self._partners.add(key, other, spoken.at)
        told = self._told.get(key)
        if not new and told is not None and 0 <= spoken.at - told < DAY:
            return
        self._told.put(key, spoken.at)
        partner = who(other, network)
        yield Finding(
            detector=self.about.id,
            at=spoken.at,
            about=about,
            key=(self.about.id, about, spoken.protocol),
            words={"protocol": spoken.protocol, "partner": partner, "partners": str(count)},
            peer=partner,
            src_ip=own,
            dest_ip=other,
        )


def _old(fact: Fact) -> _Spoken | None:
    """Give what *fact* says is spoken, if that is old."""
    match fact:
        case SmbSpoken(server=True, version="1"):
            protocol, serves = "SMBv1", True
        case BannerHeard(protocol="telnet", server=serves):
            protocol = "Telnet"
        case TlsServed() if fact.version in _TLS:
            protocol, serves = _TLS[fact.version], True
        case SnmpHeard(message="response", known_community=True):
            protocol, serves = _SNMP, True
        case _:
            return None
    server, client = (fact.src, fact.dst) if serves else (fact.dst, fact.src)
    return _Spoken(fact.at, protocol, server, client, fact.mac, fact.src)


def _concerned(spoken: _Spoken, network: Network, *, late: bool) -> Mac | None:
    """Tell whom it is about: the server if it is one of the practice's devices, else the client.

    None while that may still become known; *late*: it will not.
    """
    server = _holder(spoken, spoken.server, network)
    if server is None and network.is_home(spoken.server) and not late:
        return None
    return server or _holder(spoken, spoken.client, network)


def _holder(spoken: _Spoken, ip: Ip, network: Network) -> Mac | None:
    """Give the device that has *ip* here; None when it is outside, behind a router, or unknown."""
    if not network.is_home(ip):
        return None
    held = network.holder(ip)
    if held is None and ip == spoken.sent_by and not network.is_gateway(spoken.sender):
        return spoken.sender
    return held
