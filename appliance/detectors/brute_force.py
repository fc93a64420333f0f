"""Passwords are tried until one fits.

What it sees
    Logons that a server refuses or grants, where the protocol shows it (file
    sharing, HTTP, FTP, mail, directory, Kerberos, SQL Server, MySQL,
    PostgreSQL, VNC, Telnet). Of SSH and remote desktops, which hide it, how
    large conversations are: those without a logon end soon and small.

Why it matters
    A password that is short, old or used elsewhere is found in minutes by
    trying. Whoever has it works with the rights of its owner, and no alarm of
    the server rings.

How it decides
    `Limits.failures` refusals of one client by one server within
    `Limits.seconds` are a finding, or `Limits.accounts` accounts refused
    within `Limits.spray_seconds`; of SSH `Limits.ssh_calls` small
    conversations, of remote desktops `Limits.rdp_calls`. A logon that succeeds
    within `Limits.follows` after is the danger, unless that client was let in
    by that account before: then somebody corrected a password. A refusal
    counts where a password was offered: one HTTP page refused without is no
    try. Out of the practice's hours that is said as well; it weighs no more
    where one account is refused, which programs with an old password do all
    night, and is a danger where `Limits.accounts` are: nobody is there who
    could mistype so many. Of SSH, a client that was let in before does not count: its small
    conversations are a program's work.

What it misses
    Guessing slower than the limits, or spread over several clients; in one
    conversation, what comes behind its first twelve messages a side; forms of
    web pages, whose answer only people understand; all in TLS; an SSH or
    RDP logon that is ended at once; a mirror that shows one direction.

When it is wrong
    A program with an outdated password that tries it again every few seconds;
    slower ones, as of printers and mail programs, stay below the limits.
    Scripts that open many small SSH conversations, before a long one was
    seen. A password test that the technician makes.

Sources
    MITRE ATT&CK T1110.001, T1110.003; Zeek: FTP 20 failures in 15 minutes, SSH
    30 in 30 minutes; Slips: 9 SSH attempts, sizes of conversations; Microsoft,
    "Account lockout threshold": 10.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import ClassVar, NamedTuple

from appliance.detectors.base import About, Network, limit
from appliance.detectors.hidden_logons import RDP, SSH, HiddenLogons
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import (
    BannerHeard,
    Fact,
    FlowDelta,
    HttpAnswered,
    LogonAsked,
    LogonJudged,
    RdpAnswered,
)
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_NEEDS_QUESTION = frozenset(("http", "ftp", "pop3", "imap"))
"""Their refusals may refer to something else than a password that was offered."""
_NOBODY = "anonymous"
_UNAUTHORIZED = 401
_GRANTED = range(200, 400)
_AGAIN = 60.0
"""Seconds after which what was told is told again: it goes on."""
_SHOWN = {"smb": "SMB", "http": "HTTP", "ftp": "FTP", "pop3": "POP3", "imap": "IMAP"} | {
    "smtp": "SMTP",
    "ldap": "LDAP",
    "kerberos": "Kerberos",
    "tds": "SQL Server",
    "mysql": "MySQL",
    "vnc": "VNC",
    "postgresql": "PostgreSQL",
    "telnet": "Telnet",
    SSH: "SSH",
    RDP: "RDP",
}
_MOST = 512
"""Refusals counted at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    failures: int = limit(20, "refusals of one client by one server", minimum=3, maximum=_MOST)
    ssh_calls: int = limit(
        6, "small conversations by SSH, of up to six tries each", minimum=3, maximum=_MOST
    )
    rdp_calls: int = limit(
        12, "small conversations by RDP, whose own client makes two a try", minimum=3, maximum=_MOST
    )
    seconds: float = limit(
        300.0, "seconds within which those are counted", minimum=10.0, maximum=DAY
    )
    accounts: int = limit(
        5, "accounts that one server refuses to one client", minimum=2, maximum=64
    )
    spray_seconds: float = limit(
        1800.0, "seconds within which accounts are counted", minimum=10.0, maximum=DAY
    )
    follows: float = limit(
        600.0,
        "seconds after the last refusal in which a success counts",
        minimum=1.0,
        maximum=DAY,
    )
    pairs: int = limit(
        2048,
        "clients and servers, and their conversations, remembered at once",
        minimum=64,
        maximum=65_536,
    )


class _Pair(NamedTuple):
    """Who tries to get in where, and how."""

    client: Ip
    server: Ip
    protocol: str


class _Question(NamedTuple):
    """What a client asked last in a conversation."""

    protocol: str
    account: str
    proof: bool
    mac: Mac


