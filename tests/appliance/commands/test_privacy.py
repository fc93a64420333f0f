"""``vigie privacy``: for when nobody can reach the page."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from appliance.cli import main
from appliance.erasures import What
from appliance.incidents import Wrote
from appliance.store import Office, Reader
from tests.kit import people
from tests.kit.people import NOW, RECEPTION
from tests.kit.vigie import config_in


@pytest.fixture
def config(tmp_path: Path) -> str:
    people.fill(tmp_path / "state")
    return str(config_in(tmp_path))


def reader_of(folder: Path) -> Reader:
    return Reader(folder / "state")


def test_all_of_a_device_is_written_and_the_audit_says_so(tmp_path: Path, config: str) -> None:
    file = tmp_path / "all.zip"
    assert main(["privacy", "export", RECEPTION, "--out", str(file), "--config", config]) == 0
    with ZipFile(file) as packed:
        assert "index.html" in packed.namelist()
    reader = reader_of(tmp_path)
    assert reader.audit_entries()[0].what == "export"
    reader.close()


@pytest.mark.parametrize("which", ["notice", "note"])
def test_a_paper_is_written(which: str, tmp_path: Path, config: str) -> None:
    file = tmp_path / "paper.pdf"
    assert main(["privacy", which, "--out", str(file), "--lang", "fr", "--config", config]) == 0
    assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "--out", "x.zip"], "hardware address"),
        (["export", RECEPTION], "--out FILE"),
        (["export", "00:00:00:00:00:99", "--out", "x.zip"], "00:00:00:00:00:99"),
        (["notice"], "--out FILE"),
        (["delete"], "alerts"),
        (["delete", "alerts"], "--yes"),
        (["delete", RECEPTION], "--yes"),
        (["delete-incident", "20260101-1"], "--yes"),
        (["delete-incident", "20260101-1", "--yes"], "20260101-1"),
    ],
)
def test_what_is_missing_is_said(
    words: list[str], said: str, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["privacy", *words, "--config", config]) == 2
    assert said in capsys.readouterr().err


def test_a_deletion_is_asked_for_by_kind_or_by_device(tmp_path: Path, config: str) -> None:
    assert main(["privacy", "delete", "traffic", "--yes", "--config", config]) == 0
    assert main(["privacy", "delete", RECEPTION, "--yes", "--config", config]) == 0
    reader = reader_of(tmp_path)
    assert [(one.what, one.macs) for one in reader.erasures()] == [
        (What.TRAFFIC, ()),
        (What.DEVICE, (RECEPTION,)),
    ]
    reader.close()


def test_a_closed_incident_is_deleted(tmp_path: Path, config: str) -> None:
    assert main(["incident", "open", "--why", "x", "--config", config]) == 0
    office, reader = Office(tmp_path / "state", lambda: NOW), reader_of(tmp_path)
    (held,) = reader.incidents()
    office.add_to_incident(held.id, author="x", what=Wrote.CLOSED)
    office.close()
    assert main(["privacy", "delete-incident", held.id, "--yes", "--config", config]) == 0
    assert reader.incidents() == ()
    assert not (tmp_path / "state/incidents" / held.id).exists()
    reader.close()


def test_a_file_that_cannot_be_written_is_said(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["privacy", "notice", "--out", "/nowhere/x.pdf", "--config", config]) == 1
    assert "/nowhere/x.pdf" in capsys.readouterr().err
