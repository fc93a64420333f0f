"""Labels and the legend of the light, as they come out of a printer."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from appliance.model import Level
from appliance.press.labels import SHOWN, pdf
from appliance.texts import LANGUAGES, say

DAY = date(2026, 11, 26)


def printed(content: bytes, folder: Path) -> str:
    """Give the words on the sheets, without blanks: columns break them anywhere."""
    (folder / "x.pdf").write_bytes(content)
    words = ["pdftotext", "-raw", "x.pdf", "-"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    return squeezed(done.stdout)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_says_what_the_button_does_and_whom_to_call(
    language: str, tmp_path: Path
) -> None:
    text = printed(pdf(language, "Camille, 06 00 00 00 01", "Cabinet", DAY), tmp_path)
    for key in ("hold", "what", "telephone", "by_hand", "uplink_means", "mirror_means"):
        assert squeezed(say(language, f"labels.{key}")) in text, key
    assert squeezed("Camille, 06 00 00 00 01") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_light_is_told_in_words_with_what_to_do(language: str, tmp_path: Path) -> None:
    """Also to whoever prints in black and white, or cannot tell red from green."""
    assert set(SHOWN) == set(Level)
    text = printed(pdf(language, "", "", DAY), tmp_path)
    for level in (*Level, "off"):
        for key in (f"panel.level.{level}.title", f"label_do.{level}"):
            assert squeezed(say(language, key)) in text, key


def test_what_somebody_typed_is_never_markup(tmp_path: Path) -> None:
    assert '#panic("x")' in printed(pdf("fr", '#panic("x")', '*"', DAY), tmp_path)


def test_both_sheets_are_all_there_is(tmp_path: Path) -> None:
    """A long name breaks the line, and no sheet is added."""
    (tmp_path / "x.pdf").write_bytes(pdf("fr", "Camille " * 8, "", DAY))
    said = subprocess.run(
        ["pdfinfo", "x.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Pages:           2" in said.stdout
