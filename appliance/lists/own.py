"""Lists as Vigie itself writes them.

UTF-8 text or CSV, one entry a line; an optional second column says why, a third until which day
it counts (``2026-12-31``, the day included); empty lines and lines that begin with ``#`` are passed
over. An entry is a host name (it covers all names below it), an IPv4 or IPv6 address, a network in
CIDR notation, a JA4 fingerprint, or the SHA-1 or SHA-256 of a certificate (hexadecimal).
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from appliance.lists.entry import Entry, ListError, entry

LARGEST = 64 * 1024 * 1024
"""Bytes of a list file; a larger one is refused."""
MISTAKES_SHOWN = 10


def read(file: Path) -> list[Entry]:
    """Give the entries of *file*; raises ListError."""
    try:
        if file.stat().st_size > LARGEST:
            raise ListError(f"{file}: larger than {LARGEST // 1024 // 1024} MiB")
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ListError(f"{file}: is not a text file (UTF-8)") from None
    except OSError as problem:
        raise ListError(f"{file}: cannot be read ({problem.strerror})") from None
    entries = list(parse(text.splitlines(), file.stem))
    if not entries:
        raise ListError(f"{file}: holds no entry")
    return entries


def parse(lines: Iterable[str], source: str) -> Iterator[Entry]:
    """Yield the entries of a list; raises ListError at the end, naming the lines that are none."""
    mistakes: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            yield _of(next(csv.reader([line]), [""]))
        except (ValueError, csv.Error) as mistake:
            mistakes.append(f"line {number}: {mistake}")
    if mistakes:
        more = len(mistakes) - MISTAKES_SHOWN
        tail = f"; and {more} more" if more > 0 else ""
        raise ListError(f"{source}: " + "; ".join(mistakes[:MISTAKES_SHOWN]) + tail)


def written(each: Entry) -> list[str]:
    """Give the columns of *each*, as `parse` reads them."""
    return [each.text, each.why, f"{each.until:.0f}" if each.until else ""]


def until_end_of(day: str) -> float:
    """Give the second at which *day* (``YYYY-MM-DD``, UTC) is over; raises ValueError."""
    began = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return (began + timedelta(days=1)).timestamp()


def _of(columns: list[str]) -> Entry:
    text, why, until = (*columns, "", "", "")[:3]
    until = until.strip()
    if until.isdecimal():
        return entry(text, why, float(until))
    return entry(text, why, until_end_of(until) if until else 0.0)
