"""Devices and decisions as a reader last saw them, so that only what changed since is read again.

Taking ten thousand devices out of their rows and putting them together costs half a second; each
page asks for them. A row that was not written since has the same stamp.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from appliance.decisions import Decision, Standing, standing
from appliance.inventory.whole import gather, settle
from appliance.model import Device, Mac
from appliance.store import decisions, roll

MOST_CHANGED = 1_000
"""Rows looked for one by one; when more have changed, all are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What was there at one moment."""

    stamps: Mapping[Mac, int] = field(default_factory=dict)
    seen: Mapping[Mac, float] = field(default_factory=dict)
    """When devices were last heard, apart from their rows."""
    written: Mapping[Mac, Device] = field(default_factory=dict)
    """Each hardware address as its row says."""
    heard: Mapping[Mac, Device] = field(default_factory=dict)
    """The same, as last heard."""
    mark: tuple[int, int] = (0, 0)
    """Number and last id of the decisions."""
    decisions: tuple[Decision, ...] = ()
    stand: Standing = field(default_factory=Standing)
    """What the decisions come to, for all hardware addresses of a device."""
    devices: tuple[Device, ...] = ()
    """Dressed and each once; the first seen first."""


def look(db: sqlite3.Connection, before: View) -> View:
    """Give what *db* holds now; *before* itself when nothing has changed."""
    stamps, seen, mark = roll.load_stamps(db), roll.load_seen(db), decisions.mark(db)
    if (stamps, seen, mark) == (before.stamps, before.seen, before.mark):
        return before
    written = _written(db, before, stamps)
    heard = {mac: _heard(mac, device, seen, before) for mac, device in written.items()}
    every = _decisions(db, before, mark)
    said = standing(every)
    parts = {part: mac for mac, device in written.items() for part in device.also}
    return View(
        stamps=stamps,
        seen=seen,
        written=written,
        heard=heard,
        mark=mark,
        decisions=every,
        stand=settle(said, parts, written),
        devices=tuple(gather(sorted(heard.values(), key=_order), said)),
    )


def _written(db: sqlite3.Connection, before: View, stamps: Mapping[Mac, int]) -> dict[Mac, Device]:
    if stamps == before.stamps:
        return dict(before.written)
    known = before.stamps
    changed = [mac for mac, stamp in stamps.items() if known.get(mac) != stamp]
    found = roll.load_rows(db, changed if len(changed) <= MOST_CHANGED else None)
    gone = known.keys() - stamps.keys()
    kept = {mac: one for mac, one in before.written.items() if mac not in gone}
    for mac in changed:
        kept.pop(mac, None)  # when it no longer makes sense, it is left out
    return kept | {device.mac: device for device in found}


def _heard(mac: Mac, device: Device, seen: Mapping[Mac, float], before: View) -> Device:
    if before.written.get(mac) is device and before.seen.get(mac) == seen.get(mac):
        return before.heard[mac]
    last_at = max(device.last_at, seen.get(mac, device.last_at))
    return device if last_at == device.last_at else replace(device, last_at=last_at)


def _decisions(db: sqlite3.Connection, before: View, mark: tuple[int, int]) -> tuple[Decision, ...]:
    if mark == before.mark:
        return before.decisions
    added = decisions.load(db, after=before.mark[1])
    if before.mark[0] + len(added) == mark[0]:
        return before.decisions + added
    return decisions.load(db)


def _order(device: Device) -> tuple[float, Mac]:
    return device.first_at, device.mac
