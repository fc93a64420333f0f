"""Data leaves, or comes in, hidden in questions for host names.

What it sees
    Questions by DNS and their answers: the part of each name in front of the
    registered domain, the type of record asked for, and how much texts and
    names in an answer hold.

Why it matters
    Questions for names pass nearly every firewall. Whoever owns a domain can
    have a program write data into the names that it asks for, and read orders
    in the answers: a way out, and a remote control, that nothing else shows.

How it decides
    It adds up, for each machine and registered domain, what different names
    carry within `Limits.seconds`: `Limits.names` of them that carry
    `Limits.carried` characters are a finding. How long the part in front of
    the domain must be to count depends on the type. Types that nothing in a
    practice asks for (NULL, KEY, those for private use) always count; TXT,
    CNAME, MX, SRV and other rare ones from `Limits.rare` characters on; those
    that every page needs only from `Limits.daily` on, which no page's names
    have by the dozen. An answer of a rare type that holds `Limits.answer`
    characters counts as well. Names of services (``_ldap``) carry nothing:
    Windows domains and printers are looked for that way. Nor do numbers and
    single letters, which spell addresses. Names whose last label can be no
    top-level domain are taken together. Letters are not weighed: in twenty
    signs the entropy of words and of random is the same. Who asks first is
    told of, not the server that passes the question on.

What it misses
    A tunnel slower than the limits; one through an encrypted resolver (DNS
    over HTTPS); data in short ordinary questions, or in names that look like
    services; the content of NULL answers. What is asked below domains of
    large content networks, reputation services and makers of antivirus
    programs (``data/domains.csv``, ``data/hygiene_hosts.csv``): nobody else
    can serve names there.

When it is wrong
    A filter for mail or files that asks a reputation service which the table
    does not hold; a machine that resolves names for others by itself, when
    the questions of these are not heard.

Sources
    MITRE ATT&CK T1071.004, T1572; RFC 1035, RFC 6895 section 3.1 (types for
    private use); iodine, dns2tcp, dnscat2 and how they name things. RITA
    warns at 100 names below a domain in a day, Zeek's anomalous-dns at 9 in an
    hour.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar
from zlib import crc32

from appliance.detectors.askers import Askers
from appliance.detectors.base import About, Network, limit
from appliance.durations import DAY
from appliance.facts import Fact, NameAnswered, NameAsked
from appliance.knowledge.domains import carries_questions, registered
from appliance.memory import Memory
from appliance.model import Finding, Mac, Severity
from appliance.stages import Stage

_DAILY = frozenset((1, 2, 6, 12, 28, 43, 46, 48, 64, 65, 255))
"""A, NS, SOA, PTR, AAAA, DS, RRSIG, DNSKEY, SVCB, HTTPS, any: asked by every machine."""
_UNUSED = frozenset((10, 25, *range(65_280, 65_535)))
"""NULL, KEY and those for private use: asked by nothing in a practice."""
_KEPT = 8
"""Times `Limits.names` that are kept of a domain: short ones carry enough only together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers an installer may change."""

    names: int = limit(
        40, "different names below one domain that carry something", minimum=5, maximum=1000
    )
    carried: int = limit(
        1000, "characters that they carry together", minimum=100, maximum=1_000_000
    )
    rare: int = limit(
        7,
        "characters in front of a domain that count in questions of a rare type; more than a"
        " mail server's name has",
        minimum=1,
        maximum=200,
    )
    daily: int = limit(
        50,
        "characters that count in questions that every page needs; more than the names of content"
        " networks have",
        minimum=10,
        maximum=200,
    )
    answer: int = limit(
        100,
        "characters that count in an answer of a rare type; more than proof of ownership has",
        minimum=20,
        maximum=4096,
    )
    seconds: float = limit(
        600.0, "seconds within which they are asked for", minimum=10.0, maximum=DAY
    )
    pairs: int = limit(
        128, "pairs of machine and domain remembered at once", minimum=16, maximum=4096
    )


class _Hidden:
    """What the names below one domain carried of late."""

    __slots__ = ("carried", "names", "told")

    def __init__(self) -> None:
        self.names: OrderedDict[int, tuple[float, int]] = OrderedDict()
        """By checksum of a name, when it was heard and what it carries, the oldest first."""
        self.carried = 0
        self.told = 0
        """Names that earlier findings were made of."""

    def add(self, name: int, at: float, carried: int) -> None:
        _, before = self.names.pop(name, (at, 0))
        self.names[name] = (at, max(before, carried))
        self.carried += max(0, carried - before)

    def drop_oldest(self) -> None:
        _, (_, carried) = self.names.popitem(last=False)
        self.carried -= carried

    def tell(self) -> int:
        """Begin anew; give how many names there were in all."""
        self.told += len(self.names)
        self.names.clear()
        self.carried = 0
        return self.told


class DnsTunnel:
    """See the module's text."""

    about: ClassVar[About] = About(
        id="dns_tunnel",
        severity=Severity.WARNING,
        attack=("T1071.004", "T1572"),
        stage=Stage.CONTROL,
        limits=Limits,
        sees=(NameAsked, NameAnswered),
    )

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._askers = Askers(limits.pairs * 8)
        self._hidden: Memory[tuple[Mac, str], _Hidden] = Memory(limits.pairs)

    def see(self, fact: Fact, network: Network) -> Iterable[Finding]:
        """Yield a finding when the names below a domain carried too much."""
        if isinstance(fact, NameAsked):
            if fact.protocol == "dns" and not network.is_outside(fact.src):
                mac = self._askers.asked(fact)
                return self._hear(fact, mac, *self._carried(fact.name, fact.type))
        elif isinstance(fact, NameAnswered) and fact.protocol == "dns" and fact.records:
            mac_or_none, size = self._askers.whom(fact), _returned(fact)
            if mac_or_none is not None and size >= self._limits.answer:
                return self._hear(fact, mac_or_none, registered(fact.name), size)
        return ()

    def dropped(self) -> int:
        """Pairs forgotten early."""
        return self._hidden.dropped

    def _carried(self, name: str, kind: int) -> tuple[str, int]:
        """Give the registered domain of *name*, and how much is carried in front of it."""
        least = self._limits.daily if kind in _DAILY else self._limits.rare
        if len(name) < least and kind not in _UNUSED:
            return "", 0
        domain = registered(name)
        labels = name.removesuffix(domain).split(".")
        size = sum(len(label) for label in labels if len(label) > 1 and not label.isdigit())
        if kind not in _UNUSED and (size < least or any(label[:1] == "_" for label in labels)):
            return domain, 0
        return domain, size

    def _hear(
        self, fact: NameAsked | NameAnswered, mac: Mac, domain: str, size: int
    ) -> Iterator[Finding]:
        if not size or fact.name.endswith(".arpa") or carries_questions(fact.name, domain):
            return
        pair = (mac, domain)
        hidden = self._hidden.get(pair) or _Hidden()
        self._hidden.put(pair, hidden)
        hidden.add(crc32(fact.name.encode()), fact.at, size)
        while hidden.names and not (
            len(hidden.names) <= self._limits.names * _KEPT
            and 0 <= fact.at - next(iter(hidden.names.values()))[0] <= self._limits.seconds
        ):
            hidden.drop_oldest()
        if len(hidden.names) >= self._limits.names and hidden.carried >= self._limits.carried:
            asked = isinstance(fact, NameAsked)
            yield Finding(
                detector=self.about.id,
                at=fact.at,
                about=mac,
                key=(self.about.id, mac, domain),
                words={"names": str(hidden.tell()), "domain": domain or "?"},
                peer=domain,
                src_ip=fact.src if asked else fact.dst,
                dest_ip=fact.dst if asked else fact.src,
            )


def _returned(fact: NameAnswered) -> int:
    """Give how many characters an answer of a rare type holds."""
    if fact.type in _DAILY:
        return 0
    return sum(
        len(record.value) + sum(map(len, record.texts))
        for record in fact.records
        if record.type == fact.type
    )
