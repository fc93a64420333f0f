"""The generated pages hold what the code says."""

from dataclasses import fields
from pathlib import Path

from appliance.catalogue import HEADINGS, pages, sections, write
from appliance.config import Config
from appliance.detectors import ALL


def test_every_detector_is_on_the_page_with_all_its_headings() -> None:
    page = pages()["detectors.md"]
    for detector in ALL:
        assert f"\n## {detector.about.id}\n" in page
        for heading in HEADINGS:
            assert sections(detector)[heading] in page
        for limit in fields(detector.about.limits):
            assert limit.metadata["doc"] in page


def test_every_setting_is_on_the_page_with_its_default() -> None:
    page = pages()["configuration.md"]
    assert "| `red` | `22` | a whole number from 0 to 27 | red of the light |" in page
    assert "| `buzzer` | `false` | a whole number from 0 to 27, or false |" in page
    for part in fields(Config):
        if part.name != "unusable":  # no setting, but what is wrong with some
            assert part.name in page


def test_the_pages_are_written_where_told(tmp_path: Path) -> None:
    write(tmp_path)
    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == pages()
