"""The ballast: a file that is only there to be thrown away when the disk is full.

A full SQLite database cannot even delete: removing rows and checkpointing need room too
(measured). With the ballast gone, alerts and decisions have room again while the rest is tidied.
"""

import contextlib
import os
from pathlib import Path

from appliance.store.trouble import room

SIZE = 4 * 1024 * 1024
"""Octets; some ten thousand alerts."""

ENOUGH = 2 * SIZE
"""Octets that must be free before the ballast is taken on board again."""


class Ballast:
    """The file ``ballast`` in *directory*."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._path = directory / "ballast"

    @property
    def is_aboard(self) -> bool:
        """Whether the ballast is in place."""
        return self._path.exists()

    def keep(self) -> bool:
        """Have the ballast in place, taking it on board when there is room; tell whether it is."""
        if self.is_aboard:
            return True
        if room(self._directory) < ENOUGH:
            return False
        taken = self._path.with_suffix(".new")
        try:
            # Reserved, not written: an SD card wears by what is written.
            file = os.open(taken, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(file, 0, SIZE)
            finally:
                os.close(file)
            taken.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                taken.unlink(missing_ok=True)
            return False
        return True

    def release(self) -> bool:
        """Throw the ballast away; tell whether there was any."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
