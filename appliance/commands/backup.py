"""``vigie backup``: all that makes this box what it is, in one file that a pass-phrase opens."""

import argparse
import time
from contextlib import suppress
from pathlib import Path

from appliance import errands
from appliance.backup import keeping, sealed
from appliance.backup.contents import Source
from appliance.backup.keeping import place
from appliance.backup.lock import Lock
from appliance.backup.making import make
from appliance.commands import FAILED, OK, UNUSABLE, Refused, config_of, takes_config
from appliance.config import Config
from appliance.config_place import usual
from appliance.store import StoreTrouble
from appliance.texts import say

KEEP = 7
"""Backups kept of the nights."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the backup to write")
    parser.add_argument(
        "--new-phrase",
        action="store_true",
        help="make a new pass-phrase, print it once, and lock all later backups with it",
    )
    parser.add_argument("--to", type=Path, metavar="DIR", help="make one in DIR, as every night")
    parser.add_argument(
        "--keep", type=int, default=KEEP, metavar="N", help=f"keep the newest N there ({KEEP})"
    )
    parser.add_argument(
        "--stick", type=Path, metavar="DIR", help="copy it to each stick mounted at or below DIR"
    )
    parser.add_argument(
        "--traffic", action="store_true", help="with the conversations of the last days"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = config.practice.language
    try:
        if options.new_phrase:
            return _new_phrase(config, language)
        if options.to is not None:
            return _nightly(options, config, language)
        if options.file is None:
            raise Refused(say(language, "backup.no_file"))
        lock = sealed.read_lock(place(config))
        if lock is None:
            raise Refused(say(language, "backup.no_phrase"), UNUSABLE)
        return _by_hand(options, config, lock)
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(say(language, "backup.not_written", why=why), FAILED) from None


def _new_phrase(config: Config, language: str) -> int:
    phrase, folder = sealed.new_phrase(), place(config)
    folder.mkdir(mode=0o700, exist_ok=True)
    keeping.keep_lock(folder, sealed.lock(phrase))
    print(say(language, "backup.phrase"), f"    {phrase}", sep="\n")
    return OK


def _by_hand(options: argparse.Namespace, config: Config, lock: Lock) -> int:
    _write(options, config, lock, options.file)
    print(say(config.practice.language, "backup.written", file=options.file))
    return OK


def _nightly(options: argparse.Namespace, config: Config, language: str) -> int:
    """Make one as every night; and another, where one was asked for on the pages meanwhile.

    systemd does not see what changes while it runs what it started for it.
    """
    before = errands.backup_asked(config)
    status = _made(options, config, language)
    return status if errands.backup_asked(config) == before else _made(options, config, language)


def _made(options: argparse.Namespace, config: Config, language: str) -> int:
    """Make one, as asked for on the pages; say what became of it."""
    asked, told = errands.backup_asked(config), errands.outcome(config, "backup")
    number = told.asked if told else ""
    try:
        if asked is not None:
            _take_lock(config, asked)
            number = asked.id  # not before: a pass-phrase that was shown must come into force
        lock = sealed.read_lock(place(config))
        if lock is None:
            # No failure of the night: there is somebody to be asked first.
            _refuse(config, number, "no_phrase")
            raise Refused(say(language, "backup.no_phrase"), OK)
        return _night(options, config, lock, number)
    except StoreTrouble as trouble:
        _refuse(config, number, "not_written", why=str(trouble).rstrip("."))
        raise
    except OSError as error:
        with suppress(OSError):
            _refuse(config, number, "not_written", why=error.strerror or str(error))
        raise


def _take_lock(config: Config, asked: errands.BackupAsked) -> None:
    """Have backups locked as *asked*, where that was not done before."""
    told = errands.outcome(config, "backup")
    if not asked.recipient or (told is not None and told.asked == asked.id):
        return
    with suppress(ValueError):  # the pages have been tampered with: what was in force stays so
        lock = sealed.lock_of(asked.recipient, asked.key)
        place(config).mkdir(mode=0o750, exist_ok=True)
        keeping.keep_lock(place(config), lock)


def _night(options: argparse.Namespace, config: Config, lock: Lock, number: str) -> int:
    language = config.practice.language
    to: Path = options.to / keeping.name(time.time())
    to.parent.mkdir(mode=0o750, exist_ok=True)
    keeping.rotate(to.parent, options.keep)
    _write(options, config, lock, to)
    to.chmod(0o640)  # the pages hand it out: only the pass-phrase opens it
    keeping.rotate(to.parent, options.keep)
    print(say(language, "backup.written", file=to))
    status, sticks = OK, dict[str, bool]()
    for stick in keeping.sticks(options.stick) if options.stick else ():
        try:
            there = keeping.take_along(to, stick, options.keep)
            print(say(language, "backup.written", file=there))
            sticks[str(stick)] = True
        except OSError as error:
            why = error.strerror or str(error)
            print(say(language, "backup.not_on_stick", stick=stick, why=why))
            status, sticks[str(stick)] = FAILED, False
    whole = keeping.is_whole(to)
    made = errands.Outcome(at=time.time(), state="done", asked=number, whole=whole, sticks=sticks)
    errands.tell(config, "backup", made)
    return status if whole else FAILED


def _refuse(config: Config, number: str, key: str, **words: str) -> None:
    told = errands.Outcome(at=time.time(), state="refused", key=key, words=words, asked=number)
    errands.tell(config, "backup", told)


def _write(options: argparse.Namespace, config: Config, lock: Lock, to: Path) -> None:
    configuration = options.config or usual()
    source = Source(config=config, configuration=configuration, traffic=options.traffic)
    keeping.write(to, lambda out: make(source, lock, out, time.time()))
