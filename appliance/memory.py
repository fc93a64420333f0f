"""A memory with a maximum: the one table that the pure stages remember with."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """A mapping of at most *limit* entries; the one not written for longest leaves first.

    ``dropped`` counts those that had to leave: whoever shows the box's health adds them up.
    """

    __slots__ = ("_entries", "_limit", "dropped", "get")

    def __init__(self, limit: int) -> None:
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._limit = limit
        self.dropped = 0
        self.get: Callable[[K], V | None] = self._entries.get
        """Give what is remembered under a key, or None."""

    def put(self, key: K, value: V) -> K | None:
        """Remember *value* as the newest entry; give the key that had to leave for it, if any."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) <= self._limit:
            return None
        self.dropped += 1
        return self._entries.popitem(last=False)[0]

    def replace(self, key: K, value: V) -> None:
        """Change what is remembered under *key* without making it newer."""
        if key in self._entries:
            self._entries[key] = value

    def pop(self, key: K) -> V | None:
        """Forget *key* and give what was remembered under it, or None."""
        return self._entries.pop(key, None)

    def oldest(self) -> tuple[K, V] | None:
        """Give the entry not written for longest, or None when there is none."""
        return next(iter(self._entries.items()), None)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def values(self) -> Iterator[V]:
        """Give the values, least recently written first."""
        return iter(self._entries.values())
