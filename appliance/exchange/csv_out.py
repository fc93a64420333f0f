"""Devices as a sheet that a spreadsheet opens with a double click: CSV (RFC 4180).

UTF-8 with a byte order mark, by which Excel tells it from the old code pages. All cells are in
quotes, so that a separator inside one divides nothing.
"""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from appliance.exchange.portrait import portray
from appliance.exchange.sheet import COLUMNS, SEPARATORS, guarded, kind_words, plain
from appliance.model import Device
from appliance.texts import say


def sheet(devices: Iterable[Device], language: str) -> bytes:
    """Give *devices* as a sheet in *language*, a row each."""
    out = StringIO()
    writer = csv.writer(out, delimiter=SEPARATORS[language], quoting=csv.QUOTE_ALL)
    writer.writerow(say(language, f"sheet.{column}") for column in COLUMNS)
    for device in devices:
        row = _row(device, language)
        writer.writerow(guarded(plain(row[column])) for column in COLUMNS)
    return BOM_UTF8 + out.getvalue().encode()


def _row(device: Device, language: str) -> dict[str, str]:
    seen = portray(device).seen
    row = {
        "mac": device.mac,
        "name": device.given_name,
        "kind": device.given_kind and kind_words(language, device.given_kind),
        "role": device.role and kind_words(language, device.role),
        "place": device.place,
        "socket": device.socket,
        "bought_on": device.bought_on,
        "calls_itself": ", ".join(device.names),
        "seen_kind": seen.kind.value and kind_words(language, seen.kind.value),
        "maker": seen.maker.value,
        "model": seen.model.value,
        "os": seen.os.value,
        "addresses": " ".join(device.addresses),
        "also": " ".join(device.also),
        "trust": say(language, f"trust.{device.trust.value}"),
        "first": _minute(device.first_at),
        "last": _minute(device.last_at),
    }
    for column, belief in (
        ("seen_kind_sure", seen.kind),
        ("maker_sure", seen.maker),
        ("model_sure", seen.model),
        ("os_sure", seen.os),
    ):
        row[column] = belief.value and say(language, f"sure.{belief.sure.value}")
    return row


def _minute(at: float) -> str:
    """Write a time as spreadsheets take one, in the box's own time zone."""
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M}" if at else ""
