"""An incident as a person in fright is led through it: one step at a time, and what it needs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from appliance.dossier.evidence import related
from appliance.dossier.scope import Pull, Scope, pulls
from appliance.incidents import BACK, Entry, Incident, Wrote, encrypts, order, wakes_when_cut
from appliance.knowledge.authorities import Authority, authorities
from appliance.model import AlertState, Device
from appliance.store import Reader

CONTACTS = ("technician", "security", "insurance")
"""Whom to call first, of what the practice says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A step, and how it stands."""

    key: str
    number: int
    said: Entry | None
    """Who did it or put it off; None while nobody has."""

    @property
    def done(self) -> bool:
        """It was done, not only put off."""
        return self.said is not None and self.said.what is Wrote.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of the list before everything is connected again."""

    key: str
    said: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A device concerned, with the alerts about it that are still open."""

    device: Device
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All that the page of an incident shows."""

    incident: Incident
    stops: tuple[Stop, ...]
    at: Stop | None
    """The step to show; None when all are done and none was asked for."""
    sleeps: bool
    """A worm wakes when the uplink is cut."""
    encrypts: bool
    pulls: tuple[Pull, ...]
    contacts: tuple[tuple[str, str], ...]
    """Whom to call, and how: empty when nobody wrote it down."""
    outside: tuple[Authority, ...]
    """Who helps and has a number or a site."""
    tell: tuple[Authority, ...]
    back: tuple[Point, ...]
    waiting: tuple[Waiting, ...]
    left: int
    """Steps that nobody has done."""


def guide(reader: Reader, incident: Incident, asked: str) -> Guide:
    """Give the page of *incident* at the step *asked*, else at the first to be done."""
    found, devices = related(reader, incident), reader.devices()
    said = incident.steps
    stops = tuple(
        Stop(key=key, number=number, said=said.get(key))
        for number, key in enumerate(order(found.alerts), 1)
    )
    first = next((stop for stop in stops if stop.said is None), None)
    return Guide(
        incident=incident,
        stops=stops,
        at=next((stop for stop in stops if stop.key == asked), first),
        sleeps=wakes_when_cut(found.alerts),
        encrypts=encrypts(found.alerts),
        pulls=pulls(found, devices),
        contacts=tuple(contacts(reader.particulars())),
        outside=tuple(each for each in authorities() if each.id in ("17cyber", "cert_sante")),
        tell=tuple(each for each in authorities() if each.id != "plainte"),
        back=tuple(Point(key=key, said=said.get(f"back_{key}")) for key in BACK),
        waiting=tuple(_waiting(found, devices)),
        left=sum(not stop.done for stop in stops),
    )


def may_tick(key: str) -> bool:
    """Tell whether *key* names a step, or a point of the list before reconnecting."""
    return key in order(()) or (key.removeprefix("back_") in BACK and key.startswith("back_"))


def contacts(particulars: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give whom to call first and how; empty where nobody wrote it down."""
    for key in CONTACTS:
        yield key, particulars.get(key, "")


def _waiting(found: Scope, devices: Iterable[Device]) -> Iterator[Waiting]:
    known = {mac: device for device in devices for mac in (device.mac, *device.also)}
    for device in dict.fromkeys(known[mac] for mac in found.devices if mac in known):
        mine = {device.mac, *device.also}
        still = [each for each in found.alerts if each.about in mine]
        yield Waiting(device=device, alerts=sum(each.state is AlertState.OPEN for each in still))
