"""``vigie check``."""

from pathlib import Path

import pytest

from appliance.cli import main
from tests.kit.vigie import config_in


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "La configuration est correcte.\n"), ("en", "The configuration is sound.\n")],
)
def test_a_sound_configuration_is_called_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    file = config_in(tmp_path, practice={"language": language})
    assert main(["check", "--config", str(file)]) == 0
    assert capsys.readouterr().out == said


def test_every_mistake_is_said_at_once_with_the_nearest_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = config_in(tmp_path, web={"lisen": "127.0.0.1:80"}, detectors={"arp_spof": 1})
    assert main(["check", "--config", str(file)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "did you mean listen" in said.err
    assert "did you mean arp_spoof" in said.err
    assert len(said.err.splitlines()) == 2


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"[", b"a = " + b"[" * 9000])
def test_whatever_is_given_is_judged_in_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    """No file, an empty one (which is sound), and what is no TOML."""
    file = tmp_path / "vigie.toml"
    if content is not None:
        file.write_bytes(content)
    assert main(["check", "--config", str(file)]) == (0 if content == b"" else 2)
    if content != b"":
        assert capsys.readouterr().err.startswith(f"vigie: {file}: it ")


def test_a_folder_is_no_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--config", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"vigie: {tmp_path}: it cannot be read: Is a directory.\n"
