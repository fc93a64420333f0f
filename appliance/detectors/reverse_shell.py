"""A machine of the practice takes orders, line by line or from a program it was sent.

What it sees
    Signs of a shell, and bare programs, among the first segments of conversations
    that speak no protocol (`appliance.decode.shell`); and who opened each.

Why it matters
    It is how an intruder works once he is in. The machine that obeys calls him
    (a reverse shell), since nothing stops calls to the outside; or it listens for
    him. Somebody sits at the other end at this moment.

How it decides
    A shell that says its prompt to the machine it has called is a danger: servers
    give prompts, clients do not. One that answers callers is a danger when it is
    Windows' or complains that it has no terminal; with a mere prompt it is a warning,
    for so do consoles of devices. The other side must have spoken, too: a file that
    is only sent is no shell. Greetings and complaints are sure; of all
    other signs there must be two kinds, or `Limits.again` of one. Code of an
    attack kit's loader is a danger wherever it comes from. An ordinary
    program behind its length is one from outside, and a warning from inside, when
    nobody asked for it in that conversation and talk goes on after it. Conversations
    of HTTP, DICOM, HL7 and all that greet by a protocol's rules are left out, as
    are telnet's ports; those of shares and printers, inside; and whatever passes beside
    FTP between the same two. Once an hour for a device and its master.

What it misses
    Shells over TLS or with any encryption: their rhythm is `beacon`'s. Those inside
    HTTP, DNS or pings; a shell that only begins behind the first twelve segments,
    or whose signs are cut by segments; languages other than English and French; one
    that nobody has given an order yet; a shell that the practice's machine gives
    orders to outside; a program that is encoded, or asked for first. What began
    before the box did may be taken for the other direction.

When it is wrong
    A technician tries out netcat or socat here. A device calls somebody and shows
    its console without any protocol.

Sources
    MITRE ATT&CK T1059, T1095, T1571, T1620; Metasploit Framework, lib/msf/core/handler
    (stages behind their length); Emerging Threats' rules attack_response, for comparison.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import who
from appliance.durations import HOUR
from appliance.facts import (
    BannerHeard,
    DicomAssociated,
    Fact,
    FlowDelta,
    Hl7Heard,
    HttpAsked,
    ShellHeard,
)
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_TCP = 6
_FTP = frozenset((21, 990, 2121))
_CONSOLES = frozenset((22, 23, 107, 512, 513, 514, 992, 2323))
"""Ports of servers that rightly give prompts: SSH, telnet, rexec, rlogin, rsh."""
_CARRIERS = frozenset((139, 445, 515, 548, 631, 873, 2049, 3260, *range(9100, 9108)))
"""Ports on which, inside, files and pages pass as they are: of shares, disks, rsync, printers."""
_SURE = frozenset(("cmd", "cmd_system", "powershell", "no_terminal"))
_NO_CONSOLE = _SURE | {"cmd_version", "cmd_copyright", "cmd_prompt", "powershell_prompt"}
"""What no device's own console says."""
_SPELT = {
    "cmd": "cmd.exe",
    "cmd_version": "cmd.exe",
    "cmd_copyright": "cmd.exe",
    "cmd_system": "cmd.exe",
    "cmd_prompt": "cmd.exe",
    "powershell": "PowerShell",
    "powershell_prompt": "PowerShell",
    "loader": "Metasploit / Cobalt Strike",
    "stage": "EXE / ELF",
}
"""How both languages write what obeys; all other signs are of ``sh``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    again: int = limit(
        3,
        "signs of one kind that make a shell, where none is sure; a segment sent twice makes two",
        minimum=2,
        maximum=12,
    )
    conversations: int = limit(
        1024, "conversations and findings remembered", minimum=64, maximum=65_536
    )


@dataclass(slots=True)
class _Talk:
    """What one side of a conversation gave away."""

    signs: list[str] = field(default_factory=list)
    """In their order; no more than the first segments of one side can have."""
    answered: bool = False
    """The other side spoke, …"""
    begun: bool = False
    """… and of the second of the first sign it is known whether."""
    unasked: bool = False
    """It did not before, or in the second of, the first sign."""


class ReverseShell:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="reverse_shell",
        severity=Severity.DANGER,
        attack=("T1059", "T1095", "T1571", "T1620"),
        cut_helps=True,
        limits=Limits,
        stage=Stage.CONTROL,
        sees=(ShellHeard, FlowDelta, HttpAsked, BannerHeard, DicomAssociated, Hl7Heard),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._talks: Memory[tuple[Ip, Ip, int, int], _Talk] = Memory(limits.conversations)
        """By addresses and ports of who gave the sign, and of the other side."""
        self._spoken: Memory[tuple[Ip, Ip, int], float] = Memory(limits.conversations)
        """When a protocol was heard, by both ends and the server's port."""
        self._ftp: Memory[tuple[Ip, Ip], float] = Memory(limits.conversations)
        self._told: Memory[tuple[Mac, Ip, Severity], float] = Memory(limits.conversations)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* shows that a machine takes orders."""
        match fact:
            case FlowDelta():
                if fact.proto == _TCP and (fact.payload_out or fact.payload_in):
                    return self._flow(fact, network)
            case ShellHeard():
                self._hear(fact)
            case HttpAsked():
                self._spoken.put((fact.src, fact.dst, fact.dport), fact.at)
            case BannerHeard() | DicomAssociated() | Hl7Heard():
                self._spoken.put((fact.src, fact.dst, fact.dport), fact.at)
                self._spoken.put((fact.dst, fact.src, fact.sport), fact.at)
        return ()

    def dropped(self) -> int:
        """Count conversations and findings forgotten early."""
        memories = (self._talks, self._spoken, self._ftp, self._told)
        return sum(memory.dropped for memory in memories)

    def _hear(self, fact: ShellHeard) -> None:
        key = (fact.src, fact.dst, fact.sport, fact.dport)
        talk = self._talks.get(key)
        if talk is None:
            talk = _Talk()
            self._talks.put(key, talk)
        if len(talk.signs) < self._limits.again:
            talk.signs.append(fact.sign)
        elif fact.sign not in talk.signs:
            talk.signs[-1] = fact.sign

    def _flow(self, delta: FlowDelta, network: Network) -> Iterable[Finding]:
        if delta.dport in _FTP:
            self._ftp.put((delta.src, delta.dst), delta.at)
        if not len(self._talks):
            return ()
        key = (delta.src, delta.dst, delta.sport, delta.dport)
        if talk := self._talks.get(key):
            return self._judge(talk, delta, network, by_client=True)
        key = (delta.dst, delta.src, delta.dport, delta.sport)
        if talk := self._talks.get(key):
            return self._judge(talk, delta, network, by_client=False)
        return ()

    def _judge(
        self, talk: _Talk, delta: FlowDelta, network: Network, *, by_client: bool
    ) -> Iterable[Finding]:
        said, back = delta.payload_out, delta.payload_in
        if not by_client:
            said, back = back, said
        goes_on = talk.begun and talk.answered and said > 0
        if not talk.begun:
            talk.begun, talk.unasked = True, delta.opened and not back
        talk.answered |= back > 0
        if "loader" in talk.signs:
            return self._tell("loader", delta, network, Severity.DANGER, obeys=not by_client)
        if self._is_ordinary(delta, network):
            return ()
        if "stage" in talk.signs:
            if not talk.unasked or not goes_on:
                return ()
            sender = delta.src if by_client else delta.dst
            severity = Severity.WARNING if network.is_home(sender) else Severity.DANGER
            return self._tell("stage", delta, network, severity, obeys=not by_client)
        kinds = set(talk.signs)
        enough = kinds & _SURE or len(kinds) > 1 or len(talk.signs) >= self._limits.again
        if not enough or not talk.answered or (not by_client and delta.dport in _CONSOLES):
            return ()
        is_sure = by_client or kinds & _NO_CONSOLE
        severity = Severity.DANGER if is_sure else Severity.WARNING
        sign = min(kinds, key=lambda it: it not in _SPELT)
        return self._tell(sign, delta, network, severity, obeys=by_client)

    def _is_ordinary(self, delta: FlowDelta, network: Network) -> bool:
        """Tell whether the conversation has a protocol, or belongs to one beside it."""
        spoken = self._spoken.get((delta.src, delta.dst, delta.dport))
        if spoken is not None and spoken >= delta.first_at:
            return True
        if delta.dport in _CARRIERS and network.is_home(delta.dst):
            return True
        for pair in ((delta.src, delta.dst), (delta.dst, delta.src)):
            at = self._ftp.get(pair)
            if at is not None and 0 <= delta.at - at < HOUR:
                return True
        return False

    def _tell(
        self, sign: str, delta: FlowDelta, network: Network, severity: Severity, *, obeys: bool
    ) -> Iterator[Finding]:
        """Give the finding; *obeys*: who opened the conversation is who takes orders."""
        ip, master = (delta.src, delta.dst) if obeys else (delta.dst, delta.src)
        if not network.is_home(ip):
            return
        mac = network.holder(ip) or (delta.mac if obeys else delta.peer_mac)
        told = self._told.get((mac, master, severity))
        if told is not None and 0 <= delta.at - told < HOUR:
            return
        self._told.put((mac, master, severity), delta.at)
        other = who(master, network)
        yield Finding(
            detector=self.about.id,
            at=delta.at,
            about=mac,
            key=(self.about.id, mac, master),
            words={
                "master": other,
                "port": str(delta.dport),
                "what": _SPELT.get(sign, "sh"),
            },
            severity=severity,
            peer=other,
            src_ip=ip,
            dest_ip=master,
        )