class BruteForce:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="brute_force",
        severity=Severity.WARNING,
        attack=("T1110.001", "T1110.003"),
        stage=Stage.SPREADING,
        limits=Limits,
        sees=(LogonAsked, LogonJudged, HttpAnswered, BannerHeard, RdpAnswered, FlowDelta),
        worse_at_night=True,
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._most = {SSH: limits.ssh_calls, RDP: limits.rdp_calls}
        self._numbers = count()
        self._questions: Memory[tuple[Ip, Ip, int, int], _Question] = Memory(limits.pairs)
        self._hidden = HiddenLogons(limits.pairs)
        self._refused: Distinct[_Pair, int] = Distinct(
            seconds=limits.seconds, keys=limits.pairs, values=_MOST
        )
        self._accounts: Distinct[_Pair, str] = Distinct(
            seconds=limits.spray_seconds, keys=limits.pairs, values=64
        )
        self._last: Memory[_Pair, tuple[float, float, int]] = Memory(limits.pairs)
        """Of what is told: when it last failed, when that was last told, and how often it did."""
        self._senders: Memory[_Pair, Mac] = Memory(limits.pairs)
        """Who sent the frames, for where nobody is known to hold either address."""
        self._known: Memory[tuple[_Pair, str], bool] = Memory(limits.pairs)
        """Who was let in, by which account."""

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Give a finding when *fact* is one try too many, or a success after."""
        if isinstance(fact, FlowDelta):
            protocol = self._hidden.protocol(fact)
            return self._weigh(fact, protocol, network) if protocol else ()
        if isinstance(fact, LogonAsked):
            self._note(fact)
        elif isinstance(fact, LogonJudged):
            return self._judged(fact, fact.protocol, network, succeeded=fact.succeeded)
        elif isinstance(fact, HttpAnswered):
            if fact.status == _UNAUTHORIZED or fact.status in _GRANTED:
                return self._judged(fact, "http", network, succeeded=fact.status in _GRANTED)
        elif isinstance(fact, RdpAnswered | BannerHeard):
            self._hidden.note(fact)
        return ()

    def dropped(self) -> int:
        """Pairs and conversations forgotten early."""
        memories = (self._questions, self._last, self._senders, self._known)
        counts = (self._hidden, self._refused, self._accounts)
        return sum(it.dropped for it in (*memories, *counts))

    def _note(self, asked: LogonAsked) -> None:
        key = (asked.src, asked.dst, asked.sport, asked.dport)
        before = self._questions.get(key)
        account = asked.account
        if not account and before is not None and before.protocol == asked.protocol:
            account = before.account
        self._questions.put(key, _Question(asked.protocol, account, asked.proof, asked.mac))

    def _judged(
        self, fact: LogonJudged | HttpAnswered, protocol: str, network: Network, *, succeeded: bool
    ) -> Iterator[Finding]:
        key = (fact.dst, fact.src, fact.dport, fact.sport)
        question = self._questions.get(key)
        if question is not None and question.protocol == protocol:
            if not question.proof and succeeded:
                return
            self._questions.put(key, question._replace(proof=False))
            offered, account, mac = question.proof or not succeeded, question.account, question.mac
        else:
            offered, account = protocol not in _NEEDS_QUESTION and not succeeded, ""
            mac = fact.mac
        pair = _Pair(fact.dst, fact.src, protocol)
        self._senders.put(pair, mac)
        if not offered or account == _NOBODY:
            return
        if succeeded:
            yield from self._let_in(pair, account, fact.at, network)
        else:
            yield from self._turned_away(pair, account, fact.at, network)

    def _weigh(self, delta: FlowDelta, protocol: str, network: Network) -> Iterator[Finding]:
        """Judge a conversation whose logon is hidden by how much was said."""
        entered, pair = self._hidden.weigh(delta), _Pair(delta.src, delta.dst, protocol)
        if entered is None:
            return
        self._senders.put(pair, delta.mac)
        if entered:
            yield from self._let_in(pair, "", delta.at, network)
        elif (pair, "") not in self._known:
            yield from self._turned_away(pair, "", delta.at, network)

    def _turned_away(
        self, pair: _Pair, account: str, at: float, network: Network
    ) -> Iterator[Finding]:
        tries, _ = self._refused.add(pair, next(self._numbers), at)
        accounts, new = self._accounts.add(pair, account, at) if account else (0, False)
        last = self._last.get(pair)
        if last is not None and abs(at - last[0]) <= self._limits.follows:
            _, told, total = last
            total += 1
        elif tries >= self._most.get(pair.protocol, self._limits.failures) or (
            new and accounts >= self._limits.accounts
        ):
            told, total = at - _AGAIN, max(tries, accounts)
        else:
            return
        tell = abs(at - told) >= _AGAIN
        self._last.put(pair, (at, at if tell else told, total))
        if tell:
            yield from self._tell(pair, at, total, network, entered=False)

    def _let_in(self, pair: _Pair, account: str, at: float, network: Network) -> Iterator[Finding]:
        known, last = (pair, account) in self._known, self._last.get(pair)
        self._known.put((pair, account), True)
        if last is None or known:
            return
        self._last.pop(pair)
        if 0 <= at - last[0] <= self._limits.follows:
            yield from self._tell(pair, at, last[2], network, entered=True)

    def _tell(
        self, pair: _Pair, at: float, tries: int, network: Network, *, entered: bool
    ) -> Iterator[Finding]:
        client, server = network.holder(pair.client), network.holder(pair.server)
        about = client or server or self._senders.get(pair)
        if about is None:
            return
        accounts = self._accounts.count(pair, at)
        caller = client or network.name_of(pair.client) or pair.client
        target = server or network.name_of(pair.server) or pair.server
        yield Finding(
            detector=self.about.id,
            at=at,
            about=about,
            key=(self.about.id, about, *pair),
            severity=Severity.DANGER if entered else None,
            words={
                "client": caller,
                "target": target,
                "protocol": _SHOWN.get(pair.protocol, pair.protocol),
                "tries": str(tries),
                "accounts": str(accounts),
                "entered": "1" if entered else "0",
            },
            graver_at_night=accounts >= self._limits.accounts,
            peer=caller if about == server else target,
            src_ip=pair.client,
            dest_ip=pair.server,
        )
