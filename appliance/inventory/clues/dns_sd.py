"""Services announced by mDNS (RFC 6763): their types, and the texts that describe them.

Instances' names are not shown, people give them: "Chambre de Marie". Some are the model of the
device, and that tells. Of texts only the keys
that name maker, model or category are looked at: Apple, "Bonjour Printing Specification" 1.2.1,
section 9; HomeKit Accessory Protocol, section 6.4; ``md`` of Google Cast and ``am`` of AirPlay
have no public papers.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from appliance.facts import NameAnswered, Record
from appliance.inventory.clues.clue import LONGEST_VOTE, Clue, of
from appliance.knowledge.hint import MEDIUM, Source
from appliance.knowledge.names import descriptions, models, names

_A, _PTR, _TXT, _AAAA, _SRV = 1, 12, 16, 28, 33
_SERVICE = re.compile(r"(?:^|\.)(_[a-z0-9_-]{1,20}\._(?:tcp|udp))\.local$")
_ALL = "_dns-sd._udp"
_MODEL = frozenset(("ty", "usb_mdl", "mdl", "md", "model", "am"))
_MAKER = frozenset(("usb_mfg", "mfg", "manufacturer"))
_CATEGORY = frozenset(("ci",))
_KEYS = _MODEL | _MAKER | _CATEGORY
_REMEMBERED = 1024
"""Services and texts whose clues are known already: they are announced again and again."""
_PRINTING = frozenset(("_ipp._tcp", "_ipps._tcp", "_printer._tcp", "_pdl-datastream._tcp"))
_SHARED = ("printer-type=", "printer-state=")
"""Keys that CUPS adds: what is announced is a queue of this computer, not a printer."""


def read(fact: NameAnswered) -> Iterable[Clue]:
    """Give the services in an answer."""
    return _read(fact) if fact.protocol == "mdns" and not _is_of_others(fact) else ()


def _read(fact: NameAnswered) -> Iterator[Clue]:
    shares = any(text.startswith(_SHARED) for record in fact.records for text in record.texts)
    for record in fact.records:
        service = _service(record)
        if record.ttl and service and not (shares and service in _PRINTING):
            yield from _of_service(service)
            yield from _of_instance(service, _instance(record, service))
            for text in record.texts:
                yield from _of_text(service, text)


def _is_of_others(fact: NameAnswered) -> bool:
    """Tell whether the answer speaks of other addresses and not of its sender's (a proxy's)."""
    own = _AAAA if ":" in fact.src else _A
    told = {record.value for record in fact.records if record.type == own and record.value}
    return bool(told) and fact.src not in told


def _service(record: Record) -> str:
    if record.type not in (_PTR, _SRV, _TXT):
        return ""
    found = _SERVICE.search(record.name)
    if found and found[1] == _ALL:
        found = _SERVICE.search(record.value)
    return found[1] if found else ""


@lru_cache(_REMEMBERED)
def _of_service(service: str) -> tuple[Clue, ...]:
    known = (names(), descriptions())
    return tuple(of(hint, service) for each in known for hint in each.hints(Source.MDNS, service))


def _instance(record: Record, service: str) -> str:
    """Give the name that somebody, or the maker, gave what offers *service*."""
    for name in (record.name, record.value if record.type == _PTR else ""):
        before, found, _ = name.partition(f".{service}.")
        if found:
            return before.replace("\\032", " ")
    return ""


@lru_cache(_REMEMBERED)
def _of_instance(service: str, instance: str) -> tuple[Clue, ...]:
    return tuple(of(hint, service) for hint in models().hints(Source.MDNS, instance))


@lru_cache(_REMEMBERED)
def _of_text(service: str, text: str) -> tuple[Clue, ...]:
    key, _, value = text.partition("=")
    key, value = key.lower(), value.strip()[:LONGEST_VOTE]
    if key not in _KEYS or not value:
        return ()
    says = f"{service} {key}={value}"
    clues = [of(hint, says) for hint in descriptions().hints(Source.MDNS, says)]
    if key in _MODEL:
        clues.append(Clue(Source.MDNS, says, MEDIUM, model=value))
    elif key in _MAKER:
        clues.append(Clue(Source.MDNS, says, MEDIUM, maker=value))
    return tuple(clues)
