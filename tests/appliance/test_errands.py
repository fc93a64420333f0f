"""What pages ask and what became of it: read by whoever it is for, and never believed."""

from pathlib import Path

import pytest

from appliance import errands
from appliance.config import Config
from appliance.errands import BackupAsked, Outcome


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "settings").mkdir()
    return Config(state=tmp_path, run=tmp_path, settings=tmp_path / "settings")


def test_what_is_asked_arrives_and_all_parts_may_read_it(config: Config) -> None:
    asked = BackupAsked(id="a", at=1.0, recipient="age1", key=b"\0lock")
    errands.ask_backup(config, asked)
    assert errands.backup_asked(config) == asked
    (file,) = errands.folder(config).iterdir()
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"id": 3}', b"\xff", b"{" * 70_000])
def test_what_makes_no_sense_is_nothing(config: Config, content: bytes) -> None:
    errands.folder(config).mkdir()
    (errands.folder(config) / "backup.json").write_bytes(content)
    (config.state / "update-outcome.json").write_bytes(content)
    assert errands.backup_asked(config) is None
    assert errands.outcome(config, "update") is None


def test_what_became_of_it_is_told_for_each_by_itself(config: Config) -> None:
    done = Outcome(at=2.0, state="done", key="ended.well", words={"name": "1", "former": "0"})
    errands.tell(config, "update", done)
    assert errands.outcome(config, "update") == done
    assert errands.outcome(config, "backup") is None
    assert (config.state / "update-outcome.json").stat().st_mode & 0o777 == 0o640
