"""``vigie probe``: ask for the panel whether the uplink is really cut, until told to stop."""

import argparse
import logging

from appliance.commands import config_of, takes_config
from appliance.probe.service import serve
from appliance.standing import begin_again, ended_by_changes

GOES_BY = ("capture", "panel")
"""The tables of the configuration that it works by."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    logging.basicConfig(format="vigie probe: %(message)s", level=logging.INFO)
    config = config_of(options)
    with ended_by_changes(options.config, config, GOES_BY) as changed:
        status = serve(config)
    if changed.is_set():
        begin_again()
    return status
