"""``vigie user``: who may sign in, as what; a way back in for who forgot or lost their telephone.

Whoever may run this on the box itself is trusted: no old pass-phrase is asked for.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from getpass import getpass

from appliance import passphrase
from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.durations import DAY
from appliance.passphrase import NAME
from appliance.store import Office, Role, StoreTrouble
from appliance.texts import say

AUTHOR = "console"
"""Who did it, in the audit."""

WEEK = 7 * DAY
"""Seconds for which a pass-phrase that somebody else chose is good."""

PEOPLE = (Role.STAFF, Role.READER, Role.TECHNICIAN)
"""What can be given here; the address for a tablet is shown on a page."""

Options = argparse.Namespace


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument(
        "what",
        choices=list(_DOES),
        help="list everybody; add NAME; give NAME another role or a new pass-phrase; ask NAME for"
        " no codes of their telephone any more; let NAME sign in no more, or again; remove NAME",
    )
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="whose account")
    parser.add_argument(
        "--role", choices=list(PEOPLE), default=None, help="for add and role: what NAME may do"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = config.practice.language
    if options.what != "list" and not options.name:
        raise Refused(say(language, "user.unnamed"))
    try:
        office = Office(config.state, time.time)
        try:
            _DOES[options.what](office, options, language)
        finally:
            office.close()
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    return OK


def _list(office: Office, options: Options, language: str) -> None:
    for user in office.users():
        marks = [mark for mark, is_so in (("code", user.second), ("off", user.disabled)) if is_so]
        print("\t".join((user.name, user.role, user.language, *marks)))


def _add(office: Office, options: Options, language: str) -> None:
    """Add *name*, who chooses another pass-phrase at the first sign-in, within a week."""
    name, role = options.name, Role(options.role or Role.STAFF)
    if not NAME.fullmatch(name):
        raise Refused(say(language, "setup.no_name"))
    kept = passphrase.hashed(_phrase(name, language))
    until = time.time() + WEEK
    if not office.add_user(name, kept, role=role, language=language, temporary_until=until):
        raise Refused(say(language, "people.taken", name=name), FAILED)
    office.audit(AUTHOR, "add_user", f"{name} {role}")
    print(say(language, "user.added", name=name))


def _role(office: Office, options: Options, language: str) -> None:
    if options.role is None:
        raise Refused(say(language, "user.no_role"))
    role = Role(options.role)
    done = office.change_role(options.name, role)
    _done(office, options, language, done=done, what="role", detail=f"{options.name} {role}")


def _rephrase(office: Office, options: Options, language: str) -> None:
    """Give *name* a new pass-phrase, and end all sessions of the account."""
    name = options.name
    user = office.user(name)
    if user is None or user.role is Role.KIOSK:
        raise Refused(say(language, "user.nobody", name=name), FAILED)
    office.set_password(name, passphrase.hashed(_phrase(name, language)))
    office.audit(AUTHOR, "password", name)
    print(say(language, "user.changed", name=name))


def _end_codes(office: Office, options: Options, language: str) -> None:
    """Ask for no code any more: the telephone is lost, or the box's clock is wrong."""
    _done(office, options, language, done=office.end_codes(options.name), what="codes_off")


def _disable(office: Office, options: Options, language: str) -> None:
    _done(office, options, language, done=office.disable(options.name), what="disable_user")


def _enable(office: Office, options: Options, language: str) -> None:
    _done(office, options, language, done=office.enable(options.name), what="enable_user")


def _remove(office: Office, options: Options, language: str) -> None:
    name = options.name
    if not office.remove_user(name):
        raise Refused(say(language, "user.kept", name=name), FAILED)
    office.audit(AUTHOR, "remove_user", name)
    print(say(language, "user.removed", name=name))


def _done(  # noqa: PLR0913 - told by name
    office: Office, options: Options, language: str, *, done: bool, what: str, detail: str = ""
) -> None:
    name = options.name
    if office.user(name) is None:
        raise Refused(say(language, "user.nobody", name=name), FAILED)
    if not done:
        raise Refused(say(language, "people.not_done", name=name), FAILED)
    office.audit(AUTHOR, what, detail or name)
    print(say(language, f"people.done.{what}", name=name))


_DOES: Mapping[str, Callable[[Office, Options, str], None]] = {
    "list": _list,
    "add": _add,
    "role": _role,
    "password": _rephrase,
    "totp": _end_codes,
    "disable": _disable,
    "enable": _enable,
    "remove": _remove,
}


def _phrase(name: str, language: str) -> str:
    """Take a pass-phrase in, from a person or a program."""
    phrase = _asked(name, language) if sys.stdin.isatty() else _given(language)
    if not passphrase.acceptable(phrase):
        limits = {"shortest": passphrase.SHORTEST, "longest": passphrase.LONGEST}
        raise Refused(say(language, "user.length", **limits))
    return phrase


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
