"""Parts of the box that keep failing."""

import os
from pathlib import Path

from appliance.failing import FOLDER, RECENT, failing


def test_while_all_is_well_there_is_no_such_directory(tmp_path: Path) -> None:
    assert failing(tmp_path, 0) == ()


def test_what_systemd_left_word_of_is_told_for_an_hour(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    for unit in ("vigie-web.service", "vigie-outputs.service"):
        file = tmp_path / FOLDER / unit
        file.touch()
        os.utime(file, (1000, 1000))
    assert failing(tmp_path, 1000) == ("vigie-outputs.service", "vigie-web.service")
    assert failing(tmp_path, 1000 + RECENT) == ()


def test_a_clock_that_is_far_behind_tells_of_nothing_for_ever(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "vigie-web.service").touch()
    assert failing(tmp_path, 0) == ()
