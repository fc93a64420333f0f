"""One machine takes hold of another: commands from afar, stolen accounts, collected tickets.

What it sees
    Remote procedures that a machine calls on another: services created, tasks
    planned, methods of management (WMI) and applications (DCOM) set to work,
    registries saved, shares listed, a domain's accounts handed over. WinRM
    where it answers. Programs written over the shares that only
    administrators open (ADMIN$, C$). What domain controllers are asked by
    Kerberos.

Why it matters
    Between the first infected machine and the encrypted server lie hours in
    which an intruder goes from one machine to the next. This is when he can
    still be stopped.

How it decides
    A service created, or changed and started, or started within
    `Limits.together` of a program being written over an administrator's
    share; a task planned; a method executed by WMI; WinRM that answers; an
    application set to work by DCOM: each is a finding. Who acts decides how
    much it weighs: a machine that people declared a server manages others, a
    notice; one that looks like a server, or whose shares several others use,
    a warning; all others a danger. DCOM and a program alone are warnings at
    most, so is WinRM towards a server, which collects events so, and
    everything while the box learns.
    A registry saved from afar is a danger. So are a domain's accounts handed
    over to a machine that is no domain controller: it neither answered
    Kerberos, nor announced itself as one, nor was called as one.
    Tickets: `Limits.services` services for which a client wants RC4 rather
    than AES; `Limits.given` tickets given in RC4 by a controller that has
    AES; `Limits.accounts` accounts let in without a proof: a danger.
    `Limits.tickets` tickets of any kind, or the shares of `Limits.hosts`
    machines listed, within `Limits.seconds`: a warning.

What it misses
    All that is in encrypted file sharing (SMB 3) or SSH; remote desktops; an
    intruder who sits on a declared server; one or two tickets, asked for as
    Windows does. What ordinary logons, lists of users and open pipes are good
    for. The names of services and programs, which are not kept.

When it is wrong
    A technician who commands other machines from a workstation, with PsExec or
    the console of computer management; software that is distributed, or a
    network that is monitored, from a machine that nobody declared a server.
    Programs of the practice that work over DCOM between workstations. A server
    that synchronises accounts with the cloud.

Sources
    MITRE ATT&CK T1021.002, T1021.003, T1021.006, T1047, T1053.005, T1569.002,
    T1570, T1003.002, T1003.006, T1558.003, T1558.004, T1135; [MS-SCMR],
    [MS-TSCH], [MS-WMI], [MS-RRP], [MS-DRSR], RFC 4120; MITRE's BZAR for Zeek,
    which takes a program written and a procedure called together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import kind_of
from appliance.detectors.tickets import Haul, Tickets
from appliance.detectors.windows import Distinct
from appliance.facts import (
    Fact,
    FileTouched,
    HttpAnswered,
    KerberosAnswered,
    KerberosAsked,
    NetbiosTold,
    RpcCalled,
    ShareOpened,
    TlsHello,
)
from appliance.knowledge.kinds import Kind
from appliance.knowledge.procedures import Deed, deed
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity

_WINRM, _WINRM_TLS = 5985, 5986
_ANSWERS = range(200, 300)
_AGAIN = 600.0
"""Seconds after which what goes on is told again."""
_DAY = 86_400.0
_USERS = 2
"""Machines that use the shares of another: that makes it a server."""
_SERVERS = frozenset((Kind.SERVER, Kind.NAS))
_QUIET = frozenset((Kind.PRINTER, Kind.NAS))
"""Kinds that list shares, to offer folders in which to file scans and copies."""
_PROGRAM, _WINRM_SPOKEN = "program", "winrm"
_WEIGHTS = {
    Deed.DCOM: Severity.WARNING,
    Deed.SHARES: Severity.WARNING,
    _PROGRAM: Severity.WARNING,
    Haul.MANY: Severity.WARNING,
}
"""How much a sign weighs at most; others are a danger."""
_STOLEN = frozenset((Deed.SECRETS, Deed.REPLICATION, *Haul))
"""Signs that no management of machines explains."""
_SPELT = {
    Deed.SERVICE: "PsExec / SCM",
    Deed.TASK: "Task Scheduler",
    Deed.WMI: "WMI",
    Deed.DCOM: "DCOM",
    Deed.SECRETS: "SAM (registry)",
    Deed.REPLICATION: "DCSync",
    Deed.SHARES: "net view",
    Haul.WEAK: "Kerberoasting, RC4",
    Haul.MANY: "Kerberoasting",
    Haul.UNPROVEN: "AS-REP roasting",
    _PROGRAM: "EXE, ADMIN$ / C$",
    _WINRM_SPOKEN: "WinRM",
}
"""How both languages write what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    together: float = limit(
        600.0, "seconds within which signs belong together", minimum=1.0, maximum=86_400.0
    )
    seconds: float = limit(
        300.0,
        "seconds within which tickets, accounts and machines are counted",
        minimum=10.0,
        maximum=86_400.0,
    )
    services: int = limit(
        3, "services for which RC4 is wanted; an old device wants one or two", minimum=1, maximum=64
    )
    given: int = limit(5, "services whose tickets are given in RC4", minimum=1, maximum=64)
    tickets: int = limit(
        20, "services of any kind; a logon takes up to ten", minimum=5, maximum=64
    )
    accounts: int = limit(2, "accounts let in without a proof", minimum=1, maximum=64)
    hosts: int = limit(5, "machines whose shares one client lists", minimum=2, maximum=64)
    pairs: int = limit(
        1024,
        "clients and servers, and their conversations, remembered at once",
        minimum=64,
        maximum=65_536,
    )


