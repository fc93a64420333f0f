"""Making a backup while the box runs."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from appliance.backup.contents import FORMAT, MANIFEST, STATE, Manifest, Piece, Source, pieces
from appliance.backup.lock import Lock
from appliance.backup.sealed import seal
from appliance.durations import DAY
from appliance.store.copying import copy
from appliance.store.swap import DATABASES, schema_of

WORK = ("backup-", ".new")
"""How the folder begins and ends in which one is made; none is of use after `STALE`."""
STALE = DAY
"""Seconds after which nobody works in such a folder any more: it was killed."""


def make(source: Source, by: Lock, out: BinaryIO, now: float) -> None:
    """Write a backup of *source*, locked by *by*, to *out*; raises OSError and StoreTrouble.

    The databases are as they were at one moment each. What is written in clear meanwhile is in
    the state directory, where it stands in clear anyway, and never beside *out*.
    """
    config = source.config
    prefix, suffix = WORK
    for left in config.state.glob(f"{prefix}*{suffix}"):
        if now - left.stat().st_mtime > STALE:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=config.state, prefix=prefix, suffix=suffix) as folder:
        work = Path(folder)
        copies = tuple(_copies(config.state, work))
        schema = max(0, schema_of(work / "vigie.db"))
        told = Manifest(
            format=FORMAT,
            version=version("vigie"),
            made_at=now,
            schema=schema,
            practice=config.practice.name,
        )
        with (work / "content.tar").open("w+b") as file:
            _pack(told, (*pieces(source), *copies), file, now)
            file.seek(0)
            seal(file, by, out)


def _copies(state: Path, work: Path) -> Iterator[Piece]:
    for name in DATABASES:
        if (state / name).exists():
            copy(state / name, work / name)
            yield Piece(f"{STATE}/{name}", work / name)


def _pack(told: Manifest, packed: tuple[Piece, ...], file: BinaryIO, now: float) -> None:
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        text = msgspec.json.encode(told)
        head = tarfile.TarInfo(MANIFEST)
        head.size, head.mtime = len(text), int(now)
        tar.addfile(head, BytesIO(text))
        for piece in packed:
            with suppress(FileNotFoundError):  # gone since it was listed: a list was exchanged
                _add(tar, piece)


def _add(tar: tarfile.TarFile, piece: Piece) -> None:
    # Those who may write there could have put a link in its place.
    handle = os.open(piece.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as content:
        # Of what the file was when it was opened; a log that grows meanwhile ends there.
        tar.addfile(tar.gettarinfo(arcname=piece.name, fileobj=content), content)
