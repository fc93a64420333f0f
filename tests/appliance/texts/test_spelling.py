"""How numbers and days are written."""

from datetime import date

import pytest

from appliance.texts import spelling
from appliance.texts.spelling import THIN


@pytest.mark.parametrize(
    ("language", "count", "form_"),
    [
        ("fr", 0, "one"),
        ("fr", 1, "one"),
        ("fr", 1.5, "one"),
        ("fr", 2, "other"),
        ("en", 0, "other"),
        ("en", 1, "one"),
        ("en", 2, "other"),
    ],
)
def test_french_counts_nothing_as_one(language: str, count: float, form_: str) -> None:
    assert spelling.plural(language, count) == form_


def test_things_are_counted_in_the_form_of_their_language() -> None:
    assert spelling.counted("fr", "devices", 0) == "0 appareil"
    assert spelling.counted("en", "devices", 0) == "0 devices"
    assert spelling.counted("fr", "devices", 1234) == f"1{THIN}234 appareils"


def test_a_day_has_its_year() -> None:
    day = date(2026, 11, 3)
    assert spelling.day("fr", day) == "3 novembre 2026"
    assert spelling.day("fr", day.replace(day=1)) == "1er novembre 2026"
    assert spelling.day("en", day) == "3 November 2026"


def test_numbers_have_the_signs_of_their_language() -> None:
    assert spelling.number("fr", 1234567.25, 1) == f"1{THIN}234{THIN}567,2"
    assert spelling.number("en", 1234567.25, 1) == "1,234,567.2"
