"""``vigie backup``: all that makes this box what it is, in one file that a pass-phrase opens."""

import argparse
import time
from pathlib import Path

from appliance.backup import keeping, sealed
from appliance.backup.contents import Source
from appliance.backup.making import make
from appliance.backup.sealed import Lock
from appliance.commands import FAILED, OK, UNUSABLE, Refused, config_of, takes_config
from appliance.config import Config
from appliance.config_place import DIRECTORIES, usual
from appliance.store import StoreTrouble
from appliance.texts import say

PLACE = Path("/var/lib/vigie-backup")
"""Where an installed box keeps its backups, and what locks them."""

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


def place(config: Config) -> Path:
    """Give where the box of *config* keeps its backups."""
    return PLACE if config.state == DIRECTORIES["state"] else config.state / "backup"


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = config.practice.language
    try:
        if options.new_phrase:
            return _new_phrase(config, language)
        if options.to is None and options.file is None:
            raise Refused(say(language, "backup.no_file"))
        lock = sealed.read_lock(place(config))
        if lock is None:
            # No failure of the night: there is somebody to be asked first.
            raise Refused(say(language, "backup.no_phrase"), UNUSABLE if options.file else OK)
        if options.to is None:
            _write(options, config, lock, options.file)
            print(say(language, "backup.written", file=options.file))
            return OK
        return _nightly(options, config, lock, language)
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


def _nightly(options: argparse.Namespace, config: Config, lock: Lock, language: str) -> int:
    to: Path = options.to / keeping.name(time.time())
    to.parent.mkdir(mode=0o700, exist_ok=True)
    keeping.rotate(to.parent, options.keep)
    _write(options, config, lock, to)
    keeping.rotate(to.parent, options.keep)
    print(say(language, "backup.written", file=to))
    status = OK
    for stick in keeping.sticks(options.stick) if options.stick else ():
        try:
            there = keeping.take_along(to, stick, options.keep)
            print(say(language, "backup.written", file=there))
        except OSError as error:
            why = error.strerror or str(error)
            print(say(language, "backup.not_on_stick", stick=stick, why=why))
            status = FAILED
    return status


def _write(options: argparse.Namespace, config: Config, lock: Lock, to: Path) -> None:
    configuration = options.config or usual()
    source = Source(config=config, configuration=configuration, traffic=options.traffic)
    keeping.write(to, lambda out: make(source, lock, out, time.time()))
