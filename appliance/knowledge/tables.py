"""Reading the tables of ``appliance/data``: CSV after comment lines that begin with ``#``.

The first comment line says what the table is, ``state YYYY-MM-DD``, and where it is from.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources

_STATE = re.compile(r"\bstate (\d{4}-\d{2}-\d{2})\b")


def rows(table: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of *table*, each by its columns' names."""
    lines = (line for line in text(table).splitlines() if not line.startswith("#"))
    yield from csv.DictReader(lines)


def dated(table: str) -> date:
    """Give the day whose state *table* shows."""
    return state(text(table).partition("\n")[0])


def state(line: str) -> date:
    """Give the day that the first line of a table names."""
    if found := _STATE.search(line):
        return date.fromisoformat(found[1])
    raise ValueError(f"no state date in “{line[:80]}”")


def text(table: str) -> str:
    """Give all of *table*."""
    return resources.files("appliance.data").joinpath(f"{table}.csv").read_text("utf-8")
