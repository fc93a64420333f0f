"""``vigie incident``: for when the pages cannot be reached."""

from pathlib import Path

import pytest

from appliance.cli import main
from appliance.store import Reader
from tests.kit.vigie import config_in


@pytest.fixture
def config(tmp_path: Path) -> str:
    return str(config_in(tmp_path))


def one(folder: Path) -> str:
    reader = Reader(folder / "state")
    held = reader.open_incident()
    reader.close()
    assert held is not None
    return held.id


def test_one_is_opened_by_hand_and_its_evidence_kept(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["incident", "open", "--why", "Red screen", "--config", config]) == 0
    assert (tmp_path / "state" / "incidents" / one(tmp_path) / "MANIFEST.sha256").exists()
    assert one(tmp_path) in capsys.readouterr().out


def test_a_reason_is_asked_for(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incident", "open", "--config", config]) == 2
    assert "--why" in capsys.readouterr().err


def test_all_are_listed(tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incident", "list", "--config", config]) == 0
    assert "No incident" in capsys.readouterr().out
    main(["incident", "open", "--why", "Red screen", "--config", config])
    capsys.readouterr()
    main(["incident", "list", "--config", config])
    line = capsys.readouterr().out
    assert line.split("\t")[0] == one(tmp_path)
    assert "Red screen" in line


def test_the_file_is_written_and_verifies_and_a_changed_byte_does_not(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["incident", "open", "--why", "Red screen", "--config", config])
    file = tmp_path / "file.zip"
    words = ["incident", "export", one(tmp_path), str(file), "--lang", "fr", "--config", config]
    assert main(words) == 0
    capsys.readouterr()
    assert main(["incident", "verify", str(file), "--config", config]) == 0
    assert "key of this box" in capsys.readouterr().out
    content = bytearray(file.read_bytes())
    content[200] ^= 1
    file.write_bytes(content)
    assert main(["incident", "verify", str(file), "--config", config]) == 1
    assert "not as it was signed" in capsys.readouterr().out


def test_the_key_of_another_box_is_said_to_be_one(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["incident", "open", "--why", "x", "--config", config])
    file = tmp_path / "file.zip"
    main(["incident", "export", one(tmp_path), str(file), "--config", config])
    (tmp_path / "other").mkdir()
    other = str(config_in(tmp_path / "other"))
    capsys.readouterr()
    assert main(["incident", "verify", str(file), "--config", other]) == 0
    assert "not the key of this box" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["export", "x", "/nowhere/file.zip"],
        ["export", "x"],
        ["verify"],
        ["verify", "/nowhere/file.zip"],
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    config: str, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["incident", *words, "--config", config]) == 2
    said = capsys.readouterr().err
    assert said.startswith("vigie: ")
    assert said.count("\n") == 1
