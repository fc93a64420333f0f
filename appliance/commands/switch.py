"""``vigie switch``: shut a switch's port with the cut, until told to stop; or look at it once."""

import argparse
import logging

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.switch.agent import Refused as NotAllowed
from appliance.switch.agent import Unanswered, Unusable
from appliance.switch.bridge import UP, NoPort
from appliance.switch.service import build, serve
from appliance.texts import say


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
    language, address = config.practice.language, config.switch.address
    agent, bridge, near = build(config)
    own, gateway = near.own(), near.gateway()
    try:
        number = bridge.find(config.switch.uplink)
        port = bridge.port(number)
        where = bridge.behind(tuple(mac for mac in (own, gateway) if mac))
        if port.admin == UP:  # what it is already: shows that writing is allowed
            bridge.set(number, up=True)
    except Unanswered:
        return _say(language, "unanswered", address=address)
    except NotAllowed as why:
        return _say(language, "refused", address=address, why=why)
    except NoPort as why:
        return _say(language, "unknown_port", address=address, port=why)
    finally:
        agent.close()
    print(say(language, "switch.port", address=address, port=port))
    if where.get(own) == number:
        return _say(language, "own_port", mac=own)
    if gateway not in where:
        print(say(language, "switch.untold"))
        return OK
    if where[gateway] != number:
        return _say(language, "elsewhere", mac=gateway, port=where[gateway])
    print(say(language, "switch.behind", mac=gateway))
    return OK


def _say(language: str, key: str, **words: object) -> int:
    print(say(language, f"switch.{key}", **words))
    return FAILED
