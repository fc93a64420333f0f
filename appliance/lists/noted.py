"""The practice's own list: names and addresses that a technician notes one by one, with a reason.

On the shelf it is a list like any other that comes from a file; `changes` notes and forgets.
"""

from itertools import islice
from pathlib import Path

from appliance.lists import own
from appliance.lists.entry import Entry

NOTED = "noted"
"""What it is called."""

MOST = 500
"""Entries of it: what people type; whoever has more has a file."""


def noted(folder: Path) -> tuple[Entry, ...]:
    """Give what is noted, in the order of noting; raises ListError and OSError."""
    try:
        with (folder / f"{NOTED}.csv").open(encoding="utf-8-sig") as lines:
            return tuple(islice(own.parse(lines, NOTED), MOST))
    except FileNotFoundError:
        return ()
