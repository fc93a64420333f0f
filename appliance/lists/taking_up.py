"""What the sensor takes into use: the lists that come with the box, and the index of the others."""

import mmap
from functools import cache
from pathlib import Path

from appliance.lists.delivered import delivered
from appliance.lists.entry import Entry, ListError
from appliance.lists.guard import Guard
from appliance.lists.held import read_state
from appliance.lists.index import Index, Lists, index, opened
from appliance.lists.own import read


@cache
def shipped() -> Index:
    """Give the index of the lists that come with the box."""
    return index((name, list(entries)) for name, entries in delivered())


def load(folder: Path) -> Lists:
    """Give the lists that come with the box and those in *folder*.

    Raises ListError when *folder* holds one that cannot be used, OSError when it cannot be read.
    """
    try:
        with (folder / "index").open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    except (FileNotFoundError, ValueError):  # of an empty file nothing can be mapped
        return Lists(shipped(), _unindexed(folder))
    return Lists(shipped(), opened(memoryview(mapped)))


def mark(folder: Path) -> object:
    """Give what changes when lists do; raises OSError."""
    files = [folder / "index", folder / "shelf.json", *sorted(folder.glob("*.csv"))]
    return [(each, each.stat().st_mtime_ns) for each in files if each.exists()]


def kept(folder: Path) -> bool:
    """Tell whether an old list stays in use because a new one could not be trusted."""
    return any(held.trouble for held in read_state(folder).lists)


def few(entries: list[Entry], source: str) -> Lists:
    """Give the shipped lists, and these *entries* beside them."""
    return Lists(shipped(), index([(source, entries)]))


def _unindexed(folder: Path) -> Index:
    """Index what an earlier version, or somebody's hand, laid into *folder*."""
    guard = Guard()
    lists: dict[str, list[Entry]] = {}
    for file in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        lists[file.stem] = [entry for entry in read(file) if not guard.objection(entry)]
        if not lists[file.stem]:
            raise ListError(f"{file}: holds no entry that may be listed")
    return index(lists.items())
