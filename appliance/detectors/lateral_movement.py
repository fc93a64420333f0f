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
    notice; a domain controller, or one whose shares several others use, a
    warning; all others a danger. DCOM and a program alone are warnings at
    most, so is WinRM in TLS, or towards a server, which collects events so,
    and everything while the box learns.
    A registry saved from afar is a danger. So are a domain's accounts handed
    over to a machine that is no domain controller: it neither answered
    Kerberos, nor announced itself as one, nor was used or called as one.
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
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import kind_of, who
from appliance.detectors.grasp import Grasp, Sign, Way
from appliance.detectors.servers import Servers, is_declared
from appliance.detectors.tickets import Haul, Most, Tickets
from appliance.durations import DAY
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
from appliance.knowledge.procedures import Deed
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_AGAIN = 600.0
"""Seconds after which what goes on is told again."""
_QUIET = frozenset((Kind.PRINTER, Kind.NAS))
"""Kinds that list shares, to offer folders in which to file scans and copies."""
_WARNINGS = frozenset((Deed.DCOM, Deed.SHARES, Way.PROGRAM, Way.WINRM_TLS, Haul.MANY))
"""Signs that other things explain, too; the rest is a danger."""
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
    Way.PROGRAM: "EXE, ADMIN$ / C$",
    Way.WINRM: "WinRM",
    Way.WINRM_TLS: "WinRM (TLS)",
}
"""How both languages write what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    together: float = limit(
        600.0, "seconds within which signs belong together", minimum=1.0, maximum=DAY
    )
    seconds: float = limit(
        300.0,
        "seconds within which tickets, accounts and machines are counted",
        minimum=10.0,
        maximum=DAY,
    )
    services: int = limit(
        3, "services for which RC4 is wanted; an old device wants one or two", minimum=1, maximum=64
    )
    given: int = limit(5, "services whose tickets are given in RC4", minimum=1, maximum=64)
    tickets: int = limit(20, "services of any kind; a logon takes up to ten", minimum=5, maximum=64)
    accounts: int = limit(2, "accounts let in without a proof", minimum=1, maximum=64)
    hosts: int = limit(5, "machines whose shares one client lists", minimum=2, maximum=64)
    pairs: int = limit(
        1024,
        "clients and servers, and their conversations, remembered at once",
        minimum=64,
        maximum=65_536,
    )


class LateralMovement:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="lateral_movement",
        severity=Severity.DANGER,
        attack=(
            *("T1021.002", "T1569.002", "T1053.005", "T1047", "T1021.003", "T1021.006", "T1570"),
            *("T1003.002", "T1003.006", "T1558.003", "T1558.004", "T1135"),
        ),
        cut_helps=True,
        limits=Limits,
        stage=Stage.SPREADING,
        sees=(
            *(RpcCalled, ShareOpened, FileTouched, HttpAnswered, TlsHello, NetbiosTold),
            *(KerberosAsked, KerberosAnswered),
        ),
    )

    def __init__(self, limits: Limits) -> None:
        most = Most(limits.services, limits.given, limits.tickets, limits.accounts)
        self._tickets = Tickets(most, seconds=limits.seconds, pairs=limits.pairs)
        self._grasp = Grasp(
            hosts=limits.hosts,
            seconds=limits.seconds,
            together=limits.together,
            pairs=limits.pairs,
        )
        self._servers = Servers(limits.pairs)
        self._told: Memory[tuple[Ip, Ip, str], float] = Memory(limits.pairs)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* shows one machine taking hold of another."""
        if isinstance(fact, KerberosAnswered | NetbiosTold | ShareOpened):
            self._servers.note(fact)
        match fact:
            case RpcCalled() | FileTouched() | ShareOpened() | HttpAnswered() | TlsHello():
                if sign := self._grasp.sign(fact):
                    return self._judge(sign, network)
            case KerberosAsked():
                if haul := self._tickets.ask(fact):
                    return self._tell(Sign(fact.at, haul, fact.src, fact.dst, fact.mac), network)
            case KerberosAnswered():
                if haul := self._tickets.answer(fact):
                    return self._tell(Sign(fact.at, haul, fact.dst, fact.src, None), network)
        return ()

    def dropped(self) -> int:
        """Clients, servers and conversations forgotten early."""
        parts = (self._tickets, self._grasp, self._servers, self._told)
        return sum(part.dropped for part in parts)

    def _judge(self, sign: Sign, network: Network) -> Iterable[Finding]:
        """Tell *sign*, unless it is what domain controllers do for one another."""
        if sign.what in (Deed.CONTROLLER, Deed.REPLICATION):
            self._servers.note_controller(sign.target)
            if sign.what is Deed.CONTROLLER or self._servers.is_controller(sign.client):
                return ()
        return self._tell(sign, network)

    def _tell(self, sign: Sign, network: Network) -> Iterator[Finding]:
        key = (sign.client, sign.target, sign.what)
        told = self._told.get(key)
        about = network.holder(sign.client) or sign.mac
        if about is None or (told is not None and 0 <= sign.at - told < _AGAIN):
            return
        weight = self._weigh(sign, about, network)
        if weight is None:
            return
        self._told.put(key, sign.at)
        target = who(sign.target, network)
        trouble = sign.what if sign.what == Deed.SHARES else sign.target
        yield Finding(
            detector=self.about.id,
            at=sign.at,
            about=about,
            key=(self.about.id, about, trouble),
            severity=weight,
            words={"target": target, "how": self._spelt(sign)},
            peer=target,
            src_ip=sign.client,
            dest_ip=sign.target,
        )

    def _weigh(self, sign: Sign, about: Mac, network: Network) -> Severity | None:
        """Judge by who does what to whom; None: that is his work."""
        if sign.what == Deed.SHARES and kind_of(about, network) in _QUIET:
            return None
        serves = self._servers.serves(sign.client, sign.at)
        light = network.learning or sign.what in _WARNINGS
        if sign.what in _STOLEN:
            light = light or (serves and sign.what == Deed.REPLICATION)
        elif is_declared(about, network):
            return Severity.NOTICE
        elif sign.what == Way.WINRM:
            light = light or serves or self._servers.serves(sign.target, sign.at)
        else:
            light = light or serves
        return Severity.WARNING if light else Severity.DANGER

    def _spelt(self, sign: Sign) -> str:
        """Name all that was lately seen between the two."""
        return ", ".join(
            spelt
            for what, spelt in _SPELT.items()
            if what == sign.what
            or 0 <= sign.at - (self._told.get((sign.client, sign.target, what)) or -2 * DAY) <= DAY
        )
