"""Having a paper set."""

import pytest

from appliance.press import setting
from appliance.press.setting import PaperError, pdf

SOURCE = b"""#set document(date: datetime(year: 2026, month: 1, day: 1))
#json("said.json")"""


def test_a_source_and_its_values_become_a_pdf_for_archives() -> None:
    content = pdf(SOURCE, {"said": "Bonjour"})
    assert content.startswith(b"%PDF-")
    assert b"pdfaid:part" in content


def test_a_value_is_never_markup() -> None:
    assert pdf(SOURCE, {"said": '#panic("x")'}).startswith(b"%PDF-")


def test_what_cannot_be_set_says_why() -> None:
    with pytest.raises(PaperError, match="panicked"):
        pdf(b'#panic("x")', {})


def test_a_process_that_cannot_start_is_a_paper_that_cannot_be_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setting.sys, "executable", "/nowhere")
    with pytest.raises(PaperError, match="nowhere"):
        pdf(SOURCE, {"said": ""})
