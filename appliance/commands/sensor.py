"""``vigie sensor``: watch the network, until told to stop."""

import argparse
from pathlib import Path

from appliance.commands import FAILED, Refused, config_of, takes_config
from appliance.sensor.source import CaptureError
from appliance.sensor_service import serve
from appliance.store import StoreTrouble


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "--recording", type=Path, metavar="FILE", help="play a capture as if it happened now"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    try:
        return serve(config_of(options), recording=options.recording)
    except (CaptureError, StoreTrouble) as error:
        raise Refused(error, FAILED) from None
