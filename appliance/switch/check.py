"""Asking a switch about the port once: what it tells, and who is behind it."""

from collections.abc import Iterator, Mapping

from appliance.config import Config
from appliance.switch.agent import Refused, Unanswered
from appliance.switch.bridge import UP, Bridge, NoPort
from appliance.switch.near import Near
from appliance.switch.service import build

WRONG = ("own_port", "elsewhere", "unanswered", "refused", "unknown_port")
"""What must be put right."""


def told(config: Config) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give what the switch tells: keys of ``[switch]``, and their words; raises Unusable."""
    agent, bridge, near = build(config)
    try:
        yield from _seen(bridge, near, config.switch.uplink)
    except Unanswered:
        yield "unanswered", {}
    except Refused as why:
        yield "refused", {"why": why}
    except NoPort as why:
        yield "unknown_port", {"port": why}
    finally:
        agent.close()


def _seen(bridge: Bridge, near: Near, uplink: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    own, gateway = near.own(), near.gateway()
    port = bridge.port(bridge.find(uplink))
    yield "port", {"port": port}
    if port.admin == UP:  # what it is already
        bridge.set(port.number, up=True)
        yield "writable", {}
    where = bridge.behind(tuple(mac for mac in (own, gateway) if mac))
    if where.get(own) == port.number:
        yield "own_port", {"mac": own}
    if gateway not in where:
        yield "untold", {}
    elif where[gateway] != port.number:
        yield "elsewhere", {"mac": gateway, "port": where[gateway]}
    else:
        yield "behind", {"mac": gateway}
