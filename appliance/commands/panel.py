"""``vigie panel``: drive light, relay, button and buzzer, until told to stop."""

import argparse
import logging
import time

from appliance.commands import config_of, takes_config
from appliance.panel.automatic import says_quiet
from appliance.panel.control import LATCH
from appliance.panel.latch_file import says_joined
from appliance.panel.service import serve
from appliance.standing import begin_again, ended_by_changes

GOES_BY = ("practice", "panel", "switch", "automatic")
"""The tables of the configuration that the panel works by."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    logging.basicConfig(format="vigie panel: %(message)s", level=logging.INFO)
    config = config_of(options)
    folder = config.latch or config.state

    def may_end() -> bool:
        # What is wired is never changed under a cut that stands, or is announced: a count-down
        # would not outlive us. It is taken up with the next line.
        return says_quiet(folder, time.time()) and says_joined(folder / LATCH)

    with ended_by_changes(options.config, config, GOES_BY, may_end) as changed:
        status = serve(config)
    if changed.is_set():
        begin_again()
    return status
