"""The reading end of the day files: single conversations, and who talked to whom in all.

Questions about all of a day go through its rows from the newest back, and stop after `talks.MOST`.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Generic, TypeVar

from appliance.model import Device, Ip, Mac
from appliance.store import flows, talks
from appliance.store.flows import Conversation
from appliance.store.pool import read_only
from appliance.store.talks import Pair, Speaker, Talk
from appliance.store.trouble import StoreTrouble, named

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(Generic[T]):
    """What was found, and how far back was looked."""

    what: tuple[T, ...] = ()
    since: float = 0.0
    whole: bool = True
    """All of the time that was asked for was gone through."""


class Days:
    """Asks the day files in *directory*, read-only, from any thread; raises StoreTrouble."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def conversations(
        self, macs: Collection[Mac] | None, since: float, until: float, limit: int
    ) -> tuple[Conversation, ...]:
        """Give at most *limit* that spoke in [*since*, *until*), of *macs* or all; newest first."""
        found: list[Conversation] = []
        for path in reversed(flows.files(self._directory, since, until)):
            with self._day(path) as db:
                if db is not None:
                    found += flows.load(db, macs, since, until, limit - len(found))
            if len(found) >= limit:
                break
        return tuple(found)

    def talks(self, device: Device, since: float) -> Looked[Talk]:
        """Give with whom *device* talked since then, each once per service, the latest first."""
        macs = (device.mac, *device.also)
        own = device.addresses if device.gateway else None
        found, at, whole = self._through(
            since, lambda db, above: talks.of_device(db, macs, own, since, above)
        )
        return Looked(what=talks.added_talks(found), since=at, whole=whole)

    def pairs(self, since: float) -> Looked[Pair]:
        """Give which hardware addresses talked to each other since then, most octets first."""
        found, at, whole = self._through(since, lambda db, above: talks.pairs(db, since, above))
        return Looked(what=talks.added_pairs(found), since=at, whole=whole)

    def speakers(self, ip: Ip, since: float) -> Looked[Speaker]:
        """Give who talked to the address *ip* since then, the latest first."""
        found, at, whole = self._through(
            since, lambda db, above: talks.with_address(db, ip, since, above)
        )
        return Looked(what=talks.added_speakers(found), since=at, whole=whole)

    def _through(
        self, since: float, question: Callable[[sqlite3.Connection, int], list[T]]
    ) -> tuple[list[T], float, bool]:
        """Ask *question* of the newest rows; give what was found, since when, and whether of all.

        It is asked with the id of the row above which to look.
        """
        found: list[T] = []
        left, at = talks.MOST, since
        for path in reversed(flows.files(self._directory, since, inf)):
            if left <= 0:
                return found, at, False
            with self._day(path) as db:
                if db is None:
                    continue
                above, rows = talks.floor(db, left)
                found += question(db, above)
                left -= rows
                if above:
                    return found, max(since, talks.oldest(db, above)), False
        return found, at, True

    @contextmanager
    def _day(self, path: Path) -> Iterator[sqlite3.Connection | None]:
        """Give a connection to a day, or None when it has only just been made or forgotten."""
        try:
            with named(self._directory), closing(read_only(path)) as db:
                made = db.execute("SELECT 1 FROM sqlite_master").fetchone()
                yield db if made else None
        except StoreTrouble:
            if path.exists():
                raise
