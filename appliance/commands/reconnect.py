"""``vigie reconnect``: join the uplink again; for technicians."""

import argparse

from appliance.commands import OK
from appliance.commands.orders import ask, takes_reason, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_reason(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out, or say why the panel refused."""
    place, status = ask(options, lambda panel: panel.reconnect(why=options.why))
    tell(place.language, status)
    return OK
