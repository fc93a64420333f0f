"""``vigie update``: a newer version in use, or the former one again; nothing between the two."""

import argparse
import os
import platform
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from appliance import errands
from appliance.commands import FAILED, OK, UNUSABLE, Refused, config_of, takes_config
from appliance.config import Config
from appliance.errands import State
from appliance.services import Systemd
from appliance.store import StoreTrouble
from appliance.store.swap import DATABASES, rehearse
from appliance.store.trouble import room
from appliance.texts import say
from appliance.update import release, trusted
from appliance.update.builds import Builds
from appliance.update.signs import look
from appliance.update.switching import Box, CannotSwitch, Ended, judge, switch

UNPACKED = 6
"""How much larger than its bundle a build is, with the bundle itself unpacked beside it."""

SPARE = 64 << 20
"""Octets that must be left besides."""

_BUILDING = 1800.0
"""Seconds in which a slow card has a build in place."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command can be told."""
    takes_config(parser)
    parser.add_argument("file", nargs="?", type=Path, metavar="BUNDLE", help="the new version")
    parser.add_argument(
        "--asked", action="store_true", help="put in use what was sent on the pages, if it is good"
    )
    parser.add_argument("--check", action="store_true", help="only judge the bundle")
    parser.add_argument("--patience", type=float, default=180.0, help="seconds for parts to start")
    parser.add_argument("--settle", type=float, default=15.0, help="seconds they must then run")
    parser.add_argument("--switch", metavar="BUILD", help="put a build in use that is in place")
    parser.add_argument(
        "--judge", action="store_true", help="end a trial that a power cut interrupted, if any"
    )
    parser.add_argument(
        "--rehearse", type=Path, metavar="DATABASE", help="take this build's steps in a copy"
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    if options.rehearse is not None:
        return _rehearse(options.rehearse)
    config = config_of(options)
    language = config.practice.language
    notes = not options.check and os.geteuid() == 0 and Builds().base.is_dir()
    try:
        return _carried_out(options, config, notes=notes)
    except BlockingIOError:
        raise Refused(say(language, "update.busy"), FAILED) from None
    except release.CannotUse as why:
        status, key, words = (
            UNUSABLE,
            why.key,
            {name: str(each) for name, each in why.words.items()},
        )
    except CannotSwitch as why:
        status, key, words = FAILED, why.key, {}
    except OSError as error:
        status, key, words = FAILED, "not_done", {"why": error.strerror or str(error)}
    if notes:
        _tell(config, "refused", key, **words)
    raise Refused(say(language, f"update.{key}", **words), status)


def _carried_out(options: argparse.Namespace, config: Config, *, notes: bool) -> int:
    if options.check:
        return _check(options, config)
    if not notes:
        raise Refused(say(config.practice.language, "update.not_here"))
    with ExitStack() as stack:
        if options.asked:
            options.taken = stack.enter_context(_taken(config))
        stack.enter_context(Builds().alone())
        if options.judge:
            tried = Builds().current
            return _told(judge(_box(options, config)), config, tried)
        if options.switch is not None:
            return _switched(options, config, options.switch)
        _tell(config, "begun")
        return _update(options, config)


def _check(options: argparse.Namespace, config: Config) -> int:
    with _opened(options, config) as file:
        manifest = _judged(file)
        release.verify(file, manifest)
    print(
        say(config.practice.language, "update.sound", version=manifest.version, day=manifest.date)
    )
    return OK


def _update(options: argparse.Namespace, config: Config) -> int:
    builds, language = Builds(), config.practice.language
    with _opened(options, config) as file:
        manifest = _judged(file)
        if not builds.current:
            raise Refused(say(language, "update.not_here"))
        _judge_room(config, builds, manifest)
        release.unpack(file, manifest, builds.incoming)
    return _switched(options, config, _built(builds))


def _opened(options: argparse.Namespace, config: Config) -> BinaryIO:
    opened: BinaryIO
    if options.asked:
        opened = options.taken
    elif options.file is None:
        raise Refused(say(config.practice.language, "update.no_file"))
    else:
        opened = options.file.open("rb")
    return opened


def _taken(config: Config) -> BinaryIO:
    """Open what was sent on the pages, and have it gone: nobody exchanges what has no name."""
    try:
        return errands.sent(config, errands.BUNDLE)
    finally:
        (errands.folder(config) / errands.BUNDLE).unlink(missing_ok=True)


def _judged(file: BinaryIO) -> release.Manifest:
    manifest = release.read(file, trusted.key())
    release.judge(manifest, version("vigie"), _target())
    return manifest


def _built(builds: Builds) -> str:
    """Have the bundle's installer put its build in place, beside the one in use; give its name."""
    installer = builds.incoming / release.INSTALLER
    done = subprocess.run(  # noqa: S603 - what was signed
        [installer, "--build"], capture_output=True, text=True, check=False, timeout=_BUILDING
    )
    name = done.stdout.strip()
    if done.returncode != 0 or not builds.is_complete(name):
        sys.stderr.write(done.stderr)
        raise CannotSwitch("no_build")
    return name


def _switched(options: argparse.Namespace, config: Config, name: str) -> int:
    return _told(switch(_box(options, config), name), config, name)


def _told(ended: Ended, config: Config, name: str) -> int:
    done, key = ended in {Ended.WELL, Ended.LATER}, f"ended.{ended.name.lower()}"
    words = {"name": name, "former": Builds().current}
    _tell(config, "done" if done else "refused", key, **words)
    text = say(config.practice.language, f"update.{key}", **words)
    if ended in {Ended.UNWELL, Ended.BACK}:
        raise Refused(text, FAILED)
    print(text)
    return OK


def _tell(config: Config, state: State, key: str = "", **words: str) -> None:
    """Say what became of it, for the pages; that it cannot be said changes nothing of it."""
    told = errands.Outcome(at=time.time(), state=state, key=key, words=words)
    with suppress(OSError):
        errands.tell(config, "update", told)


def _box(options: argparse.Namespace, config: Config) -> Box:
    return Box(
        builds=Builds(),
        state=config.state,
        services=Systemd(),
        look=partial(look, config),
        wait=time.sleep,
        patience=options.patience,
        settle=options.settle,
    )


def _judge_room(config: Config, builds: Builds, manifest: release.Manifest) -> None:
    databases = (config.state / name for name in DATABASES)
    copies = 2 * sum(path.stat().st_size for path in databases if path.exists())
    for folder, needed in (
        (builds.base, UNPACKED * manifest.size + SPARE),
        (config.state, copies + SPARE),
    ):
        if room(folder) < needed:
            mb = needed // 1_000_000 + 1
            raise release.CannotUse("no_room", folder=folder, mb=mb)


def _target() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}-{platform.machine()}"


def _rehearse(copy: Path) -> int:
    try:
        rehearse(copy, time.time())
    except (StoreTrouble, ValueError, OSError) as error:
        raise Refused(error, FAILED) from None
    return OK
