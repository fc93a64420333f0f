"""``vigie check``: judge the configuration, and say every mistake in it."""

import argparse

from appliance.commands import OK, config_of, takes_config


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out; mistakes are refused, one a line."""
    config_of(options)
    print("The configuration is sound.")
    return OK
