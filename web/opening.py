"""Opening hours as a week of seven rows, and back: what `appliance.hours` reads as text.

A row has two spans at most, before and after the break at noon. Hours that do not fit into such a
week are left as the lines they are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from appliance.hours import DAYS, Span, spans_of

_DAY = 1440

TIMES = ("from", "until", "from2", "until2")
"""The fields of a row, after its choice."""

_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])(?:[:hH.](?:([0-5][0-9]))?)?")
"""As typed where the browser has no control for times: 8:30, 8h30, 8."""

WEEKDAYS = DAYS[1:5]
"""Days that mostly are as Monday is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One day, as it stands in the form."""

    day: str
    choice: str = "closed"
    """``closed``, ``open``, or ``same`` as Monday."""
    times: tuple[str, str, str, str] = ("", "", "", "")
    """From, until, and the same again; as typed."""


def week(entries: Iterable[str]) -> tuple[Row, ...] | None:
    """Give the week in *entries*; None where it is no hours or does not fit."""
    found: dict[int, list[Span]] = {day: [] for day in range(7)}
    try:
        for entry in entries:
            for span in spans_of(entry):
                found[span.begins // _DAY].append(span)
    except ValueError:
        return None
    days = [_joined(found[day]) for day in range(7)]
    if any(len(spans) > len(TIMES) // 2 for spans in days):
        return None
    texts = [tuple(_texts(spans, day * _DAY)) for day, spans in enumerate(days)]
    return tuple(_row(day, texts[number], texts[0]) for number, day in enumerate(DAYS))


def typed(key: str, given: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Give the week that was filled in for the setting *key*; None where there is none."""
    if f"{key}.mon" not in given:
        return None
    return tuple(
        Row(
            day=day,
            choice=given.get(f"{key}.{day}", "closed"),
            times=_four([given.get(f"{key}.{day}.{time}", "")[:8].strip() for time in TIMES]),
        )
        for day in DAYS
    )


def entries_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Give the hours in *rows*, days that are alike together; raises ValueError for nonsense.

    Its text is the day that is wrong.
    """
    monday: tuple[str, ...] = ()
    days: list[tuple[str, ...]] = []
    for row in rows:
        spans = _spans(row) if row.choice == "open" else ()
        if row.day == DAYS[0]:
            monday = spans
        days.append(monday if row.choice == "same" else spans)
    return tuple(_together(days))


def _together(days: list[tuple[str, ...]]) -> Iterator[str]:
    begins = 0
    for number in range(1, len(days) + 1):
        if number < len(days) and days[number] == days[begins]:
            continue
        last = "" if number - 1 == begins else f"-{DAYS[number - 1]}"
        for span in days[begins]:
            yield f"{DAYS[begins]}{last} {span}"
        begins = number


def _spans(row: Row) -> tuple[str, ...]:
    found = []
    for begins, ends in (row.times[:2], row.times[2:]):
        if not begins and not ends:
            continue
        span = f"{_clock(begins, row.day)}-{_clock(ends, row.day)}"
        if span == "00:00-00:00":
            span = "00:00-24:00"
        try:
            spans_of(f"{row.day} {span}")
        except ValueError:
            raise ValueError(row.day) from None
        found.append(span)
    if not found:
        raise ValueError(row.day)
    return tuple(found)


def _clock(text: str, day: str) -> str:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(day)
    return f"{int(found[1]):02}:{found[2] or '00'}"


def _row(day: str, texts: tuple[str, ...], monday: tuple[str, ...]) -> Row:
    same = texts == monday and (day in WEEKDAYS or (bool(texts) and day != DAYS[0]))
    choice = "same" if same else "open" if texts else "closed"
    return Row(day=day, choice=choice, times=_four([] if same else list(texts)))


def _four(times: list[str]) -> tuple[str, str, str, str]:
    first, until, second, end = (*times, "", "", "", "")[:4]
    return first, until, second, end


def _joined(spans: list[Span]) -> list[Span]:
    """Give *spans* of one day in order, those that touch as one where that can be written."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if last is not None and span.begins <= last.ends:
            whole = Span(last.begins, max(last.ends, span.ends))
            length = whole.ends - whole.begins
            if length < _DAY or (length == _DAY and not whole.begins % _DAY):
                found[-1] = whole
                continue
        found.append(span)
    return found


def _texts(spans: list[Span], midnight: int) -> Iterator[str]:
    for span in spans:
        for minute in span:
            hour, rest = divmod((minute - midnight) % _DAY, 60)
            yield f"{hour:02}:{rest:02}"
