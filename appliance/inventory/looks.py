"""How a machine looks: the signs by which it is told from another one under the same address.

There are four kinds, independent of each other: ``dhcp`` (what its client asks for, and the class
it calls itself), ``name``, ``tcp`` (how it opens conversations) and ``system`` (the version of
Windows that it says in file sharing). A sign has a key, so that like is compared with like: lists
by version and kind of message, names and shapes by the address they came from.

Formats: RFC 2132 sections 9.8, 9.13; RFC 8415; RFC 9293 section 3.1; [MS-NLMP] 2.2.2.10.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from appliance.facts import DhcpAsked, NetbiosTold, NtlmHeard, TcpShape
from appliance.model import Device

VALUES = 8
"""What a machine may say at one key; one that has two drivers and two names says four things."""
_STARTING = re.compile(
    r"PXEClient|HTTPClient|AAPLBSDPC|iPXE|gPXE|Etherboot|U-Boot|udhcp|anaconda|d-i$|dracut"
    r"|Linux ipconfig",
    re.IGNORECASE,
)
"""Classes of programs that start or install a system."""
_FAMILY = re.compile(r"[^\d:]*")
"""Of a class what stays the same from version to version: ``MSFT``, ``android-dhcp-``."""
_LETTERS = frozenset("MSTW")
"""Options that the system sets; padding follows from them, others are set by programs."""
_LEAST = 2
"""A system sends so many of them; bare packets are a scanner's own."""
_LONGEST_NAME = 15
"""Characters of a NetBIOS name."""
_LEAVING = ("decline", "release")
_VERSION = re.compile(r"(\d+\.\d+)\.\d+")

Told: TypeAlias = DhcpAsked | TcpShape | NetbiosTold | NtlmHeard
Key: TypeAlias = tuple[str, ...]
"""The kind of sign, what of it, and where it was heard."""


def signs(fact: Told) -> Iterator[tuple[Key, str]]:
    """Give what *fact* says of what its sender is."""
    if isinstance(fact, DhcpAsked):
        yield from _of_client(fact)
        return
    # Version 6 makes up a new address every day.
    where = "6" if ":" in fact.src else fact.src
    if isinstance(fact, TcpShape):
        options = "".join(each for each in fact.options.split(",") if each in _LETTERS)
        if not fact.server and fact.away == 0 and len(options) >= _LEAST:
            yield ("tcp", "shape", where), f"{fact.ttl} {options}"
    elif isinstance(fact, NetbiosTold):
        if fact.name:
            yield ("name", "name", "netbios", where), _name(fact.name)
    elif fact.protocol == "smb":
        side = "server" if fact.server else "client"
        if fact.machine:
            yield ("name", "name", side, where), _name(fact.machine)
        if fact.build:
            yield ("system", "version", side, where), f"{fact.major}.{fact.minor}"


def _of_client(fact: DhcpAsked) -> Iterator[tuple[Key, str]]:
    if fact.message in _LEAVING:
        return
    where = (str(fact.version), fact.message)
    if fact.parameters:
        yield ("dhcp", "list", *where), ",".join(map(str, fact.parameters))
    match = _FAMILY.match(fact.vendor_class)
    if match and match[0]:
        yield ("dhcp", "class", *where), match[0]
    if fact.hostname:
        yield ("name", "name", "dhcp"), _name(fact.hostname)


def is_starting(fact: DhcpAsked) -> bool:
    """Tell whether a start-up program or an installer speaks, not the machine's own system."""
    return bool(_STARTING.match(fact.vendor_class) or _STARTING.match(fact.user_class))


def _name(name: str) -> str:
    return name.partition(".")[0].lower()[:_LONGEST_NAME]


def past(device: Device, at: float) -> dict[Key, tuple[str, ...]]:
    """Give what *device* is known by since before *at*, as after a restart."""
    found: dict[Key, tuple[str, ...]] = {}
    for each in device.evidence:
        if each.first_at >= at:
            continue
        if each.says in device.names:
            add(found, ("name", "name"), _name(each.says))
        elif each.source == "dhcp_parameters":
            add(found, ("dhcp", "list"), each.says)
        elif each.source == "ntlm" and (version := _VERSION.fullmatch(each.says)):
            add(found, ("system", "version"), version[1])
    return found


def add(to: dict[Key, tuple[str, ...]], key: Key, value: str) -> None:
    """Note *value* as the latest of those heard at *key*."""
    to[key] = (*(each for each in to.get(key, ()) if each != value), value)[-VALUES:]
