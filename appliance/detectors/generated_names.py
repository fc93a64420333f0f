"""A machine looks for many names that nobody has registered and nobody would choose.

What it sees
    Answers by DNS that say "no such name", and who had asked.

Why it matters
    A malicious program that must find its master although others take its
    names away makes up new ones each day, by a rule that the master knows,
    and tries them one after the other. Most of them do not exist.

How it decides
    `Limits.names` different registered domains that do not exist, asked for
    by one machine within `Limits.seconds`, are a finding when they look drawn
    by lot and are more than half of all its domains that do not exist. A name
    looks so when its registered label has `Limits.length` letters and digits or
    more and neighbouring letters are rarer, in the mean, than
    `Limits.surprise` bits (of words one in a thousand are, of names of firms
    a few in a hundred, of letters drawn by lot nine in ten); or when it is a
    number in hexadecimal. Only the registered domain counts: a browser's probes have
    none, and a search suffix, a block list, a reputation service have one
    for all names below it. Only questions for addresses count, so that a
    mail server may check what senders claim. Who asks first is told of, not
    the server that passes the question on.

What it misses
    Names made of words or of syllables; generators that try few names, or
    names below domains that exist; names that all exist; questions through an
    encrypted resolver (DNS over HTTPS).

When it is wrong
    A filter against advertising that answers "no such name" for many of its
    short-lived domains; a program that checks lists of dead links.

Sources
    MITRE ATT&CK T1568.002; Slips warns at 10 names that do not exist,
    Maltrail at 20 in an hour; ``data/letters.toml``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from appliance.detectors.askers import Askers
from appliance.detectors.base import About, Network, limit
from appliance.detectors.windows import Distinct
from appliance.durations import DAY
from appliance.facts import Fact, NameAnswered, NameAsked
from appliance.knowledge.domains import carries_questions, registered
from appliance.knowledge.letters import surprise
from appliance.model import Finding, Mac, Severity
from appliance.stages import Stage

_NO_SUCH_NAME = 3
"""RCODE (RFC 1035 section 4.1.1)."""
_ADDRESSES = frozenset((1, 28, 65))
"""A, AAAA, HTTPS: somebody wants to go there."""
_HEXADECIMAL = re.compile(r"(?=.*[0-9])(?=.*[a-f])[0-9a-f]{8,}").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    names: int = limit(
        10, "different domains that do not exist and look drawn by lot", minimum=3, maximum=1000
    )
    length: int = limit(
        7,
        "signs of a label to be judged; shorter ones are often abbreviations",
        minimum=5,
        maximum=30,
    )
    surprise: float = limit(
        6.0, "bits of mean surprise at a letter from which on they do", minimum=4.5, maximum=9.0
    )
    seconds: float = limit(
        600.0, "seconds within which they are asked for", minimum=10.0, maximum=DAY
    )
    machines: int = limit(512, "machines remembered at once", minimum=16, maximum=4096)


class GeneratedNames:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="generated_names",
        severity=Severity.WARNING,
        attack=("T1568.002",),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(NameAsked, NameAnswered),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._askers = Askers(limits.machines * 4)
        self._absent, self._random = (
            Distinct[Mac, str](
                seconds=limits.seconds, keys=limits.machines, values=max(1024, limits.names)
            )
            for _ in range(2)
        )

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when a machine asked for one made-up name too many."""
        if isinstance(fact, NameAsked):
            if fact.protocol == "dns":
                self._askers.asked(fact)
        elif isinstance(fact, NameAnswered):
            absent = fact.code == _NO_SUCH_NAME and fact.type in _ADDRESSES
            if absent and fact.protocol == "dns" and not network.is_outside(fact.dst):
                return self._hear(fact, self._askers.whom(fact) or network.holder(fact.dst))
        return ()

    def dropped(self) -> int:
        """Machines forgotten early."""
        return self._absent.dropped + self._random.dropped

    def _hear(self, fact: NameAnswered, mac: Mac | None) -> Iterator[Finding]:
        domain = registered(fact.name)
        if mac is None or not domain or carries_questions(fact.name, domain):
            return
        absent, _ = self._absent.add(mac, domain, fact.at)
        if not self._looks_random(domain.partition(".")[0]):
            return
        count, new = self._random.add(mac, domain, fact.at)
        if new and count % self._limits.names == 0 and count * 2 > absent:
            yield Finding(
                detector=self.about.id,
                at=fact.at,
                about=mac,
                key=(self.about.id, mac),
                words={"names": str(count), "example": domain},
                src_ip=fact.dst,
                dest_ip=fact.src,
            )

    def _looks_random(self, label: str) -> bool:
        if len(label) < self._limits.length or label.startswith("xn--"):
            return False
        return surprise(label) >= self._limits.surprise or _HEXADECIMAL(label) is not None
