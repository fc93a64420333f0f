"""The lists that the box holds: one file each, what is known of them, and the index of all.

    lists/NAME.csv     entries as judged, in our own format
    lists/shelf.json   where each is from, how much of it was taken, which feeds are on
    lists/index        what the sensor maps; written last

Each is written beside and then moved into place, so a cut of power leaves the old or the new. One
program writes at a time.
"""

import csv
import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import msgspec

from appliance import durable
from appliance.lists.entry import Entry, ListError
from appliance.lists.guard import Guard
from appliance.lists.held import SHELF, Held, Tried, read_state
from appliance.lists.index import Builder
from appliance.lists.own import parse, written

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,62}")
"""What a list may be called: it is the name of a file, too."""
FEW = 20
"""Entries below which a list may shrink and grow as it likes."""
TENFOLD = 10
TROUBLE = 300
"""Signs kept of what a failed attempt says: it may quote a server."""
_INDEX, _LOCK = "index", ".lock"


class Kept(Exception):  # noqa: N818 - the old list goes on, nothing failed
    """A new list is so unlike the old one that the old one stays; the text is why, a key."""


class Shelf:
    """The folder of lists, open for change; use `opened`."""

    def __init__(self, folder: Path, guard: Guard) -> None:
        self.folder = folder
        self._guard = guard
        self._new: dict[str, Path] = {}
        """Files of lists taken but not yet in their place."""
        self._gone: set[str] = set()
        """Lists that were taken away."""
        self.state = read_state(folder)
        if not (folder / SHELF).exists():
            for file in sorted(folder.glob("*.csv")):  # laid there by an earlier version
                self._note(Held(name=file.stem, origin="file"))

    def held(self, name: str) -> Held | None:
        """Give what is known of the list *name*."""
        return self.state.held(name)

    def entries(self, name: str) -> list[Entry]:
        """Give the entries of the list *name*, as it was put last; raises ListError."""
        if (held := self.held(name)) is None:
            return []
        with self._file(held).open(encoding="utf-8-sig") as lines:
            return list(parse(lines, name))

    def objection(self, entry: Entry) -> str:
        """Give why *entry* may not be listed, as `Guard.objection`."""
        return self._guard.objection(entry)

    def put(self, held: Held, entries: Iterable[Entry], *, wary: bool = False) -> Held:
        """Take the list *held* in place of one of the same name; give what became of it.

        Raises ListError when nothing of it can be used, and Kept when *wary* and it has shrunk or
        grown tenfold; then the old one stays. `save` brings all into use.
        """
        if not NAME.fullmatch(held.name):
            raise ListError(f"“{held.name[:60]}” is no name for a list")
        half = self.folder / f"{held.name}.csv.new"
        taken = None
        try:
            with half.open("w", encoding="utf-8", newline="") as file:
                judged = self._judged(held, entries, file)
                file.flush()
                os.fsync(file.fileno())
            old = self.held(held.name)
            if wary and old is not None and (why := _unlike(old.entries, judged.entries)):
                raise Kept(why)
            if not judged.entries:
                raise ListError(f"{held.name}: holds no entry{_left(judged)}")
            taken = judged
        finally:
            if taken is None:
                half.unlink(missing_ok=True)
        self._new[held.name] = half
        self._gone.discard(held.name)
        self._note(taken)
        return taken

    def remove(self, name: str) -> bool:
        """Take the list *name* away; tell whether there was one."""
        there = self.held(name) is not None
        self._change(lists=tuple(held for held in self.state.lists if held.name != name))
        if there:
            self._gone.add(name)
        return there

    def trouble(self, name: str, why: str) -> None:
        """Note that a newer list *name* was not taken; and forget it with an empty *why*."""
        if (held := self.held(name)) is not None:
            self._note(msgspec.structs.replace(held, trouble=why))

    def tried(self, name: str, at: float, trouble: str = "") -> None:
        """Note when the feed *name* was asked for, and why it did not come, if so."""
        self._change(tried={**self.state.tried, name: Tried(at=at, trouble=trouble[:TROUBLE])})

    def turn(self, name: str, *, on: bool) -> None:
        """Turn the feed *name* on, or off; what was fetched of it goes then."""
        others = tuple(each for each in self.state.on if each != name)
        self._change(on=(*others, name) if on else others)
        if not on:
            self._change(tried={feed: it for feed, it in self.state.tried.items() if feed != name})
            self.remove(name)

    def seen(self, serial: int) -> None:
        """Note the serial number of the bundle that was taken."""
        self._change(serial=serial)

    def save(self) -> int:
        """Bring all into use; give how many entries there was no room for."""
        sizes = [_lines(self._file(held)) for held in self.state.lists]
        builder = Builder(sum(sizes))
        for held, size in zip(self.state.lists, sizes, strict=True):
            with self._file(held).open(encoding="utf-8-sig") as lines:
                builder.add(held.name, self._passed(parse(lines, held.name)))
            if held.entries != size and not held.taken_at:
                self._note(msgspec.structs.replace(held, entries=size))
        index = builder.done()
        for name, half in self._new.items():
            half.replace(self.folder / f"{name}.csv")
        self._new.clear()
        durable.write(self.folder / SHELF, msgspec.json.encode(self.state))
        durable.write(self.folder / _INDEX, index.written())
        for name in self._gone:
            (self.folder / f"{name}.csv").unlink(missing_ok=True)
        return index.head.left_out

    def forget(self) -> None:
        """Leave all as it was before, if it was not saved."""
        for half in self._new.values():
            half.unlink(missing_ok=True)

    def _judged(self, held: Held, entries: Iterable[Entry], file: TextIO) -> Held:
        rows = csv.writer(file, lineterminator="\n")
        left: dict[str, int] = {}
        count, example = 0, ""
        for entry in entries:
            if why := self._guard.objection(entry):
                left[why] = left.get(why, 0) + 1
                example = example or entry.text
            else:
                rows.writerow(written(entry))
                count += 1
        return msgspec.structs.replace(held, entries=count, left=left, example=example, trouble="")

    def _passed(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        return (entry for entry in entries if not self._guard.objection(entry))

    def _file(self, held: Held) -> Path:
        return self._new.get(held.name) or self.folder / f"{held.name}.csv"

    def _note(self, held: Held) -> None:
        others = [each for each in self.state.lists if each.name != held.name]
        self._change(lists=tuple(sorted((*others, held), key=lambda each: each.name)))

    def _change(self, **changes: object) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)


@contextmanager
def opened(folder: Path, guard: Guard) -> Iterator[Shelf]:
    """Have the shelf to oneself; another program that changes it is waited for."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shelf = Shelf(folder, guard)
        try:
            yield shelf
        finally:
            shelf.forget()


def _unlike(old: int, new: int) -> str:
    """Say how a list has become another, by its entries' counts; a key of the texts."""
    if old and not new:
        return "empty"
    if old >= FEW and new * TENFOLD <= old:
        return "shrunk"
    return "grown" if old >= FEW and new >= old * TENFOLD else ""


def _left(held: Held) -> str:
    """Say why nothing is left of *held*, if anything was passed over."""
    if not held.left:
        return ""
    spoken = {"large": "far too large a network", "inside": "not on the internet"}
    why = spoken.get(next(iter(held.left)), "needed by others")
    return f" that may be listed (“{held.example}” is {why})"


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)
