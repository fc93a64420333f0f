"""``vigie switch``: shut a switch's port with the cut, until told to stop; or look at it once."""

import argparse
import logging
from collections.abc import Iterator

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.switch.agent import Refused as NotAllowed
from appliance.switch.agent import Unanswered, Unusable
from appliance.switch.bridge import UP, Bridge, NoPort
from appliance.switch.near import Near
from appliance.switch.service import build, serve
from appliance.texts import say

_WRONG = ("own_port", "elsewhere")
"""What the switch may tell that must be put right."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "--check",
        action="store_true",
        help="ask the switch about the port, change nothing, and end",
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    if not config.switch.address:
        raise Refused(say(config.practice.language, "switch.none"))
    logging.basicConfig(format="vigie switch: %(message)s", level=logging.INFO)
    try:
        return _check(config) if options.check else serve(config)
    except Unusable as why:
        raise Refused(why) from None


def _check(config: Config) -> int:
    """Say what the switch tells of the port, and who is behind it."""
    agent, bridge, near = build(config)
    about = {"address": config.switch.address}
    status = OK
    try:
        for key, words in _seen(bridge, near, config.switch.uplink):
            print(say(config.practice.language, f"switch.{key}", **about, **words))
            status = FAILED if key in _WRONG else status
    except Unanswered:
        status = _failed(config, "unanswered")
    except NotAllowed as why:
        status = _failed(config, "refused", why=why)
    except NoPort as why:
        status = _failed(config, "unknown_port", port=why)
    finally:
        agent.close()
    return status


def _seen(bridge: Bridge, near: Near, uplink: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Give what the switch tells: the keys of sentences, and their words."""
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


def _failed(config: Config, key: str, **words: object) -> int:
    print(say(config.practice.language, f"switch.{key}", address=config.switch.address, **words))
    return FAILED
