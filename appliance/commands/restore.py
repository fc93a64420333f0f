"""``vigie restore``: this box made from a backup, or left as it is.

The line stays as it is: the latch of a panel is in no backup.
"""

import argparse
import sys
import time
from contextlib import suppress
from getpass import getpass
from pathlib import Path

from appliance import passphrase
from appliance.backup import keeping, restoring, sealed
from appliance.backup.keeping import place
from appliance.commands import FAILED, OK, Refused, config_of, takes_config
from appliance.config import Config
from appliance.config_place import DIRECTORIES, usual
from appliance.panel.client import PanelClient
from appliance.services import PANEL, QUIETED, Services, Systemd
from appliance.store import StoreTrouble
from appliance.texts import say

TARGET = "vigie.target"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--check", action="store_true", help="only open and judge it")
    parser.add_argument(
        "--finish", action="store_true", help="finish what a power cut interrupted, if anything"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    config = config_of(options)
    language = config.practice.language
    configuration = options.config or usual() or Path("vigie.toml")
    try:
        if options.finish:
            restoring.finish(config, configuration)
            return OK
        if options.file is None:
            raise Refused(say(language, "backup.no_file"))
        return _restore(options, config, configuration, Systemd())
    except sealed.CannotOpen as why:
        raise Refused(say(language, f"backup.{why.key}")) from None
    except restoring.CannotRestore as why:
        raise Refused(say(language, f"backup.{why.key}", **why.words)) from None
    except StoreTrouble as trouble:
        raise Refused(trouble, FAILED) from None
    except OSError as error:
        words = {"why": error.strerror or str(error)}
        raise Refused(say(language, "backup.not_restored", **words), FAILED) from None


def _restore(
    options: argparse.Namespace, config: Config, configuration: Path, services: Services
) -> int:
    language = config.practice.language
    if not options.check and _is_isolated(config):
        raise Refused(say(language, "backup.isolated"))
    config.state.mkdir(mode=0o770, parents=True, exist_ok=True)
    with options.file.open("rb") as file:
        told, lock = restoring.judge(config, configuration, file, _phrase(language))
    day = time.strftime("%Y-%m-%d %H:%M", time.localtime(told.made_at))
    said = {"day": day, "practice": told.practice or "-", "version": told.version}
    if options.check:
        restoring.finish(config, configuration)  # it was not committed: what was laid out goes
        print(say(language, "backup.sound", **said))
        return OK
    here = services.running() and config.state == DIRECTORIES["state"]
    if here:
        services.stop(QUIETED)
    try:
        restoring.commit(config, configuration)
        restoring.finish(config, configuration)
        with suppress(OSError):  # the nights need a new pass-phrase then, and say so
            if sealed.read_lock(place(config)) is None:
                place(config).mkdir(mode=0o700, exist_ok=True)
                keeping.keep_lock(place(config), lock)
    finally:
        if here:
            services.restart(PANEL)
            services.start([TARGET])
    print(say(language, "backup.restored", folder=config.state / restoring.BEFORE, **said))
    return OK


def _is_isolated(config: Config) -> bool:
    status = PanelClient(config.run / "panel.sock").status_if_any()
    return status is not None and status.state != "connected"


def _phrase(language: str) -> str:
    """Ask at the terminal, which shows nothing of it; else read a line of standard input."""
    try:
        if sys.stdin.isatty():
            return getpass(say(language, "backup.ask") + " ")
        line = sys.stdin.buffer.readline(4 * passphrase.LONGEST + 2)
        return line.decode("utf-8").rstrip("\r\n")
    except (EOFError, UnicodeDecodeError):
        raise Refused(say(language, "user.unreadable")) from None
