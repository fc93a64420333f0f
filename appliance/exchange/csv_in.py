"""Names, kinds, roles, places and dates of devices, read from a sheet: a plan, and all mistakes.

The sheet may be what `csv_out` made, in either language, after a spreadsheet has been at it. An
empty cell and a missing column change nothing. A sheet with a mistake in it has no plan: whoever
sends it mends all at once, and nothing is half done.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import StringIO
from typing import Any

from appliance.decisions import Known
from appliance.exchange.day import NotADayError, bought
from appliance.exchange.sheet import (
    ADDRESS,
    DESCRIBED,
    bare,
    columns_by_word,
    kinds_by_word,
    plain,
    roles_by_word,
)
from appliance.model import Device, Mac
from appliance.texts import say

LONGEST = 60
"""Signs of a name or a place, as in the form."""
ROWS = 10_000
"""More than twice the devices a box keeps; what comes after is a mistake."""
SHOWN = 60
"""Signs of a wrong cell that are repeated."""

_SEPARATORS = ";,\t"
_HINT = re.compile(r"sep=.\r?\n")
"""A first line by which some programs tell Excel the separator."""
_HEX = re.compile(r"[0-9a-f]{12}")
_AS_HERE = (*DESCRIBED, "hosts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong with a line of the sheet."""

    line: int
    """As the spreadsheet counts them, from 1."""
    key: str
    """Of the text that says it."""
    words: Mapping[str, str] = field(default_factory=dict)

    def told(self, language: str) -> str:
        """Give it as a sentence."""
        why = say(language, self.key, **self.words)
        return say(language, "sheet.at", line=self.line, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a sheet says anew of a device."""

    mac: Mac
    called: str
    """What the device is called now."""
    before: Known
    after: Known

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which the two differ."""
        return tuple(
            name for name in DESCRIBED if getattr(self.before, name) != getattr(self.after, name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a sheet would change."""

    changes: tuple[Change, ...] = ()
    """Empty when there is a mistake."""
    mistakes: tuple[Mistake, ...] = ()
    same: int = 0
    """Devices of which the sheet says nothing new."""
    unread: tuple[str, ...] = ()
    """Headings of columns that mean nothing here."""


def described(known: Known) -> dict[str, Any]:
    """Give the fields of a DESCRIBE decision that says *known*; it replaces all of them at once."""
    return {name: getattr(known, name) for name in _AS_HERE}


def read(
    content: bytes, devices: Iterable[Device], known: Mapping[Mac, Known], today: date
) -> Plan:
    """Give what the sheet *content* would change of *devices*, of which people said *known*."""
    reading = _Reading(devices, known, today)
    reading.read(_text(content))
    mistakes = tuple(reading.mistakes)
    return Plan(
        changes=() if mistakes else tuple(reading.changes),
        mistakes=mistakes,
        same=reading.same,
        unread=tuple(reading.unread),
    )


def mac_of(text: str) -> Mac | None:
    """Give the hardware address that *text* spells in any of the usual ways, or None."""
    digits = re.sub(r"[\s:.-]", "", text).lower()
    if not _HEX.fullmatch(digits):
        return None
    return Mac(":".join(digits[place : place + 2] for place in range(0, 12, 2)))


def _text(content: bytes) -> str:
    """Read what spreadsheets write: UTF-8, UTF-16 with its mark, or Western Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


class _Reading:
    """One reading of a sheet."""

    def __init__(self, devices: Iterable[Device], known: Mapping[Mac, Known], today: date) -> None:
        self.changes: list[Change] = []
        self.mistakes: list[Mistake] = []
        self.unread: list[str] = []
        self.same = 0
        self._known, self._today = known, today
        self._devices: dict[Mac, Device] = {}
        for device in devices:
            self._devices |= dict.fromkeys((*device.also, device.mac), device)
        self._lines: dict[Mac, int] = {}

    def read(self, text: str) -> None:
        """Go through *text*."""
        rows = self._rows(_HINT.sub("", text, count=1) if _HINT.match(text) else text)
        line, heading = next(rows, (1, []))
        columns = [columns_by_word().get(cell.strip().casefold(), "") for cell in heading]
        if ADDRESS not in columns:
            self._wrong(line, "sheet.wrong.no_address_column")
            return
        self.unread = [
            _shown(cell) for cell, name in zip(heading, columns, strict=True) if not name
        ]
        for at, row in rows:
            if any(cell.strip() for cell in row):
                self._row(at, columns, row)

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of *text* with their lines, until one cannot be read."""
        head = text.partition("\n")[0]
        separator = max(_SEPARATORS, key=head.count)
        rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        line = 1
        try:
            for number, row in enumerate(rows):
                if number > ROWS:
                    self._wrong(line, "sheet.wrong.too_many", most=str(ROWS))
                    return
                yield line, row
                line = rows.line_num + 1
        except csv.Error:
            self._wrong(line, "sheet.wrong.unreadable")

    def _row(self, line: int, columns: Sequence[str], row: Sequence[str]) -> None:
        if any(cell.strip() for cell in row[len(columns) :]):
            self._wrong(line, "sheet.wrong.too_wide")
            return
        cells = {
            name: " ".join(bare(cell).split())
            for name, cell in zip(columns, row, strict=False)
            if name
        }
        device = self._device(line, cells.get(ADDRESS, ""))
        said: dict[str, Any] = {
            name: value
            for name in DESCRIBED
            if cells.get(name) and (value := self._value(line, name, cells[name])) is not None
        }
        if device is None:
            return
        macs = (device.mac, *device.also)
        before = next((self._known[mac] for mac in macs if mac in self._known), Known())
        after = replace(before, **said)
        if after == before:
            self.same += 1
        else:
            change = Change(mac=device.mac, called=device.name, before=before, after=after)
            self.changes.append(change)

    def _device(self, line: int, text: str) -> Device | None:
        mac = mac_of(text)
        if mac is None:
            self._wrong(line, "sheet.wrong.no_address", value=_shown(text))
            return None
        device = self._devices.get(mac)
        if device is None:
            self._wrong(line, "sheet.wrong.nobody", value=mac)
            return None
        if device.mac in self._lines:
            self._wrong(line, "sheet.wrong.twice", other=str(self._lines[device.mac]))
            return None
        self._lines[device.mac] = line
        return device

    def _value(self, line: int, name: str, text: str) -> str | None:
        """Give what *text* says in the column *name*, or None when that is a mistake."""
        try:
            match name:
                case "bought_on":
                    return bought(text, self._today)
                case "kind":
                    return kinds_by_word()[text.casefold()]
                case "role":
                    return roles_by_word()[text.casefold()]
                case _ if len(text) > LONGEST:
                    self._wrong(line, "sheet.wrong.too_long", value=_shown(text))
                    return None
                case _:
                    return "".join(sign if sign.isprintable() else " " for sign in text)
        except NotADayError as error:
            self._wrong(line, error.key, value=_shown(text))
        except KeyError:
            self._wrong(line, f"sheet.wrong.{name}", value=_shown(text))
        return None

    def _wrong(self, line: int, key: str, **words: str) -> None:
        self.mistakes.append(Mistake(line=line, key=key, words=words))


def _shown(text: str) -> str:
    return plain(text if len(text) <= SHOWN else text[:SHOWN] + "…")
