"""Numbers, sizes, dates and durations as people write them, in French and in English.

Times are seconds since 1970 UTC and come out in the time zone of this process (`time_of_day`).
French puts a narrow no-break space (U+202F) between a number and its unit and between thousands,
and counts 0 as one.
"""

from datetime import date, datetime

from appliance.durations import DAY, HOUR, MINUTE
from appliance.texts import say
from appliance.texts.spelling import THIN, counted, day, number, plural, written

__all__ = [
    "THIN",
    "ago",
    "clock",
    "counted",
    "day",
    "full",
    "machine",
    "moment",
    "number",
    "octets",
    "plural",
    "span",
    "today",
]

KILO = 1000
TEN = 10
UNITS = ("byte", "kilo", "mega", "giga", "tera")


def octets(language: str, size: float) -> str:
    """Write a number of bytes with the decimal unit (1 kB = 1000 bytes) that suits it."""
    step = 0
    while size >= KILO and step < len(UNITS) - 1:
        size, step = size / KILO, step + 1
    digits = 1 if step and size < TEN else 0  # two figures say enough
    unit = say(language, f"unit.{UNITS[step]}")
    return f"{number(language, size, digits)}{THIN if language == 'fr' else ' '}{unit}"


def clock(language: str, at: float) -> str:
    """Write the time of day: ``9 h 42`` or ``9:42``."""
    then = datetime.fromtimestamp(at).astimezone()
    if language == "fr":
        return f"{then.hour}{THIN}h{THIN}{then.minute:02}"
    return f"{then.hour}:{then.minute:02}"


def moment(language: str, at: float, now: float) -> str:
    """Write a point in time as one says it at *now*: "today at 9:42", "3 November at 18:05"."""
    then, day_now = datetime.fromtimestamp(at).astimezone(), today(now)
    days = (day_now - then.date()).days
    time = clock(language, at)
    if days == 0:
        return say(language, "date.today", time=time)
    if days == 1:
        return say(language, "date.yesterday", time=time)
    day_words = written(language, then, with_year=then.year != day_now.year)
    return say(language, "date.on", day=day_words, time=time)


def full(language: str, at: float) -> str:
    """Write a point in time to the second, with its year: for logs and proofs."""
    then = datetime.fromtimestamp(at).astimezone()
    day_words = written(language, then, with_year=True)
    return say(language, "date.on", day=day_words, time=f"{then:%H:%M:%S}")


def today(now: float) -> date:
    """Give the day it is at *now*, in the box's own time zone."""
    return datetime.fromtimestamp(now).astimezone().date()


def machine(at: float) -> str:
    """Write a point in time for programs (RFC 3339, UTC)."""
    return datetime.fromtimestamp(at).astimezone().isoformat(timespec="seconds")


def span(language: str, seconds: float) -> str:
    """Write how long something lasts, in its largest whole unit: "3 minutes", "12 days"."""
    seconds = max(0.0, seconds)
    for what, size in (("days", DAY), ("hours", HOUR), ("minutes", MINUTE)):
        if seconds >= size:
            return counted(language, what, int(seconds // size))
    return counted(language, "seconds", int(seconds))


def ago(language: str, at: float, now: float) -> str:
    """Write how long ago *at* was: "just now", "3 minutes ago"."""
    if now - at < MINUTE:
        return say(language, "date.now")
    return say(language, "date.ago", span=span(language, now - at))
