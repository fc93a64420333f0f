"""What can go wrong with a database, in four words that pages and the light can show."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

SCARCE = 256 * 1024
"""Octets left on the card below which a failed read or write is put down to a full disk: SQLite
reports some of those as input/output errors (a shared-memory file that cannot grow)."""

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FAILING = frozenset(
    {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
    }
)


class Trouble(StrEnum):
    """Why a database cannot be used; the values are keys of texts (``[health]``)."""

    DAMAGED = "health.database_set_aside"
    FULL = "health.disk_full"
    LOCKED = "health.database_locked"
    FAILING = "health.disk_failing"
    """The card cannot be written or read, or may not be."""


class StoreTrouble(Exception):  # noqa: N818 - a state of the card, which passes
    """A database could not be used; ``what`` says why."""

    def __init__(self, what: Trouble, error: Exception) -> None:
        super().__init__(f"The database could not be used: {error}.")
        self.what = what


@contextmanager
def named(directory: Path) -> Iterator[None]:
    """Raise errors that concern the databases in *directory* as `StoreTrouble`.

    Mistakes of ours (a wrong statement, a broken constraint) pass unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        what = trouble_of(error, directory)
        if what is None:
            raise
        raise StoreTrouble(what, error) from error
    except OSError as error:
        raise StoreTrouble(_full_or_failing(directory), error) from error


def trouble_of(error: sqlite3.Error, directory: Path) -> Trouble | None:
    """Say what *error* means for the databases in *directory*; None means a mistake of ours."""
    extended: int | None = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        # Errors of the module itself. The one that is not our mistake: text that is not UTF-8.
        return Trouble.DAMAGED if isinstance(error, sqlite3.OperationalError) else None
    code = extended & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return Trouble.FULL
    if code in _LOCKED:
        return Trouble.LOCKED
    if code in _DAMAGED:
        return Trouble.DAMAGED
    return _full_or_failing(directory) if code in _FAILING else None


def room(directory: Path) -> int:
    """Give the octets that may still be written below *directory*."""
    space = os.statvfs(directory)
    return space.f_bavail * space.f_frsize


def _full_or_failing(directory: Path) -> Trouble:
    try:
        return Trouble.FULL if room(directory) < SCARCE else Trouble.FAILING
    except OSError:
        return Trouble.FAILING
