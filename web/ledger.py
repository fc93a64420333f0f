"""The audit as a sheet for people, and as JSON with which anybody can follow its chain.

In the sheet a cell that a spreadsheet would take for a formula is made text (`sheet.guarded`), and
signs that turn or hide text are spelt out: what is in it was typed, by visitors too. In the JSON
all is as it was written, since the hashes are over that (``docs/people.md``).
"""

import csv
import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO

from appliance.exchange.sheet import SEPARATORS, guarded, plain
from appliance.store import AuditEntry, Head
from appliance.texts import say, sentences

COLUMNS = ("number", "at", "who", "what", "detail", "hash")


def as_csv(entries: Iterable[AuditEntry], language: str) -> Iterator[str]:
    """Yield the lines of a sheet in *language*; times are UTC."""
    words = sentences(language)
    yield BOM_UTF8.decode()
    yield _line([say(language, f"audit_sheet.{column}") for column in COLUMNS], language)
    for each in entries:
        what = words.get(f"audit.{each.what}", each.what)
        row = (str(each.id), when(each.at), each.who, what, each.detail, each.hash)
        yield _line([guarded(plain(cell)) for cell in row], language)


def as_json(entries: Iterable[AuditEntry], head: Head) -> Iterator[str]:
    """Yield JSON: where the chain ends, and the entries, the newest first."""
    yield f'{{"head": {json.dumps({"number": head.id, "hash": head.hash})},\n "entries": ['
    separator = "\n  "
    for each in entries:
        told = {
            "number": each.id,
            "at": each.at,
            "who": each.who,
            "what": each.what,
            "detail": each.detail,
            "hash": each.hash,
        }
        yield separator + json.dumps(told)
        separator = ",\n  "
    yield "\n]}\n"


def when(at: float) -> str:
    """Write a time for programs (RFC 3339, UTC); one that no calendar has as its number."""
    try:
        return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return str(at)


def _line(cells: list[str], language: str) -> str:
    out = StringIO()
    csv.writer(out, delimiter=SEPARATORS[language], quoting=csv.QUOTE_ALL).writerow(cells)
    return out.getvalue()
