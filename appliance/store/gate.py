"""The gate: who writes, and who may exchange the database file for another, between processes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Gate:
    """A lock on *directory* (flock(2)): many may go through together, or one alone.

    SQLite's own locks protect rows, not the file's name: without this, a decision could be written
    into a damaged file just after its rows were saved from it.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Hold the gate open with others; the file keeps its name meanwhile."""
        yield from self._held(fcntl.LOCK_SH)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the gate alone; nobody writes meanwhile."""
        yield from self._held(fcntl.LOCK_EX)

    def sync(self) -> None:
        """Make renamings in the directory last through a power cut."""
        os.fsync(self._directory)

    def close(self) -> None:
        """Let go of the directory; once is enough."""
        if self._directory >= 0:
            os.close(self._directory)
            self._directory = -1

    def _held(self, how: int) -> Iterator[None]:
        fcntl.flock(self._directory, how)
        try:
            yield
        finally:
            fcntl.flock(self._directory, fcntl.LOCK_UN)
