"""What became of a device, the latest first: seen, addresses taken, alerts, decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from appliance.decisions import Decision
from appliance.inventory.whole import JOINED
from appliance.model import Device
from appliance.texts import say
from web.box import here
from web.wording import Names, decided, tell

ALERTS = 50
"""The latest of its alerts that are told."""

SHOWN = 12
"""Events in sight; the others are folded away."""

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened."""

    at: float
    what: str
    """``seen``, ``address``, ``joined``, ``alert`` or ``decision``: a key of the texts."""
    words: str
    by: str = ""
    alert: str = ""
    """The id of the alert that it is."""


def timeline(
    language: str, device: Device, decisions: Iterable[Decision], names: Names, now: float
) -> list[Event]:
    """Give what became of *device*, of which *decisions* are."""
    every = (
        *_seen(language, device),
        *(
            Event(at=at, what="address", words=say(language, "timeline.took", address=ip))
            for at, ip in here().reader.taken(device)
        ),
        *(
            Event(
                at=alert.first_at,
                what="alert",
                words=tell(language, alert, names).title,
                alert=alert.id,
            )
            for alert in here().reader.alerts(mac=device.mac, limit=ALERTS)
        ),
        *(
            Event(
                at=each.at,
                what="decision",
                words=decided(language, each, now, names),
                by=each.author,
            )
            for each in decisions
        ),
    )
    return sorted(every, key=lambda event: -event.at)[:MOST]


def _seen(language: str, device: Device) -> Iterator[Event]:
    if device.first_at:
        yield Event(at=device.first_at, what="seen", words=say(language, "timeline.first"))
    for each in device.evidence:
        if each.source == JOINED:
            words = say(language, "timeline.joined", address=each.says.partition(" ")[0])
            yield Event(at=each.first_at, what="joined", words=words)
