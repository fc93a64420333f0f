"""What a fact says of the device that sent it: the names it goes by, and what it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appliance.facts import DhcpAsked, HttpAsked, NameAnswered, SsdpHeard

_A, _AAAA = 1, 28
_WINDOWS_WORKSTATION = "<00>"
_WINDOWS_FILE_SERVER = "<20>"
_REVERSE = (".arpa",)
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """Something a device said of itself."""

    source: str
    says: str
    weight: int
    name: str = ""
    """What it calls itself, when the clue is a name."""


def clues(
    fact: DhcpAsked | NameAnswered | SsdpHeard | HttpAsked,
) -> Iterator[Clue]:
    """Give the clues in *fact*."""
    match fact:
        case NameAnswered(protocol="dns"):
            pass  # it speaks of others
        case DhcpAsked():
            yield from _dhcp(fact)
        case NameAnswered():
            for record in fact.records:
                if record.type in (_A, _AAAA) and record.value == fact.src:
                    yield from _named(fact.protocol, record.name, 60)
                elif fact.protocol == "nbns" and record.value == fact.src:
                    yield from _netbios(record.name)
        case SsdpHeard() if fact.method != "search" and fact.server:
            yield Clue(source="ssdp", says=fact.server, weight=30)
        case HttpAsked() if fact.user_agent:
            yield Clue(source="http", says=fact.user_agent, weight=10)
        case _:
            pass


def _dhcp(fact: DhcpAsked) -> Iterator[Clue]:
    if fact.hostname:
        yield from _named("dhcp", fact.hostname, 80)
    if fact.vendor_class:
        yield Clue(source="dhcp", says=fact.vendor_class, weight=30)
    if fact.parameters:
        asked = ",".join(str(each) for each in fact.parameters)
        yield Clue(source="dhcp_parameters", says=asked, weight=20)


def _netbios(name: str) -> Iterator[Clue]:
    if name.endswith((_WINDOWS_WORKSTATION, _WINDOWS_FILE_SERVER)):
        yield from _named("nbns", name[:-4], 50)


def _named(source: str, name: str, weight: int) -> Iterator[Clue]:
    short = name.removesuffix(".").removesuffix(".local")
    if _NAME.fullmatch(short) and not short.endswith(_REVERSE):
        yield Clue(source=source, says=short, weight=weight, name=short)
