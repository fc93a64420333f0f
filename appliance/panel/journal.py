"""The journal: every order with who, when and why, one JSON object a line, each sealed to the last.

Every line carries a hash over itself and the line before (SHA-256), so that a line changed, taken
out or put in between is noticed at the next start. Two files of at most `KEPT` lines are kept.
"""

import json
import os
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

KEPT = 1000
"""Lines in one file; then it is kept as ``…-older.jsonl`` and a new one begun."""

BUTTON = "@button"
ON_SITE = "@on_site"
"""By the sequence on the button."""
AUTOMATIC = "@automatic"
"""By a count-down; why is the detector that began it."""
BOX = "@box"
"""Who it was, when it was no person; nobody else's name begins like that (`rights`)."""

SHOWN = 50
"""Entries that a status carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    at: float
    who: str
    what: str
    """A key of ``[panel.log]``."""
    why: str = ""
    """In people's own words; or, for what the box did itself, empty."""


class DamagedJournal(Exception):  # noqa: N818 - it names the file, nobody erred
    """A line of the journal was changed, is missing, or cannot be read."""


class Journal:
    """The journal in *path*; a damaged one is put aside, and `damaged` says so."""

    def __init__(self, path: Path) -> None:
        """Go on where the file ends."""
        self._path = path
        self._older = path.with_name(f"{path.stem}-older{path.suffix}")
        self._seal = ""
        self._lines = 0
        self._last: deque[Entry] = deque(maxlen=SHOWN)
        self.damaged = False
        self._take_up()

    def note(self, entry: Entry) -> None:
        """Append *entry*, durably when this returns; raises OSError, but shows it all the same."""
        self._last.append(entry)
        if self._lines >= KEPT:
            self._path.replace(self._older)
            self._lines = 0
        line, seal = sealed(entry, self._seal)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._seal = seal
        self._lines += 1

    def last(self) -> tuple[Entry, ...]:
        """Give the latest entries, newest first."""
        return tuple(reversed(self._last))

    def _take_up(self) -> None:
        """Read what is there; a last line without its end was cut by a power failure."""
        try:
            data = self._path.read_bytes()
            whole = data[: data.rfind(b"\n") + 1]
            entries = opened(whole.decode().splitlines())
            if whole != data:
                os.truncate(self._path, len(whole))
        except FileNotFoundError:
            return
        except (DamagedJournal, UnicodeDecodeError):
            self.damaged = True
            stamp = int(self._path.stat().st_mtime)
            self._path.replace(self._path.with_name(f"{self._path.stem}-damaged-{stamp}.jsonl"))
            return
        except OSError:
            self.damaged = True
            return
        self._last.extend(entry for entry, _ in entries)
        self._lines = len(entries)
        self._seal = entries[-1][1] if entries else ""


def sealed(entry: Entry, before: str) -> tuple[str, str]:
    """Give the line of *entry* after the seal *before*, and its own seal."""
    told = {"at": entry.at, "who": entry.who, "what": entry.what, "why": entry.why}
    seal = _seal(told, before)
    return json.dumps({**told, "before": before, "seal": seal}), seal


def opened(lines: Iterable[str]) -> list[tuple[Entry, str]]:
    """Give the entries of *lines* with their seals; raises DamagedJournal."""
    found: list[tuple[Entry, str]] = []
    for line in lines:
        try:
            told = json.loads(line)
            before, seal = told.pop("before"), told.pop("seal")
            entry = Entry(**told)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise DamagedJournal(str(error)) from error
        if seal != _seal(told, before) or (found and before != found[-1][1]):
            raise DamagedJournal(f"line {len(found) + 1} is not as it was written")
        found.append((entry, seal))
    return found


def _seal(told: dict[str, object], before: object) -> str:
    return sha256(json.dumps([before, told], sort_keys=True).encode()).hexdigest()
