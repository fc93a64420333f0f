"""With whom a device talks: each other side once per service, and whether it may."""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_network

from flask import request

from appliance.addresses import Home, Place
from appliance.durations import DAY
from appliance.model import Device, Mac
from appliance.roles import Outside, roles
from appliance.store import Talk
from web.box import here
from web.wording import Names

PER_PAGE = 25

REFUSALS = 200
"""Alerts looked through for sides that the device may not talk to."""

PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One other side, over one service."""

    peer: str
    """What it is called, else its address."""
    address: str
    mac: Mac | None
    """That of a device here that has a page."""
    outside: bool
    service: str
    began: bool
    sent: int
    got: int
    first_at: float
    last_at: float
    may: str
    """``yes``, ``no``, or ``free`` where nothing limits the device: a key of the texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """A page of them."""

    lines: tuple[Line, ...]
    count: int
    page: int
    pages: int
    since: float
    whole: bool
    """All of the last day was gone through."""


def talks(device: Device, names: Names, now: float) -> Talks:
    """Give the page of *device*'s conversations that the reader asks for."""
    found = here().reader.days.talks(device, now - DAY)
    pages = max(1, -(-len(found.what) // PER_PAGE))
    page = min(max(1, request.args.get("talks", 1, type=int)), pages)
    shown = found.what[(page - 1) * PER_PAGE :][:PER_PAGE]
    home = Home(map(ip_network, here().config.home.networks))
    refused = _refused(device)
    macs = {mac for one in here().reader.devices() for mac in (one.mac, *one.also)}
    return Talks(
        lines=tuple(line(each, device, names, home, refused, macs) for each in shown),
        count=len(found.what),
        page=page,
        pages=pages,
        since=found.since,
        whole=found.whole,
    )


def line(  # noqa: PLR0913, PLR0917 - what a line is made of
    talk: Talk,
    device: Device,
    names: Names,
    home: Home,
    refused: Collection[str],
    macs: Collection[Mac],
) -> Line:
    """Give *talk* of *device* in words; *refused* are addresses that an alert was about."""
    outside = home.place(talk.peer) is Place.OUTSIDE
    protocol = PROTOCOLS.get(talk.proto, str(talk.proto))
    return Line(
        peer=names.name(talk.peer),
        address=talk.peer,
        mac=talk.peer_mac if not outside and talk.peer_mac in macs else None,
        outside=outside,
        service=f"{protocol} {talk.dport}" if talk.proto in (6, 17) else protocol,
        began=talk.began,
        sent=talk.sent,
        got=talk.got,
        first_at=talk.first_at,
        last_at=talk.last_at,
        may=may(device.role, talk.peer, refused) if outside else "free",
    )


def may(role: str, address: str, refused: Collection[str]) -> str:
    """Tell whether a device with the purpose *role* may talk to an outside *address*.

    The names of hosts are not kept with conversations: where only some are allowed, an alert tells
    that this was none of them (*refused*).
    """
    policy = roles().get(role)
    if policy is None or policy.outside is Outside.ANY:
        return "free"
    return "no" if address in refused else "yes"


def _refused(device: Device) -> frozenset[str]:
    """Give the other sides of the alerts that *device* went where it may not."""
    found = here().reader.alerts(mac=device.mac, detector="off_limits", limit=REFUSALS)
    ends = (end for alert in found for end in (alert.src_ip, alert.dest_ip, *alert.peers))
    return frozenset(str(end) for end in ends if end) - set(device.addresses)
