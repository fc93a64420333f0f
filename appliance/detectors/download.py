"""A program is fetched in clear from a host of no table, or comes under a false name.

What it sees
    Heads of HTTP in both directions: who is asked, whether for a program, which
    kind of file the answer says it is; and the first bytes of files, also
    outside HTTP (FTP, and programs sent over bare conversations).

Why it matters
    It is how most programs of intruders arrive: a document fetches the next
    piece, in clear, from a server that is new to everybody. Nobody else sends
    programs that way but makers with their updates, and few of them still.

How it decides
    A program, a shortcut, a disk image, or an archive whose first file is one;
    a script of a shell; a script asked for by its ending (PowerShell, HTA,
    VBScript, …). It must come from outside to a machine of the practice. Hosts
    of updates, of makers and of what practices need send programs in clear and
    are left out, as is what Windows' own distribution of updates asks
    for, which comes from caches with bare addresses. A program that says it
    is a picture, a sound or a film is a danger: that is no mistake
    of a server. What a thing, such as a camera or an access point, fetches from a
    host with a name is a notice: so does firmware come, also from hosting for
    anybody; what infects things comes from bare addresses. Once a day for a
    device and host.

What it misses
    Everything over TLS, which is most; programs inside encrypted archives, or
    behind the first file of one; a program whose beginning is in no
    segment of its own; who calls himself Windows' distribution of updates.

When it is wrong
    An old program of the practice that updates itself in clear from its maker's
    server, which is in no table: say that it is normal here, and ask the maker for
    better.

Sources
    MITRE ATT&CK T1105, T1204.002, T1036.008; ``data/clear_updates.csv``,
    ``data/hygiene_hosts.csv``; Zeek, base/frameworks/files/magic, for comparison.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from appliance.detectors.base import About, Network, limit
from appliance.detectors.calling import HEARTBEATS, kind_of
from appliance.durations import DAY
from appliance.facts import Fact, FileBegun, HttpAnswered, HttpAsked
from appliance.knowledge.clear_updates import sends_programs
from appliance.knowledge.kinds import Kind
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_WAITS = 30.0
"""Seconds within which an answer belongs to what was asked, and a file to its head."""
_OPENS = frozenset(("program", "packed", "shortcut", "disk", "script"))
"""Files that do something when they are opened."""
_HIDDEN = ("image/", "audio/", "video/", "font/")
_SAID = frozenset(
    (
        "application/x-msdownload",
        "application/x-dosexec",
        "application/vnd.microsoft.portable-executable",
        "application/x-msi",
        "application/hta",
    )
)
"""Types by which a server itself says that it sends a program."""
_WINDOWS = ("Microsoft-Delivery-Optimization/", "Windows-Update-Agent")
"""What distributes Windows' updates, also from caches of the provider."""
_SENT = (200, 206)
_THINGS = HEARTBEATS - {Kind.PHONE, Kind.TABLET}
"""Kinds on which nobody installs anything: what they fetch is firmware, or an infection."""
_SPELT = {
    "program": "EXE / ELF",
    "packed": "ZIP (EXE, JS…)",
    "shortcut": "LNK",
    "disk": "VHD",
    "script": "script",
}
"""How both languages write what came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    requests: int = limit(
        1024, "requests, answers and findings remembered", minimum=64, maximum=65_536
    )


class _Asked(NamedTuple):
    """What was last asked of a server."""

    at: float
    mac: Mac
    host: str
    program: str
    """As `HttpAsked.asks_for` has it."""
    fetches: bool
    """A body is to come, and no updater of Windows asks."""


class Download:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="download",
        severity=Severity.WARNING,
        attack=("T1105", "T1204.002", "T1036.008"),
        stage=Stage.ENTRY,
        limits=Limits,
        sees=(HttpAsked, HttpAnswered, FileBegun),
    )

    def __init__(self, limits: Limits) -> None:
        self._asked: Memory[tuple[Ip, Ip, int], _Asked] = Memory(limits.requests)
        """By client, server and its port."""
        self._types: Memory[tuple[Ip, Ip, int], tuple[float, str]] = Memory(limits.requests)
        """Types of answers whose body begins in another segment."""
        self._told: Memory[tuple[Mac, str, bool], float] = Memory(limits.requests)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when *fact* brings a program in."""
        match fact:
            case HttpAsked():
                if network.is_outside(fact.dst):
                    self._asked.put(
                        (fact.src, fact.dst, fact.dport),
                        _Asked(
                            fact.at,
                            fact.mac,
                            fact.host,
                            fact.asks_for,
                            fact.method != "HEAD" and not fact.user_agent.startswith(_WINDOWS),
                        ),
                    )
            case HttpAnswered():
                if fact.status in _SENT and network.is_outside(fact.src):
                    return self._answer(fact, network)
            case FileBegun():
                if network.is_outside(fact.src) and network.is_home(fact.dst):
                    return self._file(fact, network)
        return ()

    def dropped(self) -> int:
        """Count requests, answers and findings forgotten early."""
        return self._asked.dropped + self._types.dropped + self._told.dropped

    def _question(self, key: tuple[Ip, Ip, int], at: float) -> _Asked | None:
        asked = self._asked.get(key)
        return asked if asked is not None and 0 <= at - asked.at < _WAITS else None

    def _answer(self, fact: HttpAnswered, network: Network) -> Iterable[Finding]:
        key = (fact.dst, fact.src, fact.sport)
        asked = self._question(key, fact.at)
        said = fact.content_type.partition(";")[0].strip().lower()
        if not fact.body:
            self._types.put(key, (fact.at, said))
        what = fact.body if fact.body in _OPENS else ""
        if not what and asked and asked.program == "script" and fact.body in ("", "text"):
            what = "" if said == "text/html" else "script"
        if not what and asked and said in _SAID and fact.body == "":
            what = "program"
        if not what or not network.is_home(fact.dst):
            return ()
        return self._tell(fact, what, said, asked, network)

    def _file(self, fact: FileBegun, network: Network) -> Iterable[Finding]:
        key = (fact.dst, fact.src, fact.sport)
        asked = self._question(key, fact.at)
        at, said = self._types.get(key) or (0.0, "")
        return self._tell(
            fact, fact.kind, said if 0 <= fact.at - at < _WAITS else "", asked, network
        )

    def _tell(
        self,
        fact: HttpAnswered | FileBegun,
        what: str,
        said: str,
        asked: _Asked | None,
        network: Network,
    ) -> Iterator[Finding]:
        host = (asked.host if asked else "") or network.name_of(fact.src) or fact.src
        if (asked and not asked.fetches) or any(
            sends_programs(name) for name in (host, network.name_of(fact.src)) if name
        ):
            return
        hidden = what == "program" and said.startswith(_HIDDEN)
        mac = network.holder(fact.dst) or (asked.mac if asked else None)
        told = self._told.get((mac or fact.mac, host, hidden))
        if mac is None or (told is not None and 0 <= fact.at - told < DAY):
            return
        self._told.put((mac, host, hidden), fact.at)
        is_firmware = host != fact.src and not hidden and kind_of(mac, network) in _THINGS
        yield Finding(
            detector=self.about.id,
            at=fact.at,
            about=mac,
            key=(self.about.id, mac, host),
            words={"host": host, "what": _SPELT[what], "said": said or "-"},
            severity=Severity.DANGER if hidden else Severity.NOTICE if is_firmware else None,
            peer=host,
            src_ip=fact.dst,
            dest_ip=fact.src,
        )
