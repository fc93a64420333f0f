"""Which alerts, cases and devices an incident is about, and which cables are pulled first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from appliance.incidents import BEFORE, Incident, encrypts, grave, wakes_when_cut
from appliance.knowledge.kinds import Kind
from appliance.model import Alert, AlertState, Case, Device, Mac

CONCERNED = 32
"""Devices that one incident is about, at most: more than most practices have."""

STORES = frozenset({Kind.SERVER, Kind.NAS})
"""Kinds that hold what ransomware is after; the roles of the same names count, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What belongs to an incident."""

    alerts: tuple[Alert, ...]
    """The first found first."""
    devices: tuple[Mac, ...]
    """The device that it began on first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """A cable to pull."""

    device: Device
    store: bool
    """It is pulled because files are on it, not because it does harm."""


def since(incident: Incident) -> float:
    """Give the time from which what was heard is looked at."""
    return incident.opened_at - BEFORE


def scope(incident: Incident, alerts: Iterable[Alert], cases: Iterable[Case]) -> Scope:
    """Give what of *alerts* and *cases* belongs to *incident*.

    That is what it was opened from; with it every danger that was open or came later, and
    whatever else the same devices did in the day before.
    """
    every = {alert.id: alert for alert in alerts}
    by_case = {case.id: case for case in cases}
    named = [subject for _, subject in incident.subjects if subject]
    about = [by_case[each] for each in named if each in by_case]
    about += [case for case in by_case.values() if set(case.alerts) & set(named)]
    about += [each for each in by_case.values() if _is_grave(each, incident)]
    first = [*named, *(alert for case in about for alert in case.alerts)]
    chosen = {each: every[each] for each in first if each in every}
    chosen |= {
        each.id: each for each in grave(every.values()) if each.state is not AlertState.NORMAL
    }
    macs = [case.about for case in about]
    macs += [each.about for each in chosen.values()]
    macs += [mac for case in about for mac in case.also]
    devices = tuple(dict.fromkeys(macs))[:CONCERNED]
    chosen |= {
        each.id: each
        for each in every.values()
        if each.about in devices and each.state is not AlertState.NORMAL
    }
    ordered = sorted(chosen.values(), key=lambda each: (each.first_at, each.id))
    return Scope(alerts=tuple(ordered), devices=devices)


def pulls(found: Scope, devices: Iterable[Device]) -> tuple[Pull, ...]:
    """Give the cables to pull, in order.

    While files are being encrypted, those of servers and storage go first: each minute costs
    files. Otherwise the machine that does harm, alone; first it is, too, while a worm on it sleeps.
    """
    known = {mac: device for device in devices for mac in (device.mac, *device.also)}
    causes = _causes(found)
    actors = [known[mac] for mac in causes if mac in known]
    harm = [Pull(device=device, store=False) for device in dict.fromkeys(actors)]
    if not encrypts(found.alerts):
        return tuple(harm)
    stores = dict.fromkeys(
        device
        for device in known.values()
        if {device.kind, device.given_kind, device.role} & STORES
    )
    kept = [Pull(device=device, store=True) for device in stores if device not in actors]
    return (*harm, *kept) if wakes_when_cut(found.alerts) else (*kept, *harm)


def _causes(found: Scope) -> Sequence[Mac]:
    """Give the devices that do harm: those of dangers, else the one that it is about."""
    dangers = {alert.about for alert in grave(found.alerts)}
    return [mac for mac in found.devices if mac in dangers] or found.devices[:1]


def _is_grave(case: Case, incident: Incident) -> bool:
    """Tell whether *case* was going on when *incident* was opened, or came later."""
    return case.state is AlertState.OPEN and case.last_at >= since(incident)
