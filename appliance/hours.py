"""When people are in the practice: its opening hours, as a value that is asked with a time.

Written as in the configuration: ``mon-fri 08:00-19:00``, ``sat 09:00-12:00``. A span that ends
before it begins ends on the next day (``fri 20:00-01:00``); ``00:00-24:00`` is a whole day. Times
are those of the wall: when the clocks change, the hours change with them. Public holidays and
days off are not modelled: on those the box takes the practice to be open as on any such weekday,
and nothing is made graver. The rules of time zones are the system's (tz database).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from appliance.durations import HOUR

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MARGIN = HOUR
"""Seconds before opening and after closing in which somebody may well be there: to prepare, to
tidy up, to finish with the last patient. A break at noon of up to two hours is covered as well."""

_DAY, _WEEK = 1440, 7 * 1440
_LATEST = 253_370_764_800.0
"""The year 9999, with which calendars end; a packet may claim any time."""
_NAMED = "|".join(DAYS)
_ENTRY = re.compile(
    rf"(?P<first>{_NAMED})(?:-(?P<last>{_NAMED}))? "
    r"(?P<begins>[0-9]{2}:[0-9]{2})-(?P<ends>[0-9]{2}:[0-9]{2})"
)


class Span(NamedTuple):
    """Minutes of the week, from Monday 00:00, from and until which it is open."""

    begins: int
    ends: int
    """Behind the week's end where Sunday's evening goes on into Monday."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of a practice."""

    spans: tuple[Span, ...]
    zone: ZoneInfo

    def open_at(self, at: float) -> bool:
        """Tell whether the practice is open at the time *at*, in seconds since 1970 UTC."""
        known = min(max(at, 0.0), _LATEST)
        wall = datetime.fromtimestamp(known, UTC).astimezone(self.zone)
        minute = wall.weekday() * _DAY + wall.hour * 60 + wall.minute
        return any(
            span.begins <= each < span.ends
            for span in self.spans
            for each in (minute, minute + _WEEK)
        )

    def empty_at(self, at: float) -> bool:
        """Tell whether nobody is there: closed, and neither just before nor just after hours."""
        return not any(self.open_at(each) for each in (at, at - MARGIN, at + MARGIN))


def read(entries: Iterable[str], zone: str) -> Hours | None:
    """Give the hours in *entries*, or None without any; raises ValueError for nonsense."""
    spans = tuple(span for entry in entries for span in spans_of(entry))
    return Hours(spans, zone_of(zone)) if spans else None


def spans_of(entry: str) -> tuple[Span, ...]:
    """Give the spans of ``mon-fri 08:00-19:00``, a day each; raises ValueError for nonsense."""
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise ValueError(f"these are no hours: {entry}")
    first = DAYS.index(found["first"])
    last = DAYS.index(found["last"] or found["first"])
    begins, ends = _minute(found["begins"]), _minute(found["ends"])
    if begins in (ends, _DAY):
        raise ValueError(f"these are no hours: {entry}")
    length = (ends - begins) % _DAY or _DAY
    return tuple(
        Span((first + day) % 7 * _DAY + begins, (first + day) % 7 * _DAY + begins + length)
        for day in range((last - first) % 7 + 1)
    )


def zone_of(name: str) -> ZoneInfo:
    """Give the time zone with this IANA name; raises ValueError where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"this is no time zone: {name}") from error


def _minute(clock: str) -> int:
    """Give the minute of the day; 24:00 is the last one's end."""
    hour, minute = int(clock[:2]), int(clock[3:])
    found = hour * 60 + minute
    if minute > 59 or found > _DAY:  # noqa: PLR2004 - a clock's
        raise ValueError(f"no clock shows this: {clock}")
    return found
