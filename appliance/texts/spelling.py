"""Numbers and days as people write them, in French and in English.

French puts a narrow no-break space (U+202F) between thousands, and counts 0 as one.
"""

from datetime import date

from appliance.texts import say

THIN = "\u202f"
PAIR = 2


def plural(language: str, count: float) -> str:
    """Give ``one`` or ``other``, the form that *count* things take."""
    if language == "fr":
        return "other" if abs(count) >= PAIR else "one"
    return "one" if count == 1 else "other"


def counted(language: str, what: str, count: int) -> str:
    """Give "3 devices": the text ``count.<what>`` in the form that *count* takes."""
    key = f"count.{what}.{plural(language, count)}"
    return say(language, key, n=number(language, count))


def number(language: str, value: float, digits: int = 0) -> str:
    """Write *value* with *digits* decimals and its thousands apart."""
    english = f"{value:,.{digits}f}"
    if language != "fr":
        return english
    return english.replace(",", THIN).replace(".", ",")


def day(language: str, which: date) -> str:
    """Write a day with its year: "31 March 2021"."""
    return written(language, which, with_year=True)


def written(language: str, then: date, *, with_year: bool) -> str:
    """Write a day, with or without its year: "31 March"."""
    month = say(language, "date.months").split()[then.month - 1]
    first = say(language, "date.first") if then.day == 1 else str(then.day)
    return f"{first} {month} {then.year}" if with_year else f"{first} {month}"
