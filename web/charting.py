"""What the map shows: devices, what they say to each other, what is outside, where alerts are."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from appliance.durations import DAY
from appliance.model import Alert, AlertState, Device, Mac
from appliance.store import Pair
from web.beyond import Outside, beyond, by_device, inside
from web.box import here
from web.plan import ROOM, Item, Plan, Spot, band_of, curve, fit, lay_out, way_out
from web.roster import Entry, Roster, octets, of_device, rosters

MOST = 60
"""Devices that are drawn; a practice has forty, and more could not be read."""

GATEWAYS = 3
LINKS = 90
"""Lines between devices, those with most traffic."""

ALERTS = 200
"""Open alerts that are looked at."""

LEAST, WIDEST = 1.25, 6.0
"""Width of lines."""

BEYOND_ROOM = 190
"""Width that the name of something outside may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A device on the map."""

    entry: Entry
    spot: Spot
    name: str
    """As much of its name as there is room for."""
    place: str
    gateway: bool
    octets: int
    outside: int
    """Octets to and from the internet; both of the last day."""
    peers: tuple[Device, ...]
    """Whom it talked to here, most octets first."""
    beyond: tuple[str, ...]
    """Keys of what it uses outside."""
    alerts: tuple[Alert, ...]
    """Open ones about it, the worst first."""
    quiet: bool
    """Nothing was heard of it for a day."""

    @property
    def severity(self) -> str:
        """Of the worst alert: a key of the texts; empty without one."""
        return self.alerts[0].severity.name.lower() if self.alerts else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Something outside on the map."""

    key: str
    host: Outside
    name: str
    """As much of its name as there is room for."""
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line on the map."""

    path: str
    width: str
    what: str
    """``here``, ``out`` or ``alert``."""
    ends: tuple[str, ...]
    """Names of the devices that it joins, or of those that use it."""
    octets: int
    faint: bool
    """Another device was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The whole map."""

    plan: Plan
    nodes: tuple[Node, ...]
    beyond: tuple[Beyond, ...]
    links: tuple[Link, ...]
    left_out: int
    """Devices that are not drawn."""
    whole: bool
    """All conversations of the last day were gone through."""


def chart(every: Roster, only: Mac | None = None) -> Chart:
    """Give the map of *every* device; lines that do not end at *only*, if given, are faint."""
    now = here().now()
    alerts = by_device(here().reader.alerts(states=(AlertState.OPEN,), limit=ALERTS), every)
    drawn = _drawn(every, alerts, now)
    macs = [mac for each in drawn for mac in (each.device.mac, *each.device.also)]
    traffic = here().reader.total(macs, now - DAY)
    far = {one.mac: one.outside.octets_in + one.outside.octets_out for one in traffic}
    found = rosters().pairs(now)
    between = _between(every, drawn, found.what)
    callers = [each.device for each in drawn if of_device(each.device, far)]
    outside = beyond((each.device for each in drawn), callers, alerts)
    gateways = sorted((each for each in drawn if each.device.gateway), key=_first_seen)[:GATEWAYS]
    on_line = [each.device.mac for each in gateways]
    plan = lay_out(
        (
            Item(key=each.device.mac, band=band_of(each.told.kind), since=each.device.first_at)
            for each in drawn
            if each.device.mac not in on_line
        ),
        on_line,
        list(outside),
    )
    both = octets(traffic)
    nodes = tuple(
        Node(
            entry=each,
            spot=plan.spots[each.device.mac],
            name=fit(each.device.name, ROOM),
            place=fit(each.device.place, ROOM, 12.0),
            gateway=each.device.mac in on_line,
            octets=of_device(each.device, both),
            outside=of_device(each.device, far),
            peers=_peers(each.device.mac, between, every),
            beyond=tuple(
                key
                for key, host in outside.items()
                if each.device in host.users and host.alert is None
            ),
            alerts=alerts.get(each.device.mac, ()),
            quiet=now - each.device.last_at > DAY,
        )
        for each in sorted(drawn, key=lambda each: _place(plan, each))
    )
    far_side = tuple(
        Beyond(key=key, host=host, name=fit(host.name, BEYOND_ROOM), spot=plan.spots[key])
        for key, host in outside.items()
    )
    return Chart(
        plan=plan,
        nodes=nodes,
        beyond=far_side,
        links=tuple(links(plan, nodes, far_side, between, every, only)),
        left_out=len(every.entries) - len(drawn),
        whole=found.whole,
    )


def links(  # noqa: PLR0913, PLR0917 - what lines are made of
    plan: Plan,
    nodes: Iterable[Node],
    far_side: Iterable[Beyond],
    between: Mapping[frozenset[Mac], int],
    every: Roster,
    only: Mac | None,
) -> Iterator[Link]:
    """Yield the lines, those to be drawn first first."""
    by_mac = {node.entry.device.mac: node for node in nodes}
    on_line = [node for node in by_mac.values() if node.gateway]
    door = on_line[0].spot if on_line else Spot(plan.uplink, plan.height // 2)
    for ends, size in between.items():
        one, other = (by_mac[mac] for mac in sorted(ends))
        if not (one.gateway or other.gateway):
            yield _link(curve(one.spot, other.spot), "here", (one, other), size, only)
    for node in by_mac.values():
        if not node.gateway and (node.outside or node.beyond):
            yield _link(way_out(node.spot, door), "out", (node,), node.outside, only)
    for host in far_side:
        what = "alert" if host.host.alert else "out"
        users = [by_mac[device.mac] for device in host.host.users if device.mac in by_mac]
        yield _link(way_out(door, host.spot), what, users, 0, only)
        if host.host.alert:
            yield from (
                _link(way_out(node.spot, door), "alert", (node,), 0, only)
                for node in users
                if not node.gateway
            )
    for node in by_mac.values():
        for mac in dict.fromkeys(mac for alert in node.alerts for mac in inside(alert, every)):
            if mac in by_mac and mac != node.entry.device.mac:
                other = by_mac[mac]
                yield _link(curve(node.spot, other.spot, 0.2), "alert", (node, other), 0, only)


def _link(path: str, what: str, nodes: Sequence[Node], size: int, only: Mac | None) -> Link:
    wide = LEAST + min(WIDEST - LEAST, max(0.0, log10(max(size, 1)) - 4) * 0.8)
    return Link(
        path=path,
        width=f"{2.5 if what == 'alert' else wide:.1f}",
        what=what,
        ends=tuple(node.entry.device.name for node in nodes),
        octets=size,
        faint=only is not None and only not in (node.entry.device.mac for node in nodes),
    )


def _drawn(every: Roster, alerts: Container[Mac], now: float) -> tuple[Entry, ...]:
    """Give the devices to draw: those with alerts, gateways, then those with most traffic."""
    if len(every.entries) <= MOST:
        return every.entries
    totals = rosters().totals(now)

    def weight(each: Entry) -> tuple[bool, bool, int, float]:
        device = each.device
        return device.mac in alerts, device.gateway, of_device(device, totals), device.last_at

    return tuple(sorted(every.entries, key=weight, reverse=True)[:MOST])


def _between(
    every: Roster, drawn: Iterable[Entry], pairs: Iterable[Pair]
) -> dict[frozenset[Mac], int]:
    """Give how much devices that are drawn said to each other, those that said most first."""
    shown = {each.device.mac for each in drawn}
    found: dict[frozenset[Mac], int] = {}
    for pair in pairs:
        ends = [
            every.by_mac[mac].device.mac for mac in (pair.mac, pair.peer_mac) if mac in every.by_mac
        ]
        both = frozenset(ends)
        if len(both) == len(ends) == 2 and both <= shown:  # noqa: PLR2004 - the ends of a line
            found[both] = found.get(both, 0) + pair.octets
    return dict(sorted(found.items(), key=lambda each: (-each[1], sorted(each[0])))[:LINKS])


def _peers(mac: Mac, between: Iterable[frozenset[Mac]], every: Roster) -> tuple[Device, ...]:
    others = (other for ends in between if mac in ends for other in ends if other != mac)
    return tuple(every.by_mac[other].device for other in others)


def _first_seen(each: Entry) -> tuple[float, Mac]:
    return each.device.first_at, each.device.mac


def _place(plan: Plan, each: Entry) -> tuple[bool, int, int]:
    """Give where a device comes when one goes through all: by lines, the gateways last."""
    spot = plan.spots[each.device.mac]
    return spot.x >= plan.uplink, spot.y, spot.x
