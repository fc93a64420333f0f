"""Lists of alerts in which what came after, or is alike, stands under the first of its device."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from appliance.model import Alert, Device, Mac
from appliance.triage import AGAIN
from web.wording import Told


@dataclass(frozen=True, slots=True)
class Fold:
    """An alert in words, and those that came after on its device."""

    alert: Alert
    words: Told
    after: list[tuple[Alert, Told]] = field(default_factory=list)
    """In the order of the list."""


def fold(told: Iterable[tuple[Alert, Told]], devices: Iterable[Device]) -> list[Fold]:
    """Give *told* with each alert that is one "again" under the first one on its device.

    A first one that is not in the list leaves them to stand by themselves. What is folded stands
    where the first of it stood.
    """
    mains = _mains(devices)
    listed = list(told)
    firsts: dict[Mac, list[Alert]] = {}
    for alert, _ in listed:
        if not alert.again:
            firsts.setdefault(_main(alert, mains), []).append(alert)
    folds: dict[str, Fold] = {}
    words = {alert.id: said for alert, said in listed}
    for alert, said in listed:
        first = _first(alert, firsts.get(_main(alert, mains), ()))
        held = folds.setdefault(first.id, Fold(first, words[first.id]))
        if first is not alert:
            held.after.append((alert, said))
    return list(folds.values())


def alike(folds: Iterable[Fold], devices: Iterable[Device]) -> list[Fold]:
    """Give *folds* with those of one detector on one device, as bad, under the first of them."""
    mains = _mains(devices)
    found: dict[tuple[object, ...], Fold] = {}
    for each in folds:
        alert = each.alert
        key = (alert.detector, alert.severity, alert.state, _main(alert, mains))
        held = found.setdefault(key, each)
        if held is not each:
            held.after.extend([(each.alert, each.words), *each.after])
    return list(found.values())


def _mains(devices: Iterable[Device]) -> dict[Mac, Mac]:
    return {mac: device.mac for device in devices for mac in device.also}


def _main(alert: Alert, mains: Mapping[Mac, Mac]) -> Mac:
    return mains.get(alert.about, alert.about)


def _first(alert: Alert, firsts: Iterable[Alert]) -> Alert:
    """Give the latest of *firsts* that *alert* came after, or *alert* itself."""
    before = [each for each in firsts if 0 <= alert.first_at - each.first_at < AGAIN]
    if not alert.again or not before:
        return alert
    return max(before, key=lambda each: each.first_at)
