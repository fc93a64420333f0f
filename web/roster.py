"""All devices, each with what pages list, sort and search by; worked out again only where new.

At ten thousand devices working it out takes a second, and pages are asked for all the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from appliance.condition import Condition, condition
from appliance.durations import DAY, MINUTE
from appliance.exchange.csv_in import mac_of
from appliance.exchange.portrait import Portrait
from appliance.exchange.sheet import kind_words
from appliance.knowledge.kinds import Kind
from appliance.model import Device, Mac
from appliance.store import Looked, Pair, Traffic
from appliance.texts import LANGUAGES
from web import format as form
from web.box import here
from web.hygiene import Hygiene, hygiene
from web.wording import NOBODY, Names

TERMS = 6
"""Words of a search; more are not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A device, and what is worked out of it."""

    device: Device
    condition: Condition
    hygiene: Hygiene
    text: str
    """All that it is found by, case folded."""

    @property
    def told(self) -> Portrait:
        """What it is."""
        return self.condition.told


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All devices at one moment."""

    devices: tuple[Device, ...] = ()
    entries: tuple[Entry, ...] = ()
    by_mac: Mapping[Mac, Entry] = field(default_factory=dict)
    """By each hardware address of each device."""
    day: date = date.min
    """The day that conditions were worked out on."""

    def condition(self, device: Device, today: date) -> Condition:
        """Give the condition of *device* on *today*, worked out anew only where it is another."""
        entry = self.by_mac.get(device.mac)
        known = entry is not None and entry.device is device and today == self.day
        return entry.condition if entry and known else condition(device, today)


class Rosters:
    """The last roster that was made, and the last sums of traffic."""

    def __init__(self) -> None:
        self._named: tuple[tuple[Device, ...], Names] = ((), NOBODY)
        self._last = Roster()
        self._totals: tuple[float, Mapping[Mac, int]] = (0.0, {})
        self._pairs: tuple[float, Looked[Pair]] = (0.0, Looked())

    def of(self, devices: tuple[Device, ...], now: float) -> Roster:
        """Give the roster of *devices*."""
        today, before = form.today(now), self._last
        if devices is before.devices and today == before.day:
            return before
        known = before.by_mac if today == before.day else {}
        entries = tuple(_entry(device, known.get(device.mac), now, today) for device in devices)
        by_mac = {mac: one for one in entries for mac in (one.device.mac, *one.device.also)}
        self._last = Roster(devices=devices, entries=entries, by_mac=by_mac, day=today)
        return self._last

    def names(self, devices: tuple[Device, ...]) -> Names:
        """Give what *devices* are called."""
        of, found = self._named
        if of is not devices:
            found = Names.of(devices)
            self._named = (devices, found)
        return found

    def totals(self, now: float) -> Mapping[Mac, int]:
        """Give the octets of each hardware address in the last day, at most a minute old."""
        at, found = self._totals
        if not 0 <= now - at < MINUTE:
            found = octets(here().reader.total(None, now - DAY))
            self._totals = (now, found)
        return found

    def pairs(self, now: float) -> Looked[Pair]:
        """Give which hardware addresses talked to each other in the last day, as old at most."""
        at, found = self._pairs
        if not 0 <= now - at < MINUTE:
            found = here().reader.days.pairs(now - DAY)
            self._pairs = (now, found)
        return found


def rosters() -> Rosters:
    """Give what the application keeps."""
    found: Rosters = current_app.extensions.setdefault("rosters", Rosters())
    return found


def roster() -> Roster:
    """Give all devices as they are now; raises StoreTrouble."""
    return rosters().of(here().reader.devices(), here().now())


def octets(found: tuple[Traffic, ...]) -> dict[Mac, int]:
    """Give how much each hardware address sent and received."""
    return {
        one.mac: sum(side.octets_in + side.octets_out for side in (one.lan, one.outside))
        for one in found
    }


def of_device(device: Device, by_mac: Mapping[Mac, int]) -> int:
    """Add up what *by_mac* has of all addresses of *device*."""
    return sum(by_mac.get(mac, 0) for mac in (device.mac, *device.also))


def terms(words: str) -> tuple[str, ...]:
    """Give the words to look for; a hardware address in any spelling is one."""
    if mac := mac_of(words):
        return (mac,)
    return tuple(words.casefold().split()[:TERMS])


def _entry(device: Device, before: Entry | None, now: float, today: date) -> Entry:
    if before is not None and before.device is device:
        return before
    if before is not None and _judged_by(before.device) == _judged_by(device):
        found, judged = before.condition, before.hygiene
    else:
        found = condition(device, today)
        judged = hygiene(found.support, found.cared, now)
    text = _text(device, found.told)
    return Entry(device=device, condition=found, hygiene=judged, text=text)


def _judged_by(device: Device) -> tuple[object, ...]:
    """Give what condition and hygiene come from; the same objects when nothing was written."""
    return (
        id(device.evidence),
        id(device.contacts),
        *(device.kind, device.given_kind, device.maker, device.model, device.os),
    )


def _text(device: Device, told: Portrait) -> str:
    seen = told.seen
    kinds = () if told.kind == Kind.UNKNOWN else (kind_words(each, told.kind) for each in LANGUAGES)
    said = (device.name, device.mac, device.place, device.socket, device.role)
    made = (
        device.maker,
        device.model,
        device.os,
        seen.maker.value,
        seen.model.value,
        seen.os.value,
    )
    hosts = (contact.host for contact in device.contacts)
    parts = (*said, *made, *kinds, *device.names, *device.addresses, *device.also, *hosts)
    return "\n".join(filter(None, parts)).casefold()
