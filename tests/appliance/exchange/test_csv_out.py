"""Devices as a sheet that a spreadsheet opens."""

import csv
import io
from codecs import BOM_UTF8
from dataclasses import replace

import pytest

from appliance.exchange.csv_out import sheet
from appliance.exchange.sheet import COLUMNS, SEPARATORS
from appliance.texts import LANGUAGES, say
from tests.kit.machines import IMAGING, PRINTER, RECEPTION, devices

PARK = {device.mac: device for device in devices()}


def rows(content: bytes, language: str) -> list[dict[str, str]]:
    text = content.removeprefix(BOM_UTF8).decode()
    read = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS[language])
    heading, *others = read
    assert heading == [say(language, f"sheet.{column}") for column in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in others]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_device_has_a_row_with_every_column(language: str) -> None:
    content = sheet(devices(), language)
    assert content.startswith(BOM_UTF8)
    assert [row["mac"] for row in rows(content, language)] == [device.mac for device in devices()]


def test_a_row_says_what_was_seen_and_how_sure_that_is() -> None:
    (row,) = rows(sheet([PARK[IMAGING]], "fr"), "fr")
    assert (row["seen_kind"], row["seen_kind_sure"]) == ("Poste d'acquisition d'images", "sûr")
    assert (row["os"], row["os_sure"]) == ("Windows 11 22H2-23H2", "probable")
    assert (row["name"], row["calls_itself"], row["also"]) == ("", "IMAGERIE", "02:00:00:00:01:0b")


def test_a_row_says_what_people_said_in_words() -> None:
    said = replace(
        PARK[RECEPTION],
        given_name="PC",
        given_kind="workstation",
        role="server",
        place="Accueil",
        bought_on="2020-10-05",
    )
    (row,) = rows(sheet([said], "en"), "en")
    assert [row[name] for name in ("name", "kind", "role", "place", "bought_on")] == [
        "PC",
        "Workstation",
        "Server",
        "Accueil",
        "2020-10-05",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_divides_no_row_and_runs_nowhere(language: str) -> None:
    hostile = "=cmd|' /C calc'!A0;\",\n-1\r\n\u202e\ud800<script>"
    device = replace(PARK[PRINTER], given_name=hostile, names=(hostile,), place=f"+{hostile}")
    (row,) = rows(sheet([device], language), language)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert "\u202e" not in row["name"]


def test_an_empty_box_has_a_heading_only() -> None:
    assert rows(sheet((), "fr"), "fr") == []
