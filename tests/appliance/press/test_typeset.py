"""Setting a paper, in a process of its own."""

import subprocess
import sys
from pathlib import Path

from appliance.press.typeset import typeset

ROOT = Path(__file__).parents[3]


def test_a_folder_is_set_to_a_pdf(tmp_path: Path) -> None:
    source = "#set document(date: datetime(year: 2026, month: 1, day: 1))\nBonjour"
    (tmp_path / "paper.typ").write_text(source)
    typeset(tmp_path)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_set_ends_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "paper.typ").write_text('#panic("x")')
    words = [sys.executable, "-m", "appliance.press.typeset", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode != 0


def test_nothing_outside_the_folder_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "in" / "paper.typ").write_text('#read("../secret.txt")')
    words = [sys.executable, "-m", "appliance.press.typeset", str(tmp_path / "in")]
    assert subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode != 0
