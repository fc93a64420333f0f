"""``vigie check``: judge the configuration, and say every mistake in it."""

import argparse

from appliance.commands import OK, config_of, takes_config
from appliance.texts import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out; mistakes are refused, one a line."""
    print(say(config_of(options).practice.language, "check.sound"))
    return OK
