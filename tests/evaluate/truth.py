"""What a row of a list states of devices, read out of its prose. Pure.

Three ways of saying it are understood:

- a phrase right before an address, anywhere: ``the PACS 192.0.2.10, modality .20``;
- one item after ``inventory:`` in what is expected: ``inventory: Android phone``, perhaps with the
  hardware address in brackets; else it is about the address that the row names as its subject;
- where the row is there for the sake of identification, or of whom a list has an inventory item
  that says nothing, the words that the truth begins with: ``iPhone joining a hotspot``.

Whatever else a row says is not judged, and why is told: better to judge less than wrongly.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tests.evaluate.words import Claim, understand

ABOUT_DEVICES = "device-id"
"""The category of rows that are there for the sake of identification."""

_IP = r"\d{1,3}(?:\.\d{1,3}){3}"
_MAC = r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}"
_ADDRESSED = re.compile(rf"(?P<phrase>[A-Za-z][\w /-]*?) (?P<ip>{_IP}|\.\d{{1,3}})(?![\w.])")
_ITEM = re.compile(r"inventory: (?P<item>[^;]*)")
_CONNECTIVE = re.compile(
    r"\b(?:against|and|at|behind|by|for|from|in|of|on|or|over|to|towards|via|with|"
    r"joining|opens|searching|using|writing|reading)\b"
)
_END_OF_HEAD = re.compile(r"[;:,(]|\. ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a row says of one device."""

    who: str
    """Its hardware address or address; empty: the only device that it can be."""
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What could be read of one row."""

    statements: tuple[Statement, ...] = ()
    unclear: str = ""
    """Why nothing is judged although the row may speak of a device; empty: it does not."""


def read(row: Mapping[str, str]) -> Reading:
    """Read a *row* with the columns category, truth, expected and victim_or_subject_ip."""
    truth, expected = row["truth"], row["expected"]
    subject = _subject(row["victim_or_subject_ip"])
    found = dict(_addressed(truth)) | dict(_addressed(expected))
    items = _items(expected)
    wanted = row["category"] == ABOUT_DEVICES or "inventory" in expected
    if not wanted:
        return Reading(statements=_statements(found))
    if len(items) > 1:
        return _or_unclear(found, "names several devices, and not which is which")
    named = re.search(_MAC, items[0].lower()) if items else None
    who = named[0] if named else subject
    claim = understand(_described(items[0])) if items else Claim()
    if claim.of_several:
        return _or_unclear(found, "speaks of several devices")
    claim = claim.with_more(found.get(who, Claim()))
    head = understand(_head(truth))
    if not head.of_several and who not in found:
        claim = claim.with_more(head)
    if claim:
        return Reading(statements=_statements(found | {who: claim}))
    return _or_unclear(found, "names no kind, maker or system that the vocabulary has")


def _or_unclear(found: Mapping[str, Claim], why: str) -> Reading:
    statements = _statements(found)
    return Reading(statements=statements, unclear="" if statements else why)


def _statements(found: Mapping[str, Claim]) -> tuple[Statement, ...]:
    return tuple(
        Statement(who=who, claim=replace(claim, of_several=False)) for who, claim in found.items()
    )


def _addressed(text: str) -> Iterator[tuple[str, Claim]]:
    """Give what is said right before each address; ``.20`` has the net of the one before it."""
    net = ""
    for found in _ADDRESSED.finditer(text):
        ip = net + found["ip"] if found["ip"].startswith(".") else found["ip"]
        net = ip.rpartition(".")[0]
        claim = understand(_CONNECTIVE.split(found["phrase"])[-1])
        if claim and not claim.of_several:
            yield ip, claim


def _items(expected: str) -> list[str]:
    """Give what stands after ``inventory:``, device by device."""
    items = _ITEM.findall(expected)
    return [part.strip() for item in items for part in re.split(r"\s\+\s|,\s", item)]


def _described(item: str) -> str:
    """Give what an item says the device is: behind ``identify vendor/type of``, up to "behind"."""
    return _CONNECTIVE.split(re.sub(r"^identify [\w/]+ of ", "", item))[0]


def _head(truth: str) -> str:
    """Give the words that *truth* begins with, as far as they are of one thing."""
    about = re.sub(r"^[\w -]*traffic of ", "", truth)
    return _CONNECTIVE.split(_END_OF_HEAD.split(about)[0])[0]


def _subject(told: str) -> str:
    """Give the whole address that a subject column holds; empty for a pattern or nothing."""
    found = re.fullmatch(_IP, told.strip()) or re.search(_MAC, told.lower())
    return found[0] if found else ""
