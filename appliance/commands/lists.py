"""``vigie lists add FILE``: take a list of known bad names and addresses into use."""

import argparse
from pathlib import Path

from appliance.commands import OK, Refused, config_of, takes_config
from appliance.lists import ListError, add


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("what", choices=["add"], help="add or replace the list FILE")
    parser.add_argument("file", type=Path, metavar="FILE", help="one entry a line, CSV or text")


def run(options: argparse.Namespace) -> int:
    """Carry it out; the sensor takes the list up within a few seconds."""
    folder = config_of(options).state / "lists"
    try:
        count = add(options.file, folder)
    except ListError as error:
        raise Refused(error) from None
    print(f"{count} entries of {options.file.name} are in use.")
    return OK