class _Sign(NamedTuple):
    """What one machine does to another."""

    at: float
    what: str
    client: Ip
    target: Ip
    mac: Mac
    """Who sent the frame."""


class LateralMovement:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="lateral_movement",
        severity=Severity.DANGER,
        attack=(
            *("T1021.002", "T1569.002", "T1053.005", "T1047", "T1021.003", "T1021.006", "T1570"),
            *("T1003.002", "T1003.006", "T1558.003", "T1558.004", "T1135"),
        ),
        limits=Limits,
        sees=(
            *(RpcCalled, ShareOpened, FileTouched, HttpAnswered, TlsHello, NetbiosTold),
            *(KerberosAsked, KerberosAnswered),
        ),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tickets = Tickets(
            weak=limits.services,
            given=limits.given,
            many=limits.tickets,
            accounts=limits.accounts,
            seconds=limits.seconds,
            pairs=limits.pairs,
        )
        self._controllers: Memory[Ip, bool] = Memory(limits.pairs)
        self._users: Distinct[Ip, Ip] = Distinct(seconds=_DAY, keys=limits.pairs, values=_USERS)
        """Who uses ordinary shares of whom."""
        self._administered: Memory[tuple[Ip, Ip, int, int], bool] = Memory(limits.pairs)
        """Conversations in which an administrator's share was opened."""
        self._prepared: Memory[tuple[Ip, Ip], float] = Memory(limits.pairs)
        """When somebody last wrote a program, or changed a service, on another machine."""
        self._listed: Distinct[Ip, Ip] = Distinct(
            seconds=limits.seconds, keys=limits.pairs, values=64
        )
        self._told: Memory[tuple[Ip, Ip, str], float] = Memory(limits.pairs)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* shows one machine taking hold of another."""
        match fact:
            case RpcCalled():
                return self._call(fact, network)
            case FileTouched():
                if fact.begins == "program" and fact.action == "writes":
                    return self._file(fact, network)
            case ShareOpened():
                self._share(fact)
            case HttpAnswered(sport=port):
                if port == _WINRM and fact.status in _ANSWERS:
                    sign = _Sign(fact.at, _WINRM_SPOKEN, fact.dst, fact.src, fact.mac)
                    return self._tell(sign, network)
            case TlsHello(dport=port):
                if port == _WINRM_TLS:
                    sign = _Sign(fact.at, _WINRM_SPOKEN, fact.src, fact.dst, fact.mac)
                    return self._tell(sign, network)
            case KerberosAsked():
                if haul := self._tickets.ask(fact):
                    return self._tell(_Sign(fact.at, haul, fact.src, fact.dst, fact.mac), network)
            case KerberosAnswered():
                self._controllers.put(fact.src, True)
                if haul := self._tickets.answer(fact):
                    return self._tell(_Sign(fact.at, haul, fact.dst, fact.src, fact.mac), network)
            case NetbiosTold():
                if "domain_controller" in fact.roles:
                    self._controllers.put(fact.src, True)
        return ()

    def dropped(self) -> int:
        """Clients, servers and conversations forgotten early."""
        counts = (self._tickets, self._users, self._listed)
        memories = (self._controllers, self._administered, self._prepared, self._told)
        return sum(it.dropped for it in (*counts, *memories))

    def _share(self, fact: ShareOpened) -> None:
        if fact.role == "admin":
            self._administered.put((fact.src, fact.dst, fact.sport, fact.dport), True)
        elif fact.role not in ("ipc", "printer"):
            self._users.add(fact.dst, fact.src, fact.at)

    def _file(self, fact: FileTouched, network: Network) -> Iterable[Finding]:
        if (fact.src, fact.dst, fact.sport, fact.dport) not in self._administered:
            return ()
        self._prepared.put((fact.src, fact.dst), fact.at)
        return self._tell(_Sign(fact.at, _PROGRAM, fact.src, fact.dst, fact.mac), network)

    def _call(self, fact: RpcCalled, network: Network) -> Iterable[Finding]:
        what = deed(fact.interface, fact.operation)
        if what is None or fact.src == fact.dst:
            return ()
        if what is Deed.CONTROLLER:
            self._controllers.put(fact.dst, True)
            return ()
        if what is Deed.CHANGE:
            self._prepared.put((fact.src, fact.dst), fact.at)
            return ()
        if what is Deed.START:
            prepared = self._prepared.get((fact.src, fact.dst))
            if prepared is None or not 0 <= fact.at - prepared <= self._limits.together:
                return ()
            what = Deed.SERVICE
        elif what is Deed.REPLICATION:
            self._controllers.put(fact.dst, True)
            if fact.src in self._controllers:
                return ()
        elif what is Deed.SHARES:
            hosts, _ = self._listed.add(fact.src, fact.dst, fact.at)
            if hosts < self._limits.hosts:
                return ()
        return self._tell(_Sign(fact.at, what, fact.src, fact.dst, fact.mac), network)

    def _tell(self, sign: _Sign, network: Network) -> Iterator[Finding]:
        key = (sign.client, sign.target, sign.what)
        told = self._told.get(key)
        about = network.holder(sign.client) or sign.mac
        weight = self._weigh(sign, about, network)
        if weight is None or (told is not None and 0 <= sign.at - told < _AGAIN):
            return
        self._told.put(key, sign.at)
        target = network.holder(sign.target) or network.name_of(sign.target) or sign.target
        trouble = Deed.SHARES if sign.what is Deed.SHARES else sign.target
        yield Finding(
            detector=self.about.id,
            at=sign.at,
            about=about,
            key=(self.about.id, about, trouble),
            severity=weight,
            words={"target": target, "how": self._spelt(sign)},
            src_ip=sign.client,
            dest_ip=sign.target,
        )

    def _weigh(self, sign: _Sign, about: Mac, network: Network) -> Severity | None:
        """Judge by who does what to whom; None: that is his work."""
        kind, weight = kind_of(about, network), _WEIGHTS.get(sign.what, Severity.DANGER)
        if sign.what is Deed.SHARES and kind in _QUIET:
            return None
        if sign.what == _WINRM_SPOKEN and self._serves(sign.target, network):
            weight = Severity.WARNING
        if network.learning:
            weight = min(weight, Severity.WARNING)
        if sign.what in _STOLEN:
            serves = sign.what is Deed.REPLICATION and self._serves(sign.client, network)
            return Severity.WARNING if serves else weight
        device = network.device(about)
        if device is not None and (device.given_kind or device.role) in _SERVERS:
            return Severity.NOTICE
        return min(weight, Severity.WARNING) if self._serves(sign.client, network) else weight

    def _serves(self, ip: Ip, network: Network) -> bool:
        """Tell whether *ip* is a server, by what it is or by who uses it."""
        holder = network.holder(ip)
        return (
            ip in self._controllers
            or (holder is not None and kind_of(holder, network) in _SERVERS)
            or self._users.count(ip, 0.0) >= _USERS
        )

    def _spelt(self, sign: _Sign) -> str:
        """Name all that was lately seen between the two."""
        return ", ".join(
            spelt
            for what, spelt in _SPELT.items()
            if what == sign.what
            or 0 <= sign.at - (self._told.get((sign.client, sign.target, what)) or -_DAY) <= _DAY
        )
