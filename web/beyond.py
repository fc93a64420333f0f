"""What is outside on the map: services in use, the rest of the internet, and what alerts say."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from appliance.addresses import PRIVATE, parse
from appliance.knowledge.hosts import hosts
from appliance.model import Alert, Contact, Device, Ip, Mac, Severity, Table
from web.reliance import CATEGORIES
from web.roster import Roster
from web.wording import MAC

SERVICES = 10
"""Services that are drawn, the last used first."""

HOSTILE = 5
"""Outside hosts that alerts are about."""

UPDATES, REST = "updates", "rest"
"""Categories beside those of `web.reliance`: keys of the texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Something of the internet, and who uses it."""

    category: str
    """A key of the texts; empty for the side that an alert is about."""
    name: str
    """Who offers it, or which host it is; hostile text."""
    users: tuple[Device, ...]
    last_at: float = 0.0
    alert: Alert | None = None
    """The worst open alert about it."""


def beyond(
    devices: Iterable[Device], callers: Collection[Device], alerts: Mapping[Mac, tuple[Alert, ...]]
) -> dict[str, Outside]:
    """Give what *devices* use outside, by a key: first what *alerts* are about.

    *callers* are those that sent anything outside.
    """
    every = list(devices)
    services: dict[str, Outside] = {}
    for device in every:
        for contact in device.contacts:
            if listed := _listed(contact):
                key, category, name = listed
                before = services.get(key)
                services[key] = _used(before, category, name, device, contact.last_at)
    updates = services.pop(UPDATES, None)
    latest = sorted(services.items(), key=lambda each: (-each[1].last_at, each[0]))[:SERVICES]
    found = dict(_hostile(every, alerts))
    found |= dict(sorted(latest, key=lambda each: (_order(each[1]), each[0])))
    if updates:
        found[UPDATES] = updates
    if callers:
        found[REST] = Outside(category=REST, name="", users=tuple(callers))
    return found


def by_device(alerts: Iterable[Alert], every: Roster) -> dict[Mac, tuple[Alert, ...]]:
    """Give *alerts* by the device that they are about, the worst of each first."""
    found: dict[Mac, list[Alert]] = {}
    for alert in alerts:
        if entry := every.by_mac.get(alert.about):
            found.setdefault(entry.device.mac, []).append(alert)
    return {
        mac: tuple(sorted(about, key=lambda each: (-each.severity, -each.last_at)))
        for mac, about in found.items()
    }


def inside(alert: Alert, every: Roster) -> Iterator[Mac]:
    """Yield the devices here that *alert* is with, beside the one it is about."""
    if alert.severity is Severity.NOTICE:
        return
    for peer in dict.fromkeys((*alert.peers, *alert.words.values())):
        if entry := every.by_mac.get(Mac(peer)):
            yield entry.device.mac


def _hostile(
    devices: Iterable[Device], alerts: Mapping[Mac, tuple[Alert, ...]]
) -> Iterator[tuple[str, Outside]]:
    """Yield the outside sides of alerts that are more than a notice, the worst first."""
    found: dict[str, Outside] = {}
    for device in devices:
        for alert in alerts.get(device.mac, ()):
            for peer in _sides(alert) if alert.severity > Severity.NOTICE else ():
                before = found.get(peer) or Outside(category="", name=peer, users=(), alert=alert)
                worst = max((before.alert or alert, alert), key=lambda each: each.severity)
                users = tuple(dict.fromkeys((*before.users, device)))
                found[peer] = replace(before, users=users, alert=worst)
    worst_first = sorted(
        found.items(), key=lambda each: (-(each[1].alert.severity if each[1].alert else 0), each[0])
    )
    for peer, one in worst_first[:HOSTILE]:
        yield f"alert {peer}", one


def _sides(alert: Alert) -> list[str]:
    """Give the outside hosts that *alert* is with, the latest last."""
    named = [peer for peer in alert.peers if peer and not MAC.fullmatch(peer) and _far(peer)]
    if named or (named := [host for host in (alert.words.get("host"),) if host]):
        return named
    ends: list[str] = [ip for ip in (alert.dest_ip, alert.src_ip) if ip and _far(ip)]
    return ends[:1]


def _far(peer: str) -> bool:
    """Tell whether *peer*, a name or an address, is of the internet."""
    try:
        address = parse(Ip(peer))
    except ValueError:
        return True
    return address.is_global or not any(
        address in network for network in PRIVATE if network.version == address.version
    )


def _listed(contact: Contact) -> tuple[str, str, str] | None:
    """Give key, category and owner of what *contact* is listed as."""
    if contact.table is Table.HYGIENE:
        return (UPDATES, UPDATES, "") if hosts().hygiene.find(contact.host) else None
    listed = hosts().practice.find(contact.host)
    if listed is None:  # of a table of another version
        return None
    return f"{listed.category} {listed.owner}", listed.category, listed.owner


def _used(before: Outside | None, category: str, name: str, device: Device, at: float) -> Outside:
    if before is None:
        return Outside(category=category, name=name, users=(device,), last_at=at)
    users = before.users if device in before.users else (*before.users, device)
    return replace(before, users=users, last_at=max(before.last_at, at))


def _order(one: Outside) -> int:
    return CATEGORIES.index(one.category) if one.category in CATEGORIES else len(CATEGORIES)
