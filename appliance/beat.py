"""What the sensor tells the panel once a second: how things are, and who might be a way out."""

from collections.abc import Hashable
from typing import TypeVar

from appliance.incidents import OPEN_WHY
from appliance.memory import Memory
from appliance.model import Health, Ip, Level, Mac
from appliance.panel.heartbeat import ADDRESSES, EXITS, Exit, Gateway, Heartbeat, Offer
from appliance.pipeline import Pipeline
from appliance.ways_out import WaysOut

K = TypeVar("K", bound=Hashable)


def beat(
    pipeline: Pipeline, health: Health, ways_out: WaysOut, note: str, *, incident: bool
) -> Heartbeat:
    """Give the heartbeat; *note* is what is special about the source, *incident*: one is open."""
    level, why = _level(pipeline.level(), health, note, incident=incident)
    watched, gateways = pipeline.meter.watched, pipeline.inventory.gateways
    asked = [
        pipeline.inventory.gateway_asked_at,
        *(each.called_at for each in watched.calls.values()),
    ]
    return Heartbeat(
        level=level,
        why=why,
        seeing=health.seeing,
        shouts=pipeline.triage.shouts(),
        gateways=tuple(
            Gateway(mac=mac, ips=_addresses(pipeline, mac), at=each.sent_at)
            for mac, each in watched.calls.items()
        ),
        lan_asks_at=max(asked) or None,
        calls_out_at=ways_out.called_at,
        exits=tuple(Exit(mac=mac, at=at) for mac, at in _latest(ways_out.used)),
        clock_set=not health.clock_unset,
        offers=tuple(Offer(mac=mac, ip=ip, at=at) for (mac, ip), at in _latest(gateways.offers)),
    )


def _level(level: Level, health: Health, note: str, *, incident: bool) -> tuple[Level, str]:
    """Give the level of the light, and the key of what is to be said of it.

    Trouble of the box's own, or an incident that people deal with, is never calm.
    """
    why = health.why
    troubles = [fault for fault in health.faults if fault != note]
    if not why and troubles:
        why = troubles[0]
        level = Level.LOOK if level in {Level.WELL, Level.LEARNING} else level
    if not why and level is not Level.DANGER and incident:
        level, why = Level.LOOK, OPEN_WHY
    return level, why or note


def _addresses(pipeline: Pipeline, mac: Mac) -> tuple[Ip, ...]:
    """Give the addresses by which the gateway *mac* can be asked: what others call it by first."""
    inventory = pipeline.inventory
    named = inventory.gateways.all().get(mac)
    held = sorted(inventory.held(mac), key=lambda ip: ":" in ip)  # of IPv6 there may be many
    return tuple(dict.fromkeys(ip for ip in (named, *held) if ip))[:ADDRESSES]


def _latest(times: Memory[K, float]) -> list[tuple[K, float]]:
    """Give as many of *times* as a heartbeat takes, the latest."""
    return [(each, times.get(each) or 0.0) for each in list(times)[-EXITS:]]
