"""``vigie stopcount``: stop the count-down at whose end the box would cut the uplink by itself."""

import argparse

from appliance.commands import OK, takes_config
from appliance.commands.orders import ask, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out, or say that there is none."""
    place, status = ask(options, lambda panel: panel.stop())
    tell(place.language, status)
    return OK
