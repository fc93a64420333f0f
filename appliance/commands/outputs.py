"""``vigie outputs``: tell people, until told to stop; or try a way with a test message."""

import argparse
import time
from functools import partial

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.outputs.desk import item
from appliance.outputs.message import Kind, Message
from appliance.outputs.service import serve
from appliance.outputs.way import Later, Way
from appliance.outputs.way import Refused as NotTaken
from appliance.outputs.ways import CannotSend, build
from appliance.report.monthly import monthly
from appliance.standing import begin_again, ended_by_changes, with_work
from appliance.store import StoreTrouble
from appliance.texts import say

GOES_BY = ("practice", "outputs", "keep", "renewal", "web")
"""The tables of the configuration that the outputs work by."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "--test", metavar="NAME", help="send a test message to this person, or by this way, and end"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    try:
        if options.test is not None:
            return _test(config, options.test)
        none = say(config.practice.language, "outputs.none")
        config = with_work(options.config, config, lambda now: now.outputs.configured, none)
        with ended_by_changes(options.config, config, GOES_BY) as changed:
            status = serve(config, monthly=partial(monthly, config))
    except CannotSend as why:
        raise Refused(why) from None
    except StoreTrouble as why:
        raise Refused(why, FAILED) from None
    if changed.is_set():
        begin_again()
    return status


def _test(config: Config, name: str) -> int:
    """Send the test messages for *name*, and say what became of each."""
    if not config.outputs.configured:
        raise Refused(say(config.practice.language, "outputs.none"))
    language, now = config.practice.language, time.time()
    messages = _tests(config, name, f"{now:.3f}")
    ways = build(config, time.time, shows=False)
    status = OK
    for message in messages:
        way = ways[message.way]
        why = _sent(way, config, message, now)
        way.close()
        key = "test_failed" if why else "test_sent"
        print(
            say(language, f"outputs.{key}", **{"way": message.way} | ({"why": why} if why else {}))
        )
        status = FAILED if why else status
    return status


def _sent(way: Way, config: Config, message: Message, now: float) -> str:
    """Send *message*; give why it was not taken, or nothing."""
    try:
        way.send(item(config, message, {}, {}, now))
    except (Later, NotTaken) as why:
        return str(why)
    return ""


def _tests(config: Config, name: str, at: str) -> list[Message]:
    outputs, language = config.outputs, config.practice.language
    person = outputs.person.get(name)
    if person:
        by = dict.fromkeys(
            (*person.danger, *person.warning, *person.notice, *person.digest, *person.report)
        )
        if not by:
            raise Refused(say(language, "outputs.nothing_for", name=name))
        return [Message(kind=Kind.TEST, way=way, who=name, day=at) for way in by]
    if name in outputs.mail:  # mail needs somebody to go to
        known = (who for who, one in outputs.person.items() if one.mail)
        return [Message(kind=Kind.TEST, way=name, who=who, day=at) for who in known]
    if name in outputs.personal or name in outputs.machines:
        return [Message(kind=Kind.TEST, way=name, day=at)]
    raise Refused(say(language, "outputs.unknown", name=name))
