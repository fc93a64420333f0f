"""``vigie lists add FILE``: take a list of known bad names and addresses into use."""

import argparse
from pathlib import Path

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.lists import ListError, add
from appliance.texts import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("what", choices=["add"], help="add or replace the list FILE")
    parser.add_argument("file", type=Path, metavar="FILE", help="one entry a line, CSV or text")


def run(options: argparse.Namespace) -> int:
    """Carry it out; the sensor takes the list up within a few seconds."""
    config = config_of(options)
    folder, language = config.state / "lists", config.practice.language
    try:
        count = add(options.file, folder)
    except ListError as error:
        raise Refused(error) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(say(language, "lists.not_kept", folder=folder, why=why), FAILED) from None
    print(say(language, "lists.in_use", file=options.file.name, n=count))
    return OK
