"""Slows down whoever guesses pass-phrases, and nobody else.

Counted per address and account, and more loosely per address; never per account alone, so that
an attacker cannot lock the technician out. Nobody is made to wait inside a request: the answer
is "come back in so many seconds".
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from appliance.durations import HOUR

FREE = 5
"""Wrong tries of one account from one address before the first delay."""

FREE_PER_ADDRESS = 20
"""Wrong tries of any accounts from one address before the first delay."""

LONGEST = 900.0
"""Seconds of the longest delay."""

FORGOTTEN = HOUR
"""Seconds after its last try in which a row of wrong tries is forgotten."""

REMEMBERED = 4096
"""Rows of tries remembered at once; the one quiet for longest leaves first."""

Key = tuple[str, str]


@dataclass(slots=True)
class _Row:
    tries: int = 0
    last: float = 0.0


@dataclass(slots=True)
class Attempts:
    """The wrong tries of late."""

    _rows: OrderedDict[Key, _Row] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, address: str, account: str, now: float) -> float:
        """Count a try as wrong until `succeeded`; give the seconds to wait first, 0 for none."""
        with self._lock:
            wait = max(
                self._wait((address, account), FREE, now),
                self._wait((address, ""), FREE_PER_ADDRESS, now),
            )
            if not wait:
                self._count((address, account), now)
                self._count((address, ""), now)
            return wait

    def succeeded(self, address: str, account: str) -> None:
        """Forget the wrong tries of this account from this address."""
        with self._lock:
            self._rows.pop((address, account), None)
            self._rows.pop((address, ""), None)

    def __len__(self) -> int:
        return len(self._rows)

    def _wait(self, key: Key, free: int, now: float) -> float:
        row = self._rows.get(key)
        if row is None or abs(now - row.last) > FORGOTTEN or row.tries < free:
            return 0.0
        delay = min(LONGEST, 2.0 ** min(row.tries - free + 1, 10))
        return min(delay, max(0.0, row.last + delay - now))

    def _count(self, key: Key, now: float) -> None:
        row = self._rows.setdefault(key, _Row())
        if abs(now - row.last) > FORGOTTEN:
            row.tries = 0
        row.tries, row.last = row.tries + 1, now
        self._rows.move_to_end(key)
        while len(self._rows) > REMEMBERED:
            self._rows.popitem(last=False)
