"""``vigie labels``: the sheets to cut, where the pages cannot be reached."""

from pathlib import Path

import pytest

from appliance.cli import main
from tests.kit.vigie import config_in


@pytest.mark.parametrize("more", [[], ["--technician", "Camille", "--lang", "en"]])
def test_the_sheets_are_written_before_there_is_a_store(tmp_path: Path, more: list[str]) -> None:
    file = tmp_path / "labels.pdf"
    assert main(["labels", str(file), "--config", str(config_in(tmp_path)), *more]) == 0
    assert file.read_bytes().startswith(b"%PDF-")


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["labels", str(tmp_path / "no/x.pdf"), "--config", str(config_in(tmp_path))]
    assert main(words) == 1
    assert "no/x.pdf" in capsys.readouterr().err
