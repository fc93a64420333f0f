"""The day something was bought."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.exchange.day import EARLIEST, NotADayError, bought

TODAY = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-31", "2021-03-31"),
        ("31/03/2021", "2021-03-31"),
        ("31.3.2021", "2021-03-31"),
        ("1-2-2021", "2021-02-01"),
        ("2026-09-21", "2026-09-21"),
        ("1990-01-01", "1990-01-01"),
        ("2024-02-29", "2024-02-29"),
        ("", ""),
    ],
)
def test_a_day_is_read_as_people_and_spreadsheets_write_it(text: str, day: str) -> None:
    assert bought(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2023-02-29", "bought.no_day"),
        ("2021-13-01", "bought.no_day"),
        ("0000-01-01", "bought.no_day"),
        ("31/03/21", "bought.no_day"),
        ("yesterday", "bought.no_day"),
        ("2021-03-31T00:00", "bought.no_day"),
        ("\u0662\u0660\u0662\u0661-01-0x", "bought.no_day"),
        ("2026-09-22", "bought.future"),
        ("9999-12-31", "bought.future"),
        ("1989-12-31", "bought.too_old"),
    ],
)
def test_what_is_no_such_day_says_why(text: str, key: str) -> None:
    with pytest.raises(NotADayError) as caught:
        bought(text, TODAY)
    assert caught.value.key == key


@given(st.dates(EARLIEST, TODAY))
def test_every_day_between_is_kept(day: date) -> None:
    assert bought(day.isoformat(), TODAY) == day.isoformat()
    assert bought(f"{day:%d/%m/%Y}", TODAY) == day.isoformat()


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_says_why_not(text: str) -> None:
    try:
        day = bought(text, TODAY)
    except NotADayError:
        return
    assert EARLIEST <= date.fromisoformat(day or "1990-01-01") <= TODAY
