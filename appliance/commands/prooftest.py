"""``vigie prooftest``: cut the uplink, see that it shows, join it again; for technicians."""

import argparse
import time

from appliance.commands import FAILED, OK, takes_config
from appliance.commands.orders import ask, tell
from appliance.panel.client import PanelClient
from appliance.panel.status import PanelStatus

OVER_WITHIN = 330.0
"""Seconds to wait for the end: an internet box whose power was cut may take minutes to start."""

LOOK_EVERY = 0.2
"""Seconds between two questions whether it is over."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("--why", default="", metavar="TEXT", help="reason, kept in the journal")
    parser.add_argument(
        "--learn", action="store_true", help="at set-up: keep what changes when the line is cut"
    )
    parser.add_argument("--now", action="store_true", help="although people may be at work")
    parser.add_argument("--force", action="store_true", help="although a danger is open")
    parser.add_argument(
        "--switch", action="store_true", help="by the port of the switch alone, not by the relay"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out; the exit status tells whether the test was passed."""
    place, status = ask(
        options,
        lambda panel: _over(
            panel,
            panel.prooftest(
                why=options.why,
                learn=options.learn,
                force=options.force,
                confirmed=options.now,
                switch=options.switch,
            ),
        ),
    )
    tell(place.language, status)
    test = status.test if status.test and not status.test.running else None
    last = None if test is None else test.switch if options.switch and test.switch else test.last
    return OK if last is not None and last.what == "test_passed" else FAILED


def _over(client: PanelClient, status: PanelStatus) -> PanelStatus:
    """Ask until the test is over, or that takes too long."""
    deadline = time.monotonic() + OVER_WITHIN
    while status.test and status.test.running and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY)
        status = client.status()
    return status
