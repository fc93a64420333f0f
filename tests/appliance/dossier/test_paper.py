"""The file on paper."""

import subprocess
from pathlib import Path

import pytest

from appliance.decisions import Verdict
from appliance.dossier import paper
from appliance.dossier.paper import pdf
from appliance.incidents import Wrote
from tests.appliance.dossier.test_account import made
from tests.kit.incident import Dealt
from tests.kit.people import RECEPTION

HOSTILE = '#panic("x") $1/0$ *b* _i_ @ref <label> `raw` = Heading \\ // /* "quote" #import "x.typ"'


def printed(content: bytes, folder: Path) -> str:
    """Give the words on the paper, on one line."""
    (folder / "x.pdf").write_bytes(content)
    words = ["pdftotext", "-layout", "x.pdf", "-"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_it_is_a_pdf_for_archives(dealt: Dealt) -> None:
    content = pdf(made(dealt))
    assert content.startswith(b"%PDF-")
    assert b"pdfaid:part" in content


def test_every_sheet_and_its_law_are_on_it_in_both_languages(dealt: Dealt, tmp_path: Path) -> None:
    for language in ("fr", "en"):
        told = made(dealt, language)
        text = printed(pdf(told), tmp_path)
        for sheet in told.sheets:
            assert set(sheet.name.split()) <= set(text.split()), sheet.name
        assert "2025-12-08" in text
        assert told.key in text


def test_hostile_names_stay_text(dealt: Dealt, tmp_path: Path) -> None:
    """What came from the wire, or from a keyboard, is never markup."""
    dealt.office.add_to_incident(dealt.incident.id, author="x", what=Wrote.NOTE, text=HOSTILE)
    dealt.office.decide(
        author="x", verdict=Verdict.DESCRIBE, mac=RECEPTION, name=HOSTILE[:60], place=HOSTILE[:60]
    )
    text = printed(pdf(made(dealt)), tmp_path)
    for piece in ('#panic("x")', "$1/0$", "*b*", "_i_", "@ref", "<label>", "`raw`"):
        assert piece in text, piece


def test_long_chronologies_are_cut_on_paper_and_it_says_so(
    dealt: Dealt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "MOST", 3)
    assert "de plus, voir les fichiers du ZIP" in printed(pdf(made(dealt)), tmp_path)
