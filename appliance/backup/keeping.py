"""Where backups are kept, for how long, and the stick they are copied to."""

import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from appliance import durable
from appliance.backup.lock import KEY, Lock
from appliance.config import Config
from appliance.config_place import DIRECTORIES

PLACE = Path("/var/lib/vigie-backup")
"""Where an installed box keeps its backups, and what locks them."""

SUFFIX = ".vigie"

ON_A_STICK = "vigie-backup"
"""Folder on a stick."""

ROOM = 1.1
"""How much larger than the last backup the room for the next one must be."""

_STICKS = 8
"""Sticks that are looked at, at most."""


def place(config: Config) -> Path:
    """Give where the box of *config* keeps its backups."""
    return PLACE if config.state == DIRECTORIES["state"] else config.state / "backup"


def name(now: float) -> str:
    """Name a backup made at *now*, so that names sort by age."""
    return f"vigie-{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}{SUFFIX}"


def kept(folder: Path) -> list[Path]:
    """Give the backups in *folder*, newest first."""
    return sorted(folder.glob(f"vigie-*{SUFFIX}"), reverse=True)


def write(path: Path, content: Callable[[BinaryIO], None]) -> None:
    """Have *content* write the file *path*, whole or not at all; raises OSError."""
    beside = path.with_name(path.name + ".new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as out:
            content(out)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
        durable.flush(path.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def is_whole(path: Path) -> bool:
    """Read *path* from the medium, not from memory, and tell whether it is as it was written.

    That it opens, only somebody with the pass-phrase can tell.
    """
    try:
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            with zipfile.ZipFile(file) as packed:
                return packed.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False


def rotate(folder: Path, keep: int) -> None:
    """Remove all but the newest *keep* backups in *folder*, and what a kill left half written."""
    for half in folder.glob(f"vigie-*{SUFFIX}.new"):
        half.unlink(missing_ok=True)
    for old in kept(folder)[keep:]:
        old.unlink(missing_ok=True)


def sticks(under: Path) -> Iterator[Path]:
    """Yield where sticks are mounted, to be written: *under* itself, or below it two deep."""
    places = [under, *under.glob("*"), *under.glob("*/*")] if under.is_dir() else []
    folders = (place for place in places if place.is_dir() and not place.is_symlink())
    mounted = [place for place in folders if os.path.ismount(place) and os.access(place, os.W_OK)]
    yield from mounted[:_STICKS]


def take_along(backup: Path, stick: Path, keep: int) -> Path:
    """Copy *backup* to *stick* and keep the newest *keep* there; raises OSError."""
    folder = stick / ON_A_STICK
    folder.mkdir(exist_ok=True)
    rotate(folder, keep)
    to = folder / backup.name
    with backup.open("rb") as content:
        write(to, lambda out: shutil.copyfileobj(content, out))
    rotate(folder, keep)
    return to


def keep_lock(folder: Path, lock: Lock) -> None:
    """Have backups of *folder* locked by *lock* from now on; older ones keep their own."""
    durable.write(folder / KEY, lock.key, mode=0o600)
    durable.write(folder / "recipient", lock.recipient.encode() + b"\n", mode=0o600)
