"""The last 24 hours of traffic with the internet, as bars that a page can draw without a script.

What came in stands above the line, what went out below it, both to one scale: a practice mostly
receives, so that a night in which much goes out is seen at a glance.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from appliance.durations import DAY, HOUR
from web.format import clock, octets

HOURS = 24

HEIGHT = 60
"""Units of the drawing from the line to its top, and to its foot."""

LEAST = 1
"""Height of a bar that stands for a little: nothing at all is no bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One hour: what it says, and the heights of its bars."""

    at: str
    """Its beginning, as people write it."""
    received: str
    sent: str
    up: int
    down: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """24 hours, the oldest first, and their sums."""

    hours: tuple[Hour, ...]
    received: str
    sent: str

    @property
    def empty(self) -> bool:
        """Whether nothing went either way."""
        return not any(hour.up or hour.down for hour in self.hours)


def begin(now: float) -> float:
    """Give when the day to draw begins: on the hour, 23 whole hours before that of *now*."""
    return now - now % HOUR - DAY + HOUR


def drawn(language: str, steps: Iterable[tuple[int, int, int]], now: float) -> Day:
    """Draw hourly *steps* (beginning, octets in, octets out) of the day that ends with *now*."""
    first = int(begin(now))
    seen = {at: (received, sent) for at, received, sent in steps}
    numbers = [seen.get(first + place * int(HOUR), (0, 0)) for place in range(HOURS)]
    most = max((max(pair) for pair in numbers), default=0)
    return Day(
        hours=tuple(
            Hour(
                at=clock(language, first + place * HOUR),
                received=octets(language, received),
                sent=octets(language, sent),
                up=_height(received, most),
                down=_height(sent, most),
            )
            for place, (received, sent) in enumerate(numbers)
        ),
        received=octets(language, sum(received for received, _ in numbers)),
        sent=octets(language, sum(sent for _, sent in numbers)),
    )


def _height(size: int, most: int) -> int:
    return max(LEAST, round(HEIGHT * size / most)) if size > 0 else 0
