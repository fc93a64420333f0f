"""``vigie sensor``: watch the network, until told to stop."""

import argparse
from pathlib import Path

from appliance.commands import FAILED, Refused, config_of, takes_config
from appliance.sensor.source import CaptureError
from appliance.sensor_service import serve
from appliance.standing import begin_again, ended_by_changes
from appliance.store import StoreTrouble

GOES_BY = ("practice", "capture", "home", "keep", "packets", "automatic", "detectors")
"""The tables of the configuration that the sensor works by."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "--recording", type=Path, metavar="FILE", help="play a capture as if it happened now"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    with ended_by_changes(options.config, config, GOES_BY) as changed:
        try:
            status = serve(config, recording=options.recording)
        except (CaptureError, StoreTrouble) as error:
            raise Refused(error, FAILED) from None
    if changed.is_set():
        begin_again()
    return status
