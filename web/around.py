"""What surrounds an alert: what happened before and after, who did what, and what was said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_network

from appliance.addresses import Home
from appliance.decisions import Decision
from appliance.durations import HOUR, MINUTE
from appliance.model import Alert, Device
from appliance.store import Conversation, Talk
from appliance.texts import say
from web.box import here
from web.talks import Line, line
from web.timeline import Event
from web.wording import Names, decided, tell

NEAR = 12 * HOUR
"""Seconds around an alert in which others of its device are told beside it."""

OTHERS = 20
"""The latest of those."""

LOOKED_AT = 100
"""The latest alerts of the device among which they are looked for."""

LONGEST = HOUR
"""Of what lasted longer, the end is shown."""

MARGIN = 5 * MINUTE
"""Seconds before and after: conversations are kept once a minute, detectors count for some."""

ROWS = 2_000
"""Minutes of conversations that are added up, the latest."""

SHOWN = 12
"""Other sides and services; the page of the device has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """With whom a device talked around an alert."""

    lines: tuple[Line, ...]
    named: frozenset[str]
    """Addresses that the alert is about."""
    since: float
    until: float


def story(
    alert: Alert, decisions: Iterable[Decision], names: Names, tongue: str, now: float
) -> list[Event]:
    """Give what happened to *alert* and beside it, in order, and who decided what."""
    events = [Event(at=alert.first_at, what="seen", words=say(tongue, "around.began"))]
    if alert.last_at > alert.first_at:
        events.append(Event(at=alert.last_at, what="seen", words=say(tongue, "around.last")))
    for other in here().reader.alerts(mac=alert.about, limit=LOOKED_AT):
        if other.id != alert.id and abs(other.first_at - alert.first_at) <= NEAR:
            title = tell(tongue, other, names).title
            words = say(tongue, "around.other", title=title[:1].lower() + title[1:])
            events.append(Event(at=other.first_at, what="alert", words=words, alert=other.id))
            if len(events) >= OTHERS:
                break
    events += (
        Event(at=each.at, what="decision", words=decided(tongue, each, now, names), by=each.author)
        for each in decisions
    )
    return sorted(events, key=lambda event: event.at)


def spoken(alert: Alert, device: Device, names: Names) -> Spoken:
    """Give with whom *device* talked when *alert* was last heard: first whom it is about."""
    since = max(alert.first_at, alert.last_at - LONGEST) - MARGIN
    until = alert.last_at + MARGIN
    reader = here().reader
    found = reader.flows(mac=device.mac, since=since, until=until, limit=ROWS)
    named = frozenset(filter(None, (alert.src_ip, alert.dest_ip, *alert.peers)))
    named -= set(device.addresses)
    talks = sorted(
        added(found, device), key=lambda one: (one.peer not in named, -one.sent - one.got)
    )[:SHOWN]
    home = Home(map(ip_network, here().config.home.networks))
    macs = {mac for one in reader.devices() for mac in (one.mac, *one.also)}
    return Spoken(
        lines=tuple(line(each, device, names, home, (), macs) for each in talks),
        named=named,
        since=since,
        until=until,
    )


def added(conversations: Iterable[Conversation], device: Device) -> Iterator[Talk]:
    """Add up what *device* said to each other side over each service."""
    found: dict[tuple[object, ...], Talk] = {}
    for one in conversations:
        talk = _of(one, device)
        key = (talk.peer, talk.proto, talk.dport, talk.began)
        before = found.get(key)
        found[key] = talk if before is None else _sum(before, talk)
    yield from found.values()


def _of(one: Conversation, device: Device) -> Talk:
    began = one.mac in {device.mac, *device.also}
    return Talk(
        peer=one.dst if began else one.src,
        proto=one.proto,
        dport=one.dport,
        began=began,
        sent=one.octets_out if began else one.octets_in,
        got=one.octets_in if began else one.octets_out,
        first_at=one.first_at,
        last_at=one.last_at,
        peer_mac=one.peer_mac if began else one.mac,
    )


def _sum(one: Talk, other: Talk) -> Talk:
    return replace(
        one,
        sent=one.sent + other.sent,
        got=one.got + other.got,
        first_at=min(one.first_at, other.first_at),
        last_at=max(one.last_at, other.last_at),
    )
