"""Whom a fact is about: its sender, unless it was only passed on, or another device.

A router puts its own hardware address on everything that it forwards. So what an address says is
believed of a hardware address only when that one holds it.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from appliance.facts import DhcpAsked, NeighbourTold, SmbSpoken
from appliance.model import NO_MAC, Ip, Mac


class Holders(Protocol):
    """Who holds which address (`appliance.inventory.holders`)."""

    def find(self, ip: Ip) -> Mac | None:
        """Give who holds *ip*."""

    def speaks(self, mac: Mac, ip: Ip) -> bool:
        """Tell whether what comes from *ip* by *mac* is of *mac* itself."""


class Sent(Protocol):
    """A fact read from a message between two addresses."""

    @property
    def mac(self) -> Mac:
        """Who sent the frame."""

    @property
    def src(self) -> Ip:
        """Who sent the message."""


class Addressed(Protocol):
    """A fact about whom the message went to."""

    @property
    def dst(self) -> Ip:
        """Whom it went to."""


Subject: TypeAlias = Callable[[Any, Holders], Mac | None]
"""Gives the device that a fact is about, or None when that is not known."""


def sender(fact: Sent, holders: Holders) -> Mac | None:
    """Give the device that sent *fact*, when it did so for itself."""
    return fact.mac if holders.speaks(fact.mac, fact.src) else None


def receiver(fact: Addressed, holders: Holders) -> Mac | None:
    """Give the inside device that *fact* was sent to."""
    return holders.find(fact.dst)


def file_server(fact: SmbSpoken, holders: Holders) -> Mac | None:
    """Give the device whose shares are spoken of, whichever side speaks."""
    return sender(fact, holders) if fact.server else receiver(fact, holders)


def client(fact: DhcpAsked, _: Holders) -> Mac:
    """Give the client of a DHCP message: it carries its hardware address also through a relay."""
    return fact.mac


def chassis(fact: NeighbourTold, _: Holders) -> Mac:
    """Give the device around the port that sent *fact*: such frames are never passed on."""
    return fact.mac if fact.chassis == NO_MAC else fact.chassis
