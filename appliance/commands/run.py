"""``vigie run``: start the whole box on this machine, for a trial or for development.

On an installed box each part is a unit of its own, with its own rights.
"""

import argparse

from appliance.commands import FAILED, Refused, config_of, takes_config
from appliance.supervisor import CannotRun, supervise


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "--demo", action="store_true", help="play the recorded practice day, watch nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    try:
        return supervise(config_of(options), options.config, demo=options.demo)
    except CannotRun as why:
        raise Refused(why, FAILED) from None
