"""Whether a system is still supported, when all that is known is which releases it may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appliance.durations import DAY

_EPOCH = date(1970, 1, 1).toordinal()


class Verdict(StrEnum):
    """What can honestly be said."""

    ENDED = "ended"
    """Whatever it is exactly, nobody mends it any more."""
    DEPENDS = "depends"
    """On its edition or release, or on updates that somebody enrolled for or pays."""
    SUPPORTED = "supported"
    """Whatever it is exactly."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time for which the releases that it may be are supported."""

    sure: date
    """Last day for the first of them to end, without extended updates."""
    at_most: date
    """Last day for the last of them to end, with extended updates."""

    def on(self, day: date) -> Verdict:
        """Judge on *day*."""
        if day <= self.sure:
            return Verdict.SUPPORTED
        return Verdict.DEPENDS if day <= self.at_most else Verdict.ENDED


def span(releases: Iterable[tuple[date, date | None]]) -> Span:
    """Give the span of *releases*, each with the last day of its support and of extended updates.

    There is at least one.
    """
    every = list(releases)
    return Span(
        min(ends for ends, _ in every),
        max(max(ends, extended or ends) for ends, extended in every),
    )


def day_of(at: float) -> date:
    """Give the day, in UTC, of a packet's time; one that no calendar has becomes the nearest."""
    days = _EPOCH + int(at // DAY)
    return date.fromordinal(min(max(days, date.min.toordinal()), date.max.toordinal()))
