"""Counting over a sliding stretch of packet time, in bounded memory."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from appliance.memory import Memory

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


class Distinct(Generic[K, V]):
    """How many different values each key met within the last *seconds*.

    Remembers at most *keys* keys (the least recently used one leaves, counted) of at most
    *values* values each (the oldest leaves; a count that high is past every limit anyway).
    """

    def __init__(self, *, seconds: float, keys: int, values: int) -> None:
        self._seconds = seconds
        self._values = values
        self._met: Memory[K, OrderedDict[V, float]] = Memory(keys)

    def add(self, key: K, value: V, at: float) -> tuple[int, bool]:
        """Note *value*; give the count of different values, and whether this one is new."""
        met = self._met.get(key)
        if met is None:
            met = OrderedDict()
        self._met.put(key, met)
        new = value not in met
        met[value] = at
        met.move_to_end(value)
        self._expire(met, at)
        return len(met), new

    def count(self, key: K, at: float) -> int:
        """Count the different values that *key* met."""
        met = self._met.get(key)
        if met is None:
            return 0
        self._expire(met, at)
        return len(met)

    def has(self, key: K, value: V) -> bool:
        """Tell whether *key* met *value*, at the latest when that was last asked or noted."""
        met = self._met.get(key)
        return met is not None and value in met

    def take_back(self, key: K, value: V) -> None:
        """Forget that *key* met *value*: it turned out harmless."""
        if met := self._met.get(key):
            met.pop(value, None)

    def forget(self, key: K) -> None:
        """Forget all of *key*."""
        self._met.pop(key)

    def _expire(self, met: OrderedDict[V, float], at: float) -> None:
        while met and not (
            len(met) <= self._values and 0 <= at - next(iter(met.values())) <= self._seconds
        ):
            met.popitem(last=False)

    @property
    def dropped(self) -> int:
        """Keys that had to leave early."""
        return self._met.dropped
