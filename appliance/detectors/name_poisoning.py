"""One machine answers everybody's questions for names.

What it sees
    Questions for the addresses of host names that go to everybody here
    (LLMNR, NetBIOS, mDNS), and the answers to them.

Why it matters
    A computer that finds no server by name asks its neighbours. Whoever says
    "that is me" is believed, and is sent the user's password, or what stands
    for it. Attackers begin with that: the tool waits, and needs no hole.

How it decides
    A machine answers for itself. One that answered questions of others with
    one and the same address for several different names is a finding:
    `Limits.llmnr_names` by LLMNR, where there is one name to a machine,
    `Limits.nbns_names` by NetBIOS, `Limits.mdns_names` by mDNS, within
    `Limits.seconds`. The name ``wpad``, by which browsers look for a proxy, is
    one at once: nobody here is called that. Each further name adds to it, and
    each minute in which it goes on.
    Names count by their first label, by mDNS without a number behind it. Not
    counted are names that the machine announced, registered or probed before
    it was asked, names that browsers make up for a video call, and answers to
    questions sent to that machine alone. Who answers for others with *their*
    addresses, one name to each, as a NetBIOS name server, a repeater of mDNS
    or a proxy for sleeping computers does, is doing its work.

What it misses
    A poisoner that answers one name only, or announces each name first;
    answers that do not pass the mirror port (they go to the asker alone);
    answers of a false DNS server.

When it is wrong
    A server of web programs that gives itself many names and announced them
    before the box was there; a computer that changed its name within the hour.

Sources
    RFC 4795 (LLMNR) sections 2.3 and 4; RFC 1002 section 4.2; RFC 6762 (mDNS)
    sections 8 and 17; names made up for calls: draft-ietf-mmusic-mdns-ice-candidates;
    MITRE ATT&CK T1557.001.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import Fact, NameAnswered, NameAsked
from appliance.memory import Memory
from appliance.model import Finding, Ip, Mac, Severity
from appliance.stages import Stage

_A, _AAAA, _NB, _ANY = 1, 28, 32, 255
_ADDRESSES = frozenset((_A, _AAAA, _NB))
_ASKS = _ADDRESSES | {_ANY}
_PROXY = "wpad"
_WAITS = 5.0
"""Seconds within which an answer belongs to a question; askers repeat theirs after 1 to 4."""
_AGAIN = 60.0
"""Seconds after which a name told already is told again: it goes on."""
_OWN_FOR = 30 * DAY
"""Seconds for which a machine is known by a name that it announced."""
_SHORTENED = 15
"""Characters that NetBIOS keeps of a name."""
_SUFFIX = len("<20>")
_NUMBERED = re.compile(r"(?:-|\\032\(?)\d{1,3}\)?$")
"""What a machine adds when its name is taken (RFC 6762 section 9)."""
_MADE_UP = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local").fullmatch
_SHOWN = 3
"""Names shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    llmnr_names: int = limit(
        2,
        "names that one machine answers for by LLMNR; honest ones have one",
        minimum=2,
        maximum=64,
    )
    nbns_names: int = limit(
        3,
        "names that one machine answers for by NetBIOS; servers may have a second",
        minimum=2,
        maximum=64,
    )
    mdns_names: int = limit(
        5,
        "names that one machine answers for by mDNS; servers may have a few",
        minimum=2,
        maximum=64,
    )
    seconds: float = limit(
        3600.0, "seconds within which they are answered for", minimum=10.0, maximum=DAY
    )
    names: int = limit(
        1024, "questions, and answering machines, remembered at once", minimum=64, maximum=65_536
    )


class NamePoisoning:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="name_poisoning",
        severity=Severity.DANGER,
        attack=("T1557.001",),
        stage=Stage.SPREADING,
        limits=Limits,
        sees=(NameAsked, NameAnswered),
    )

    def __init__(self, limits: Limits) -> None:
        self._most = {
            "llmnr": limits.llmnr_names,
            "nbns": limits.nbns_names,
            "mdns": limits.mdns_names,
        }
        self._asked: Memory[tuple[str, str], NameAsked] = Memory(limits.names)
        """By protocol and name, who asked everybody last."""
        self._own: Distinct[Mac, str] = Distinct(seconds=_OWN_FOR, keys=limits.names, values=32)
        self._answered: Distinct[tuple[Mac, Ip, str], str] = Distinct(
            seconds=limits.seconds, keys=limits.names, values=64
        )
        self._told: Memory[Mac, float] = Memory(limits.names)
        self._names: Memory[Mac, tuple[str, ...]] = Memory(limits.names)
        """The names that each answered for last."""

    def see(self, fact: Fact, network: Network) -> Iterator[Finding]:
        """Yield a finding when *fact* answers for one name too many."""
        if isinstance(fact, NameAsked):
            if fact.protocol in self._most and fact.type in _ASKS:
                self._note(fact, network)
        elif isinstance(fact, NameAnswered) and fact.protocol in self._most and not fact.code:
            for record in fact.records:
                if record.type in _ADDRESSES and record.value:
                    name = _plain(fact.protocol, record.name)
                    yield from self._judge(fact, name, Ip(record.value))

    def dropped(self) -> int:
        """Machines forgotten early."""
        return self._own.dropped + self._answered.dropped

    def _note(self, asked: NameAsked, network: Network) -> None:
        """Note who asked everybody for a name, and who asks because it wants that name."""
        name = _plain(asked.protocol, asked.name)
        if asked.type == _ANY:  # a probe: RFC 6762 section 8.1, RFC 4795 section 4.1
            self._own.add(asked.mac, name, asked.at)
        if network.holder(asked.dst) is None and not _MADE_UP(asked.name):
            self._asked.put((asked.protocol, name), asked)

    def _judge(self, answer: NameAnswered, name: str, ip: Ip) -> Iterator[Finding]:
        asked = self._asked.get((answer.protocol, name))
        unasked = asked is None or not 0 <= answer.at - asked.at <= _WAITS
        if asked is None or unasked or asked.mac == answer.mac:
            self._own.add(answer.mac, name, answer.at)
            return
        if self._own.has(answer.mac, name):
            return
        count, new = self._answered.add((answer.mac, ip, answer.protocol), name, answer.at)
        if new:
            others = (each for each in self._names.get(answer.mac) or () if each != name)
            self._names.put(answer.mac, (name, *others)[:_SHOWN])
        told = self._told.get(answer.mac)
        again = told is None or not 0 <= answer.at - told < _AGAIN
        if (new or again) and (name == _PROXY or count >= self._most[answer.protocol]):
            self._told.put(answer.mac, answer.at)
            yield Finding(
                detector=self.about.id,
                at=answer.at,
                about=answer.mac,
                key=(self.about.id, answer.mac),
                words={
                    "names": ", ".join(self._names.get(answer.mac) or ()),
                    "asker": asked.mac,
                    "ip": answer.src,
                },
                src_ip=answer.src,
                dest_ip=asked.src,
            )


def _plain(protocol: str, name: str) -> str:
    """Give what a machine is called by *name*, whatever the protocol adds to it."""
    called = name[:-_SUFFIX] if protocol == "nbns" else name.partition(".")[0]
    if protocol == "mdns":
        called = _NUMBERED.sub("", called)
    return called[:_SHORTENED]
