"""``vigie user``: list who may log in, or offer a new set-up link when nobody can any more."""

import argparse
import time

from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.store import Office, StoreTrouble


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("what", choices=["list", "remove"], help="list everybody, or remove NAME")
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="whom to remove")


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    try:
        office = Office(config_of(options).state, time.time)
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    try:
        if options.what == "remove":
            if not office.remove_user(options.name):
                raise Refused(f"“{options.name}” is no user, or the last technician", FAILED)
            return OK
        for user in office.users():
            print(f"{user.name}\t{user.role}\t{user.language}")
        return OK
    finally:
        office.close()
