"""``vigie devices``: the list in four forms, and names from a sheet."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from appliance import time_of_day
from appliance.cli import main
from appliance.store import Reader
from tests.kit import people
from tests.kit.machines import NAS, PRINTER
from tests.kit.vigie import config_in


@pytest.fixture
def config(tmp_path: Path) -> str:
    (tmp_path / "state").mkdir()
    people.fill(tmp_path / "state")
    return str(config_in(tmp_path))


def run(config: str, *words: str) -> int:
    return main(["devices", "--config", config, *words])


def written(folder: Path, content: str) -> str:
    file = folder / "names.csv"
    file.write_text(content, "utf-8")
    return str(file)


def named(folder: Path, mac: str) -> str:
    reader = Reader(folder / "state")
    found = next(device for device in reader.devices() if device.mac == mac)
    reader.close()
    return found.given_name


def test_people_read_a_line_for_each_device(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(config) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(people.devices())
    assert f"{NAS}\tnas\tStorage server (NAS)\tSynology\tDS220+\tDSM" in lines


def test_programs_read_json_and_cyclonedx(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(config, "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == len(people.devices())
    assert run(config, "--cyclonedx") == 0
    assert json.loads(capsys.readouterr().out)["bomFormat"] == "CycloneDX"


def test_what_was_exported_can_be_imported(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(config, "--csv") == 0
    sheet = capsys.readouterr().out
    assert sheet.startswith("\ufeff")
    assert run(config, "--import", written(tmp_path, sheet)) == 0
    assert capsys.readouterr().out == "The file changes nothing.\n"


def test_a_sheet_tells_the_time_of_the_practice_whatever_the_machines_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the pages do, which write the same sheet."""
    (tmp_path / "state").mkdir()
    people.fill(tmp_path / "state")
    sheets = []
    for zone in ("Europe/Paris", "America/Guadeloupe"):
        time_of_day.tell("UTC")
        practice: dict[str, object] = {"language": "en", "timezone": zone}
        assert run(str(config_in(tmp_path, practice=practice)), "--csv") == 0
        rows = csv.DictReader(capsys.readouterr().out.removeprefix("\ufeff").splitlines())
        sheets.append({row["Hardware address"]: row["Last seen"] for row in rows})
    paris, guadeloupe = (datetime.fromisoformat(sheet[NAS]) for sheet in sheets)
    assert paris - guadeloupe == timedelta(hours=6)


def test_names_from_a_sheet_are_said_and_kept(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, f"mac,name,place\n{PRINTER},Front printer,Desk\n")
    assert run(config, "--dry-run", "--import", file) == 0
    assert "would be updated: 1" in capsys.readouterr().out
    assert named(tmp_path, PRINTER) == ""
    assert run(config, "--import", file) == 0
    said = capsys.readouterr().out
    assert f"BRN30055C ({PRINTER}): Name, Place" in said
    assert named(tmp_path, PRINTER) == "Front printer"


def test_every_wrong_line_is_told_and_nothing_changes(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, f"mac,name,kind\n{PRINTER},X,\nx,,\n{NAS},,spaceship\n")
    assert run(config, "--import", file) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.rpartition("Line ")[2][0] for line in said] == ["3", "4"]
    assert named(tmp_path, PRINTER) == ""


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(config, "--import", str(tmp_path / name)) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_file_without_end_is_refused(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(config, "--import", "/dev/zero") == 2
    assert "too large" in capsys.readouterr().err


def test_a_box_that_has_seen_nothing_lists_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["devices", "--config", str(config_in(tmp_path))]) == 0
    assert capsys.readouterr().out == ""
