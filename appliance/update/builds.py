"""Builds beside each other, and the two links that say which is in use and which was.

0.2.0-1a2b3c4d/   a build: version, and the start of the hash of its packages
current           the one in use; units, rules and the command lead through it
former            the one before it, which judges it and is gone back to
trial.json        while a build is on trial
incoming/         what comes out of a bundle
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance import durable

BASE = Path("/opt/vigie")
"""Where an installed box has its builds."""

COMPLETE = "complete"
"""Last file that a build gets."""


class Builds:
    """The builds in *base*."""

    def __init__(self, base: Path = BASE) -> None:
        self.base = base

    @property
    def current(self) -> str:
        """Give the name of the build in use; empty where there is none."""
        return self._at("current")

    @property
    def former(self) -> str:
        """Give the name of the build before it; empty where there is none."""
        return self._at("former")

    @property
    def incoming(self) -> Path:
        """Give where a bundle is unpacked."""
        return self.base / "incoming"

    def is_complete(self, name: str) -> bool:
        """Tell whether *name* is a build that can be switched to."""
        is_name = name not in {"", ".", ".."} and "/" not in name
        return is_name and (self.base / name / COMPLETE).is_file()

    def point(self, link: str, name: str) -> None:
        """Have *link* lead to the build *name*: the former way before a kill, or this one."""
        beside = self.base / f"{link}.new"
        beside.unlink(missing_ok=True)
        beside.symlink_to(name)
        beside.replace(self.base / link)
        durable.flush(self.base)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one that puts builds in use (flock(2)); raises BlockingIOError."""
        handle = os.open(self.base, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(handle)

    def tidy(self) -> None:
        """Remove all but the build in use and the one before; and what a kill left behind."""
        kept = {self.current, self.former}
        for folder in self.base.iterdir():
            if folder.is_dir() and not folder.is_symlink() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _at(self, link: str) -> str:
        try:
            return os.readlink(self.base / link)  # noqa: PTH115 - the name, not where it leads
        except OSError:
            return ""
