"""The configuration as it stands: read anew when something was set on the pages.

A part of the box works with one configuration from its start to its end. When what it goes by has
changed, it ends as if it had been told to, and begins again in the same process: nobody needs the
right to start it, and systemd counts no failure.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from appliance import settings
from appliance.config import Config
from appliance.config_file import ConfigError, installers, load
from appliance.waiting import hand_over, stamp

LOOK = 1.0
"""Seconds between two looks at the file."""


class Standing:
    """The configuration in the file *path* (None: the usual one); *config* is what it was."""

    def __init__(self, path: Path | None, config: Config) -> None:
        self._path = path
        self._config = config
        self._file = settings.folder(config) / settings.FILE
        self._stamp: tuple[int, ...] | None = None

    def look(self) -> Config:
        """Give what stands now; where the installer's file cannot be read any more, what stood."""
        found = stamp(self._file)
        if found != self._stamp:
            with suppress(ConfigError):
                self._config = load(self._path)
            self._stamp = found
        return self._config

    def wait(self, words: str) -> NoReturn:
        """Say *words*, be next to nothing until something is set, and begin again; after a look."""
        _empty_streams()
        hand_over(self._file, self._stamp or (), words)

    def installers(self) -> Mapping[str, Any]:
        """Give what the installer's file sets; nothing where it cannot be read any more."""
        try:
            return installers(self._path)[0]
        except ConfigError:
            return {}


@contextmanager
def ended_by_changes(
    path: Path | None,
    config: Config,
    goes_by: tuple[str, ...],
    may_end: Callable[[], bool] = lambda: True,
) -> Iterator[threading.Event]:
    """While this lasts, end this process by SIGTERM when what it goes by is set otherwise.

    *goes_by* names tables of *config*. The event given says, in the end, whether it was that; then
    the process is to `begin_again`. It waits while *may_end* says no.
    """
    changed, over = threading.Event(), threading.Event()
    standing = Standing(path, config)

    def watch() -> None:
        while not over.wait(LOOK):
            now = standing.look()
            differs = any(getattr(now, table) != getattr(config, table) for table in goes_by)
            if differs and may_end():
                changed.set()
                os.kill(os.getpid(), signal.SIGTERM)
                return

    thread = threading.Thread(target=watch, name="settings", daemon=True)
    thread.start()
    try:
        yield changed
    finally:
        over.set()
        thread.join()


def with_work(
    path: Path | None, config: Config, wanted: Callable[[Config], bool], none: str
) -> Config:
    """Give the configuration as it stands, if it is *wanted*: if there is work to do by it.

    Otherwise *none* is said, and a smaller program waits in this process for other settings.
    """
    standing = Standing(path, config)
    now = standing.look()
    if not wanted(now):
        standing.wait(none)
    return now


def begin_again() -> NoReturn:
    """Have this process begin from its command line, under its number (execve(2))."""
    _empty_streams()
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - our own command line


def _empty_streams() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
