"""One file per command of ``vigie``: what it can be told (`arguments`) and does (`run`)."""

import argparse
from pathlib import Path

from appliance import time_of_day
from appliance.config import Config

OK, FAILED, UNUSABLE = 0, 1, 2
"""Exit statuses: done; could not be done; what it was given cannot be used."""


class Refused(Exception):  # noqa: N818 - a refusal is no error
    """The command cannot be carried out; the text says why, a line for each mistake."""

    def __init__(self, why: object, status: int = UNUSABLE) -> None:
        super().__init__(str(why))
        self.status = status


def takes_config(parser: argparse.ArgumentParser) -> None:
    """Let the command be told which configuration to use."""
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="configuration; else the usual place's"
    )


def config_of(options: argparse.Namespace) -> Config:
    """Give the configuration that the command was told to use; raises Refused.

    From then on the command tells the time of day of that practice.
    """
    from appliance.config_file import ConfigError, load  # noqa: PLC0415 - orders do without

    try:
        config = load(options.config)
    except ConfigError as error:
        raise Refused(error) from None
    time_of_day.tell(config.practice.timezone)
    return config
