"""A password crosses the network in clear.

What it sees
    Logons in which the password can be read on the way: FTP, POP3, IMAP, SMTP,
    HTTP (``Basic``, and forms with a field that is called like a password),
    directory binds, logins of SQL Server, PostgreSQL and MySQL that hide
    nothing. Neither the password nor the name is kept.

Why it matters
    Everybody on the way reads it: a hijacked device here, and outside whoever
    carries it. Many people use one password in several places.

How it decides
    One is enough: a finding for each device, protocol and server, and again
    each day. It weighs more when one of the two is outside: then the password
    has left the practice. A logon as ``anonymous`` or with an empty password
    gives nothing away.

What it misses
    Telnet (`old_protocol` speaks of it), SNMP, cookies, passwords in the
    address of a page; forms whose content comes in a later packet than their
    head, or is called unusually; all behind the first twelve messages of a
    conversation; MySQL, when the server asks for clear text afterwards.

When it is wrong
    A form in which a program encrypted the password before, unless it looks
    like a hash; a field called like a password that holds something else.

Sources
    RFC 7617 section 4, RFC 2577 section 7 (FTP), RFC 8314 (mail in clear is
    obsolete), RFC 4513 section 6.3.3; Zeek-sniffpass; MITRE ATT&CK T1040,
    T1552; CNIL, recommendation on passwords (2022).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.durations import DAY
from appliance.facts import Fact, LogonAsked, PasswordSeen
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity

_NOBODY = "anonymous"
_NAMED_APART = frozenset(("ftp", "pop3"))
"""The name comes in a message before the password's."""
_SHOWN = {
    "http": "HTTP",
    "ftp": "FTP",
    "pop3": "POP3",
    "imap": "IMAP",
    "smtp": "SMTP",
    "ldap": "LDAP",
    "tds": "SQL Server",
    "mysql": "MySQL",
    "postgresql": "PostgreSQL",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    devices: int = limit(
        1024, "devices with their servers remembered at once", minimum=64, maximum=65_536
    )


class ClearPassword:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="clear_password",
        severity=Severity.NOTICE,
        attack=("T1040", "T1552"),
        limits=Limits,
        sees=(LogonAsked, PasswordSeen),
    )

    def __init__(self, limits: Limits) -> None:
        self._nobodys: Memory[tuple[Ip, Ip, int, int], bool] = Memory(limits.devices)
        """Conversations in which ``anonymous`` logs on."""
        self._told: Memory[tuple[Mac, str, str], float] = Memory(limits.devices)

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when *fact* is a password that was not told today."""
        if isinstance(fact, LogonAsked):
            if fact.protocol in _NAMED_APART and not fact.proof:
                self._nobodys.pop(_conversation(fact))
                if fact.account == _NOBODY:
                    self._nobodys.put(_conversation(fact), True)
        elif isinstance(fact, PasswordSeen) and _conversation(fact) not in self._nobodys:
            yield from self._tell(fact, network)

    def dropped(self) -> int:
        """Devices and conversations forgotten early."""
        return self._nobodys.dropped + self._told.dropped

    def _tell(self, seen: PasswordSeen, network: Network) -> Iterator[Finding]:
        client, server = network.holder(seen.src), network.holder(seen.dst)
        if client is None and network.is_home(seen.src) and not network.is_gateway(seen.mac):
            client = seen.mac
        about = client or server or seen.mac
        target = server or seen.host or network.name_of(seen.dst) or seen.dst
        source = client or network.name_of(seen.src) or seen.src
        key = (about, seen.protocol, seen.dst)
        told = self._told.get(key)
        if told is not None and 0 <= seen.at - told < DAY:
            return
        self._told.put(key, seen.at)
        crosses = network.is_outside(seen.src) != network.is_outside(seen.dst)
        yield Finding(
            detector=self.about.id,
            at=seen.at,
            about=about,
            key=(self.about.id, about, seen.protocol, target),
            severity=Severity.WARNING if crosses else None,
            words={
                "client": source,
                "target": target,
                "protocol": _SHOWN.get(seen.protocol, seen.protocol),
            },
            peer=target if client else source,
            src_ip=seen.src,
            dest_ip=seen.dst,
        )


def _conversation(fact: LogonAsked | PasswordSeen) -> tuple[Ip, Ip, int, int]:
    return fact.src, fact.dst, fact.sport, fact.dport
