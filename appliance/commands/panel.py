"""``vigie panel``: drive light, relay, button and buzzer, until told to stop."""

import argparse
import logging

from appliance.commands import config_of, takes_config
from appliance.panel.service import serve


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    logging.basicConfig(format="vigie panel: %(message)s", level=logging.INFO)
    return serve(config_of(options))
