"""A box made from a backup: everything is judged before anything is touched.

What comes out of the backup is laid into ``restoring/`` in the state directory. Once it is whole
and judged and what stands there now was copied to ``before-restore/``, the file ``ready`` says so:
up to there a kill leaves the box as it was, and from there on `finish` can be asked again and again
until all is in its place. On a box ``vigie-restore.service`` asks it before any part starts.
"""

import os
import pwd
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from appliance import durable
from appliance.backup import contents
from appliance.backup.contents import CONFIG, FORMAT, MANIFEST, STATE, Manifest
from appliance.backup.lock import Lock
from appliance.backup.sealed import CannotOpen, unseal
from appliance.config import Config
from appliance.store.spare import spare_of
from appliance.store.swap import DATABASES, is_too_new, replace, schema_of
from appliance.store.trouble import room

FOLDER, READY, BEFORE = "restoring", "ready", "before-restore"

MOST = 100_000
"""Files of a backup; a box has some hundred."""

_LARGEST_MANIFEST = 16 * 1024
_COPIES = 3
"""How often what is in a backup lies there at once: as a TAR, as files, and in its place."""
_OURS = "vigie-"
"""How the names of the box's own users begin; other owners are not taken over."""


class CannotRestore(Exception):  # noqa: N818 - what it was given is wrong, not the box
    """Nothing was changed; `key` is that of the reason in ``[backup]``, with its blanks."""

    def __init__(self, key: str, **words: object) -> None:
        self.key, self.words = key, words
        super().__init__(f"the backup cannot be restored: {key}")


def judge(
    config: Config, configuration: Path, file: BinaryIO, phrase: str
) -> tuple[Manifest, Lock]:
    """Lay out what the backup *file* holds, judged; give what it says, and what it is locked by.

    Raises CannotRestore, CannotOpen and OSError.
    """
    folder = config.state / FOLDER
    if is_ready(config):
        raise CannotRestore("unfinished")
    _begin(folder)
    try:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        _judge_room(folder, _COPIES * size)
        with (folder / "content.tar").open("w+b") as content:
            by = unseal(file, phrase, content)
            content.seek(0)
            told = _lay_out(config, configuration, content, folder)
        (folder / "content.tar").unlink()
        _judge_databases(folder / "content" / STATE, told)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return told, by


def commit(config: Config, configuration: Path) -> None:
    """Keep what stands now, and have what was laid out count; nobody may write meanwhile."""
    folder, kept = config.state / FOLDER, config.state / BEFORE
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(mode=0o700)
    for piece in _standing(config, configuration):
        to = kept / piece.name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(piece.path, to)
    names = sorted(_names(folder / "content"))
    os.sync()
    durable.write(folder / READY, msgspec.json.encode(names))


def is_ready(config: Config) -> bool:
    """Tell whether a restore was begun that must be finished."""
    return (config.state / FOLDER / READY).exists()


def finish(config: Config, configuration: Path) -> None:
    """Put all that was laid out in its place; harmless when there is nothing, or asked again."""
    folder = config.state / FOLDER
    if not is_ready(config):
        shutil.rmtree(folder, ignore_errors=True)
        return
    names = frozenset(msgspec.json.decode((folder / READY).read_bytes(), type=list[str]))
    for piece in _standing(config, configuration):
        if piece.name not in names and piece.name != CONFIG:
            piece.path.unlink(missing_ok=True)
    spare_of(config.state / DATABASES[0]).unlink(missing_ok=True)
    for name in sorted(names):
        laid = folder / "content" / name
        to = contents.place_of(name, config, configuration)
        if to is not None and laid.exists():  # else it is in its place already
            _put(laid, to, is_database=name in {f"{STATE}/{each}" for each in DATABASES})
    os.sync()
    (folder / READY).unlink()
    durable.flush(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _begin(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)


def _judge_room(folder: Path, needed: int) -> None:
    if room(folder) < needed:
        raise CannotRestore("no_room", mb=needed // 1_000_000 + 1)


def _lay_out(config: Config, configuration: Path, content: BinaryIO, folder: Path) -> Manifest:
    """Unpack *content* below *folder*; give what it says of itself."""
    try:
        with tarfile.open(fileobj=content, mode="r:") as tar:
            told = _manifest(tar)
            for number, member in enumerate(tar):
                if number > MOST:
                    raise CannotOpen("no_backup")
                if member.isreg() and contents.place_of(member.name, config, configuration):
                    _unpack(tar, member, folder / "content" / member.name)
    except (tarfile.TarError, EOFError):
        raise CannotOpen("no_backup") from None
    return told


def _manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    part = tar.extractfile(first) if first and first.name == MANIFEST else None
    try:
        told = msgspec.json.decode(part.read(_LARGEST_MANIFEST) if part else b"", type=Manifest)
    except msgspec.DecodeError:
        raise CannotOpen("no_backup") from None
    if told.format > FORMAT:
        raise CannotRestore("too_new", version=told.version)
    return told


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> None:
    part = tar.extractfile(member)
    if part is None:
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    with part, to.open("wb") as out:
        shutil.copyfileobj(part, out)
    to.chmod(member.mode & 0o770)
    owner = _owners().get(member.uname)
    if os.geteuid() == 0 and owner is not None:
        os.chown(to, owner, -1)


def _owners() -> Mapping[str, int]:
    return {one.pw_name: one.pw_uid for one in pwd.getpwall() if one.pw_name.startswith(_OURS)}


def _judge_databases(folder: Path, told: Manifest) -> None:
    for name in DATABASES:
        path = folder / name
        if not path.exists():
            continue
        if schema_of(path) < 0:
            raise CannotOpen("changed")
        if name == DATABASES[0] and is_too_new(path):
            raise CannotRestore("too_new", version=told.version)
        for suffix in ("-wal", "-shm"):
            path.with_name(name + suffix).unlink(missing_ok=True)


def _standing(config: Config, configuration: Path) -> Iterator[contents.Piece]:
    """Yield what a restore replaces or removes."""
    yield from contents.pieces(contents.Source(config=config, configuration=configuration))
    for name in DATABASES:
        if (config.state / name).exists():
            yield contents.Piece(f"{STATE}/{name}", config.state / name)


def _names(folder: Path) -> Iterator[str]:
    for place, _, files in os.walk(folder):
        yield from (str((Path(place) / file).relative_to(folder)) for file in files)


def _put(laid: Path, to: Path, *, is_database: bool) -> None:
    """Have *to* be what was *laid* out; a file is whole or not at all, with owner and group."""
    about = laid.stat()
    if not to.parent.exists():
        to.parent.mkdir(mode=0o770 if about.st_mode & 0o040 else 0o700, parents=True)
        _owned(to.parent, about.st_uid, to.parent.parent.stat().st_gid)
    if is_database:
        _owned(laid, about.st_uid, to.parent.stat().st_gid)
        replace(to, laid)
        return

    def settle(new: Path) -> None:
        new.chmod(about.st_mode & 0o777)
        _owned(new, about.st_uid, to.parent.stat().st_gid)

    durable.write(to, laid.read_bytes(), settle=settle)


def _owned(path: Path, owner: int, group: int) -> None:
    if os.geteuid() == 0:
        os.chown(path, owner, group)
