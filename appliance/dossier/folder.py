"""Files that are on the card when a call returns, and the list of their hashes.

The list has the form of ``sha256sum``, so that anybody can check it without this program.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from appliance import durable

MANIFEST = "MANIFEST.sha256"
LOCK = ".lock"

PIECE = 1 << 20
"""Octets read at once."""


def make(path: Path) -> Path:
    """Make the folder *path* inside one that may be missing, too; readable for our group only."""
    for each in (path.parent, path):
        if not each.is_dir():
            each.mkdir(mode=0o770, parents=True, exist_ok=True)
            resemble(each)
            durable.flush(each.parent)
    return path


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the folder *path* against other threads and programs that would write into it, too."""
    handle = os.open(path.parent / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    try:
        resemble(path.parent / LOCK)
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write(path: Path, content: bytes) -> None:
    """Have *path* hold *content*: the old or the new after a cut of power, never half."""
    durable.write(path, content, mode=0o660, settle=resemble)


def append(path: Path, content: bytes) -> None:
    """Add *content* at the end of *path*."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o660), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    resemble(path)
    durable.flush(path.parent)


def hashed(path: Path) -> str:
    """Give the SHA-256 of the file *path*."""
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def manifest(files: dict[str, str]) -> bytes:
    """Give the list of *files*, hashes by name."""
    return "".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()


def seal(folder: Path) -> None:
    """Write down the hashes of all files in *folder*."""
    names = [each for each in folder.iterdir() if each.is_file() and each.suffix != ".new"]
    files = {each.name: hashed(each) for each in names if each.name != MANIFEST}
    write(folder / MANIFEST, manifest(files))


def resemble(path: Path) -> None:
    """Have *path* belong to whom its folder belongs, when root made it at the console."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def save(path: Path, value: object) -> None:
    """Have *path* hold *value* as JSON; raises OSError."""
    write(path, msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")


def load(path: Path, kind: Any) -> Any:
    """Give what the file *path* holds of *kind*, or None."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None
