"""Months as a practice lives them: from midnight to midnight in its own time zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

MONTHS = 24
"""Months that are listed, at most; more than the box keeps."""

FIRST, LAST = 1970, 9998
"""Years that a month may be of: calendars end soon after."""

_LENGTH = 12
_NAME = re.compile(r"(?P<year>[0-9]{4})-(?P<number>0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int
    """1 is January."""

    @property
    def name(self) -> str:
        """``2026-10``."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return self._shifted(-1)

    @property
    def after(self) -> "Month":
        """The month after."""
        return self._shifted(1)

    def begin(self, zone: ZoneInfo) -> float:
        """Give its first moment in *zone*, in seconds since 1970 UTC."""
        return datetime(self.year, self.number, 1, tzinfo=zone).timestamp()

    def end(self, zone: ZoneInfo) -> float:
        """Give the first moment that is no longer in it."""
        return self.after.begin(zone)

    def _shifted(self, months: int) -> "Month":
        year, number = divmod(self.year * _LENGTH + self.number - 1 + months, _LENGTH)
        return Month(year, number + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time that a month takes."""

    since: float
    until: float
    zone: ZoneInfo

    def holds(self, at: float) -> bool:
        """Tell whether *at* is in it."""
        return self.since <= at < self.until


def span_of(month: Month, zone: ZoneInfo) -> Span:
    """Give the time that *month* takes in *zone*."""
    return Span(since=month.begin(zone), until=month.end(zone), zone=zone)


def read(text: str) -> Month:
    """Give the month that *text* names, as ``2026-10``; raises ValueError."""
    found = _NAME.fullmatch(text)
    if found is None or not FIRST <= int(found["year"]) <= LAST:
        raise ValueError(f"this is no month: {text}")
    return Month(int(found["year"]), int(found["number"]))


def day_of(at: float, zone: ZoneInfo) -> date:
    """Give the day it is at *at* in *zone*."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone).date()


def month_of(at: float, zone: ZoneInfo) -> Month:
    """Give the month it is at *at* in *zone*."""
    day = day_of(at, zone)
    return Month(day.year, day.month)


def months(began: float | None, now: float, zone: ZoneInfo) -> tuple[Month, ...]:
    """Give the months from that of *began* to that of *now*, the latest first, at most `MONTHS`.

    Without *began* none: the box has seen nothing yet.
    """
    if began is None:
        return ()
    return tuple(islice(_down(month_of(now, zone), month_of(began, zone)), MONTHS))


def _down(last: Month, first: Month) -> Iterator[Month]:
    while last >= first:
        yield last
        last = last.before
