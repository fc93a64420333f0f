"""What a device, and the whole practice, needs from outside, and what stops when that is cut."""

from collections.abc import Iterable
from dataclasses import dataclass

from appliance.knowledge.hosts import hosts
from appliance.model import Device, Table

CATEGORIES = (
    "practice_software",
    "booking",
    "health_service",
    "fse_mail",
    "mssante",
    "secure_mail",
    "insurer",
    "imaging_cloud",
    "drug_db",
    "device_cloud",
    "help",
    "health_service_test",
)
"""What stops first comes first."""

SHOWN = 3
"""Names of devices told for one thing; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance:
    """Something outside that is used, and who uses it."""

    category: str
    owner: str
    cuts: tuple[str, ...]
    """What happens without it: keys of the texts; empty when that is not known."""
    last_at: float
    devices: tuple[str, ...] = ()
    """Names of those that use it, the last to do so first."""

    @property
    def named(self) -> tuple[str, ...]:
        """The first of *devices*."""
        return self.devices[:SHOWN]


def reliances(devices: Iterable[Device]) -> list[Reliance]:
    """Give what *devices* were seen to use, by category and owner."""
    cuts: dict[tuple[str, str], set[str]] = {}
    users: dict[tuple[str, str], dict[str, float]] = {}
    for device in devices:
        for contact in device.contacts:
            if contact.table is not Table.PRACTICE:
                continue
            listed = hosts().practice.find(contact.host)
            if listed is None:  # of a table of another version
                continue
            key = listed.category, listed.owner
            cuts.setdefault(key, set()).update({listed.cut} - {""})
            seen = users.setdefault(key, {})
            seen[device.name] = max(seen.get(device.name, 0.0), contact.last_at)
    found = [
        Reliance(
            category=category,
            owner=owner,
            cuts=tuple(sorted(cuts[category, owner])),
            last_at=max(seen.values()),
            devices=tuple(sorted(seen, key=lambda name: (-seen[name], name))),
        )
        for (category, owner), seen in users.items()
    ]
    return sorted(found, key=_order)


def _order(one: Reliance) -> tuple[int, str]:
    place = CATEGORIES.index(one.category) if one.category in CATEGORIES else len(CATEGORIES)
    return place, one.owner
