"""``vigie report``: a month at the console, and as a PDF."""

import time
from contextlib import closing
from pathlib import Path

import pytest

from appliance.cli import main
from appliance.config import Keep
from appliance.store import Watch
from tests.kit import people
from tests.kit.vigie import config_in


@pytest.fixture
def config(tmp_path: Path) -> str:
    """A box that has watched since yesterday, by the clock that the command asks."""
    (tmp_path / "state").mkdir()
    now = time.time()
    with closing(Watch(tmp_path / "state", Keep(), lambda: now - people.DAY)) as watch:
        watch.save_devices(people.devices())
        watch.save_alerts([people.alert(first_at=now - 1, last_at=now)])
    return str(config_in(tmp_path))


def run(config: str, *words: str) -> int:
    return main(["report", "--config", config, *words])


def test_the_month_that_runs_is_told_in_some_lines(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(config) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Report for ")
    assert "Act now. Something serious is not settled." in lines
    assert "- 1 danger is not settled. Open the page of alerts and do what it says, now." in lines
    assert "1 serious alerts (1 danger)" in lines


def test_the_whole_report_is_written_as_a_pdf(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "month.pdf"
    assert run(config, "--pdf", str(file), "--lang", "fr") == 0
    assert file.read_bytes().startswith(b"%PDF-")
    assert f"{file} est écrit." in capsys.readouterr().out


def test_a_month_of_which_there_is_nothing_is_refused_with_those_there_are(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(config, "--month", "2019-10") == 2
    assert "There is no report of 2019-10. There is one of: 20" in capsys.readouterr().err


def test_what_is_no_month_is_refused(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(config, "--month", "october") == 2
    assert "write it as 2026-10" in capsys.readouterr().err


def test_a_box_that_never_watched_has_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").mkdir()
    assert run(str(config_in(tmp_path))) == 2
    assert "No report yet" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(config, "--pdf", str(tmp_path / "nowhere" / "x.pdf")) == 1
    assert "could not be written: No such file" in capsys.readouterr().err


def test_a_database_that_cannot_be_read_is_said(tmp_path: Path, config: str) -> None:
    (tmp_path / "state" / "vigie.db").write_bytes(b"no database" * 999)
    assert run(config) == 1
