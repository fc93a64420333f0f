"""The audit as files: harmless to a spreadsheet, and whole for whoever follows the chain."""

import csv
import json
from io import StringIO

import pytest

from appliance.store import AuditEntry, Head
from web.ledger import as_csv, as_json, when


def entry(number: int = 1, detail: str = "") -> AuditEntry:
    return AuditEntry(id=number, at=0.5, who="camille", what="decide", detail=detail, hash="ab")


def sheet(detail: str, language: str = "fr") -> list[list[str]]:
    text = "".join(as_csv([entry(detail=detail)], language))
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:]), delimiter=";" if language == "fr" else ","))


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_what_a_spreadsheet_would_run_is_text(hostile: str) -> None:
    _, row = sheet(hostile)
    assert "'" in row[4]
    assert row[4][0] not in "=+-@"


def test_signs_that_turn_text_are_spelt_out() -> None:
    assert sheet("a\u202eb")[1][4] == "a\\u202eb"


def test_a_sheet_speaks_its_language() -> None:
    assert sheet("x", "fr")[1][3] == "Décision"
    assert sheet("x", "en")[1][3] == "Decision"


def test_json_is_what_was_written_with_the_hashes() -> None:
    told = json.loads("".join(as_json([entry(2, "=1\u202e"), entry()], Head(id=2, hash="ab"))))
    assert told["head"] == {"number": 2, "hash": "ab"}
    assert [each["number"] for each in told["entries"]] == [2, 1]
    assert told["entries"][0]["detail"] == "=1\u202e"


def test_an_empty_audit_is_json_too() -> None:
    assert json.loads("".join(as_json([], Head(id=0, hash=""))))["entries"] == []


def test_a_time_that_no_calendar_has_is_its_number() -> None:
    assert when(0.0) == "1970-01-01T00:00:00+00:00"
    assert when(1e300) == "1e+300"
