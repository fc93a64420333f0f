"""What goes into the journal, and how often: what changes nothing is written once a minute."""

from pathlib import Path

from appliance.panel.clocks import Clocks
from appliance.panel.journal import BOX, Entry, Journal

QUIET = 60.0
"""Seconds in which what changes nothing is written to the journal once; the rest is counted."""


class Notes:
    """The journal in *path*, guarded against a crowd that orders the same over and over."""

    def __init__(self, path: Path, clocks: Clocks) -> None:
        self._journal = Journal(path)
        self._clocks = clocks
        self._quiet: dict[str, float] = {}
        self._unwritten = 0

    @property
    def damaged(self) -> bool:
        """The journal was damaged, and a new one was begun."""
        return self._journal.damaged

    def last(self) -> tuple[Entry, ...]:
        """Give the latest entries, newest first."""
        return self._journal.last()

    def note(self, what: str, who: str, why: str, *, always: bool) -> None:
        """Write *what* down; raises OSError, but shows it all the same."""
        at, steady = self._clocks.now(), self._clocks.steady()
        if not always and steady < self._quiet.get(what, steady):
            self._unwritten += 1
            return
        self._quiet[what] = steady + QUIET
        entries = [Entry(at=at, who=who, what=what, why=why)]
        if self._unwritten:
            entries.insert(0, Entry(at=at, who=BOX, what="unwritten", why=str(self._unwritten)))
            self._unwritten = 0
        for entry in entries:
            self._journal.note(entry)
