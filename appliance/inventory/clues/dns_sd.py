"""Services announced by mDNS (RFC 6763): their types, and the texts that describe them.

Instances' names are left out, people give them: "Chambre de Marie". Of texts only the keys
that name maker, model or category are looked at: Apple, "Bonjour Printing Specification" 1.2.1,
section 9; HomeKit Accessory Protocol, section 6.4; ``md`` of Google Cast and ``am`` of AirPlay
have no public papers.
"""

import re
from collections.abc import Iterator

from appliance.facts import NameAnswered, Record
from appliance.inventory.clues.clue import LONGEST_VOTE, Clue, of
from appliance.knowledge.hint import MEDIUM, Source
from appliance.knowledge.names import descriptions, names

_A, _PTR, _TXT, _AAAA, _SRV = 1, 12, 16, 28, 33
_SERVICE = re.compile(r"(?:^|\.)(_[a-z0-9_-]{1,20}\._(?:tcp|udp))\.local$")
_ALL = "_dns-sd._udp"
_MODEL = frozenset(("ty", "usb_mdl", "mdl", "md", "model", "am"))
_MAKER = frozenset(("usb_mfg", "mfg", "manufacturer"))
_CATEGORY = frozenset(("ci",))
_KEYS = _MODEL | _MAKER | _CATEGORY
_PRINTING = frozenset(("_ipp._tcp", "_ipps._tcp", "_printer._tcp", "_pdl-datastream._tcp"))
_SHARED = ("printer-type=", "printer-state=")
"""Keys that CUPS adds: what is announced is a queue of this computer, not a printer."""
_SOFTWARE = ("_airplay._tcp", "_raop._tcp")
"""Many makers' televisions and loudspeakers speak Apple's protocol, and name their own models."""


def read(fact: NameAnswered) -> Iterator[Clue]:
    """Give the services in an answer."""
    if fact.protocol != "mdns" or _is_of_others(fact):
        return
    shares = any(text.startswith(_SHARED) for record in fact.records for text in record.texts)
    for record in fact.records:
        service = _service(record)
        if record.ttl == 0 or not service or (shares and service in _PRINTING):
            continue
        for known in (names(), descriptions()):
            for hint in known.hints(Source.MDNS, service):
                yield of(hint, service)
        for text in record.texts:
            yield from _text(service, text)


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


def _text(service: str, text: str) -> Iterator[Clue]:
    key, _, value = text.partition("=")
    key, value = key.lower(), value.strip()[:LONGEST_VOTE]
    if key not in _KEYS or not value:
        return
    says = f"{service} {key}={value}"
    for hint in descriptions().hints(Source.MDNS, says):
        yield of(hint, says)
    if key in _MODEL:
        yield Clue(Source.MDNS, says, MEDIUM, model=value)
    elif key in _MAKER:
        yield Clue(Source.MDNS, says, MEDIUM, maker=value)
