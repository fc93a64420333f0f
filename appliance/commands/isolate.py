"""``vigie isolate``: cut the uplink, wait for the proof, and say what was found."""

import argparse

from appliance.commands.orders import ask, exit_status, proven, takes_reason, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_reason(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out; the exit status tells whether the cut is proven."""
    place, status = ask(options, lambda panel: proven(panel, panel.isolate(why=options.why)))
    tell(place.language, status)
    return exit_status(status)
