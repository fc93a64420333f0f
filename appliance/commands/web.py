"""``vigie web``: serve the pages, until told to stop.

The pages are a package of their own that reads this one; it is started as a program of its own.
"""

import argparse
import os
import sys

from appliance.commands import takes_config


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out: this process becomes the pages' own."""
    config = ["--config", str(options.config)] if options.config else []
    os.execv(  # noqa: S606 - our own interpreter and our own package
        sys.executable, [sys.executable, "-m", "web", *config]
    )
