"""``vigie switch``: shut a switch's port with the cut, until told to stop; or look at it once."""

import argparse
import logging
from threading import Event

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.standing import begin_again, ended_by_changes, with_work
from appliance.texts import say

GOES_BY = ("practice", "panel", "switch")
"""The tables of the configuration that it works by."""


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
    if options.check:
        return _check(config)
    none = say(config.practice.language, "switch.none")
    config = with_work(options.config, config, lambda now: bool(now.switch.address), none)
    # Another switch is never taken up while the port of this one is shut: it would stay so.
    free = Event()
    free.set()
    with ended_by_changes(options.config, config, GOES_BY, free.is_set) as changed:
        status = _serve(config, free)
    if changed.is_set():
        begin_again()
    return status


def _serve(config: Config, free: Event) -> int:
    from appliance.switch.service import serve  # noqa: PLC0415 - weighs 20 MB; few have a switch

    logging.basicConfig(format="vigie switch: %(message)s", level=logging.INFO)
    return serve(config, free=free)


def _check(config: Config) -> int:
    """Say what the switch tells of the port, and who is behind it."""
    if not config.switch.address:
        raise Refused(say(config.practice.language, "switch.none"))
    from appliance.switch.agent import Unusable  # noqa: PLC0415 - as above
    from appliance.switch.check import WRONG, told  # noqa: PLC0415 - as above

    status = OK
    try:
        for key, words in told(config):
            about = {"address": config.switch.address, **words}
            print(say(config.practice.language, f"switch.{key}", **about))
            status = FAILED if key in WRONG else status
    except Unusable as why:
        raise Refused(why) from None
    return status
