"""The day something was bought or put into service, as people write it."""

import re
from datetime import date

EARLIEST = date(1990, 1, 1)
"""Nothing older is at work on a network; an earlier day is a slip of the finger."""

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_SPOKEN = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
"""Day first: what French and British spreadsheets make of a date."""


class NotADayError(ValueError):
    """The text is no day on which something can have been bought; *key* is that of a text."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def bought(text: str, today: date) -> str:
    """Give the day that *text* names as ``2021-03-31``; an empty text is nobody's day.

    Raises NotADayError for what is no day of the calendar, lies after *today*, or is too old.
    """
    if not text:
        return ""
    found = _ISO.fullmatch(text) or _SPOKEN.fullmatch(text)
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise NotADayError("bought.no_day")
    if day > today:
        raise NotADayError("bought.future")
    if day < EARLIEST:
        raise NotADayError("bought.too_old")
    return day.isoformat()
