"""For how long the box saw: of a month, and day by day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from appliance.report.calendar import Span, day_of
from appliance.report.facts import Day, Watch
from appliance.store.months import Sums
from appliance.store.watched import HOUR


def watch(sums: Sums, since: float, until: float, now: float) -> Watch:
    """Give for how long it saw from *since* to *until*: of whole hours that are over.

    The first hour that is kept began before it was counted, so it does not count.
    """
    over = min(until, now - now % HOUR)
    began = since if sums.began is None else sums.began
    wanted = max(0.0, over - max(since, began))
    if sums.hours_since is None:
        return Watch(wanted=wanted)
    counted = max(since, float(sums.hours_since + HOUR))
    return Watch(
        wanted=wanted,
        elapsed=max(0.0, over - counted),
        saw=sum(each.saw for each in sums.hours if counted <= each.at < over),
    )


def days(span: Span, sums: Sums, now: float) -> Iterator[Day]:
    """Give the watch day by day: the days that have begun since it is kept."""
    begin = span.since
    while begin < min(span.until, now):
        end = midnight(begin, span)
        found = watch(sums, begin, end, now)
        if found.elapsed:
            yield Day(day=day_of(begin, span.zone), watch=found)
        begin = end


def midnight(at: float, span: Span) -> float:
    """Give the midnight that ends the day that *at* is in."""
    after = day_of(at, span.zone) + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=span.zone).timestamp()
