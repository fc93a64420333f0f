"""All that the page of one device shows, gathered and put into words."""

from dataclasses import dataclass
from typing import Any

from appliance.condition import condition
from appliance.decisions import Decision, Known, Verdict, standing
from appliance.exchange.day import EARLIEST
from appliance.exchange.sheet import kind_words
from appliance.knowledge.hint import Source
from appliance.knowledge.kinds import Kind
from appliance.model import Device
from appliance.renewal import age
from appliance.roles import roles
from appliance.upkeep import antivirus
from web import format as form
from web.box import here
from web.portrait import groups, lines
from web.reliance import reliances
from web.roster import rosters
from web.speech import language
from web.talks import talks
from web.timeline import SHOWN, timeline
from web.wording import bought_words, tell

ALERTS = 10

OTHERS = 300
"""Devices that another address can be chosen among; with more, its address is typed."""

KINDS = tuple(kind.value for kind in Kind if kind is not Kind.UNKNOWN)
"""What people can say a device is; to say nothing stands for not knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people last said of a device."""

    by: str
    at: float
    facts: tuple[tuple[str, str], ...]
    """Keys of the texts, and values."""


def known_of(device: Device) -> Known:
    """Give what people said of *device*: of its own address, else of one that was joined to it."""
    known = standing(here().reader.decisions()).known
    macs = (device.mac, *device.also)
    return next((known[mac] for mac in macs if mac in known), Known())


def context(device: Device) -> dict[str, Any]:
    """Give what the page of *device* shows, but for its forms."""
    box, tongue = here(), language()
    reader, now = box.reader, box.now()
    today = form.today(now)
    found = condition(device, today)
    told = found.told
    every = reader.devices()
    names = rosters().names(every)
    decisions = [each for each in reader.decisions() if _concerns(each, device)]
    return {
        "device": device,
        "kind": told.kind,
        "lines": lines(tongue, device),
        "groups": groups(tongue, device),
        "said": said(tongue, decisions, device),
        "support": found.support,
        "care": found.cared,
        "antivirus": antivirus(found.cared),
        "reliances": reliances((device,)),
        "shares_hidden_at": shares_hidden_at(device),
        "age": age(device.bought_on, told.kind, box.config.renewal, today),
        "names": names,
        "others": sorted(
            (each for each in every if each.mac != device.mac),
            key=lambda each: each.name.casefold(),
        )
        if len(every) <= OTHERS
        else None,
        "alerts": [
            (alert, tell(tongue, alert, names))
            for alert in reader.alerts(mac=device.mac, limit=ALERTS)
        ],
        "talks": talks(device, names, now),
        "timeline_shown": SHOWN,
        "timeline": timeline(tongue, device, decisions, names, now),
        "decisions": decisions[::-1],
        "kinds": KINDS,
        "suggested": told.kind if told.kind in roles() and not device.role else "",
        "earliest": EARLIEST.isoformat(),
        "today": today.isoformat(),
    }


def shares_hidden_at(device: Device) -> float:
    """Tell when *device* was last heard to share files that only it and its client can read."""
    of = (each.last_at for each in device.evidence if each.source == Source.SMB_ENCRYPTED)
    return max(of, default=0.0)


def said(tongue: str, decisions: list[Decision], device: Device) -> Said | None:
    """Give what people last said of *device*, out of *decisions*, oldest first; None for nothing.

    What was said of another of its addresses counts where nothing was of the one it is listed by.
    """
    described = {each.mac: each for each in decisions if each.verdict is Verdict.DESCRIBE}
    last = next(filter(None, map(described.get, (device.mac, *device.also))), None)
    if last is None:
        return None
    facts = (
        ("name", last.name),
        ("kind", kind_words(tongue, last.kind) if last.kind else ""),
        ("role", kind_words(tongue, last.role) if last.role else ""),
        ("place", last.place),
        ("socket", last.socket),
        ("bought_on", bought_words(tongue, last.bought_on) if last.bought_on else ""),
        ("hosts", ", ".join(last.hosts)),
    )
    filled = tuple((key, value) for key, value in facts if value)
    return Said(by=last.author, at=last.at, facts=filled) if filled else None


def _concerns(decision: Decision, device: Device) -> bool:
    """Tell whether *decision* is about *device*, an address of it, or what it was joined to."""
    return decision.mac in (device.mac, *device.also) or decision.other == device.mac
