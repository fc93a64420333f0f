"""``vigie user``: who may sign in; a way back in for who forgot; and away with who has left.

Whoever may run this on the box itself is trusted: no old pass-phrase is asked for.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from getpass import getpass

from appliance import passphrase
from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.store import Office, StoreTrouble
from appliance.texts import say

AUTHOR = "console"
"""Who did it, in the audit."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "what", choices=list(_DOES), help="list everybody; give NAME a new pass-phrase; remove NAME"
    )
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="whose account")


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = config.practice.language
    if options.what != "list" and not options.name:
        raise Refused(say(language, "user.unnamed"))
    try:
        office = Office(config.state, time.time)
        try:
            _DOES[options.what](office, options.name, language)
        finally:
            office.close()
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    return OK


def _list(office: Office, name: str, language: str) -> None:
    for user in office.users():
        print(f"{user.name}\t{user.role}\t{user.language}")


def _rephrase(office: Office, name: str, language: str) -> None:
    """Give *name* a new pass-phrase, and end all sessions of the account."""
    if office.password(name) is None:
        raise Refused(say(language, "user.nobody", name=name), FAILED)
    phrase = _asked(name, language) if sys.stdin.isatty() else _given(language)
    if not passphrase.acceptable(phrase):
        limits = {"shortest": passphrase.SHORTEST, "longest": passphrase.LONGEST}
        raise Refused(say(language, "user.length", **limits))
    office.set_password(name, passphrase.hashed(phrase))
    office.audit(AUTHOR, "password", name)
    print(say(language, "user.changed", name=name))


def _remove(office: Office, name: str, language: str) -> None:
    if not office.remove_user(name):
        raise Refused(say(language, "user.kept", name=name), FAILED)
    office.audit(AUTHOR, "remove_user", name)
    print(say(language, "user.removed", name=name))


_DOES: Mapping[str, Callable[[Office, str, str], None]] = {
    "list": _list,
    "password": _rephrase,
    "remove": _remove,
}


def _asked(name: str, language: str) -> str:
    """Ask at the terminal, which shows nothing of it, twice."""
    try:
        first = getpass(say(language, "user.new", name=name) + " ")
        again = getpass(say(language, "user.again") + " ")
    except (EOFError, UnicodeDecodeError):
        raise Refused(say(language, "user.unreadable")) from None
    if first != again:
        raise Refused(say(language, "user.differ"))
    return first


def _given(language: str) -> str:
    """Read a line of standard input, where a program and not a person gives it."""
    line = sys.stdin.buffer.readline(4 * passphrase.LONGEST + 2)
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Refused(say(language, "user.unreadable")) from None
