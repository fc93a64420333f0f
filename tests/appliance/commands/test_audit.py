"""``vigie audit``: whether the audit is whole, and goes through what was noted."""

from contextlib import closing
from pathlib import Path

import pytest

from appliance.cli import main
from appliance.store import Office, Reader
from tests.kit.people import NOW
from tests.kit.vigie import config_in, one_sentence


@pytest.fixture
def config(tmp_path: Path) -> str:
    with closing(Office(tmp_path / "state", lambda: NOW)) as office:
        for number in range(3):
            office.audit("camille", "decide", str(number))
    return str(config_in(tmp_path))


def noted(folder: Path) -> str:
    with closing(Reader(folder / "state")) as reader:
        head = reader.audit_head()
    return f"{head.id}:{head.hash[:16]}"


def tamper(folder: Path, statement: str) -> None:
    with closing(Office(folder / "state", lambda: NOW)) as office:
        office._writer.write(lambda db: db.execute(statement))


def test_a_whole_one_is_said_to_be_with_where_it_ends(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--config", config]) == 0
    assert noted(tmp_path).partition(":")[2] in capsys.readouterr().out
    assert main(["audit", "verify", noted(tmp_path), "--config", config]) == 0
    assert "3" in capsys.readouterr().out


def test_a_change_is_an_error_and_named(
    tmp_path: Path, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(tmp_path, "UPDATE audit SET who = 'x' WHERE id = 2")
    assert main(["audit", "verify", "--config", config]) == 1
    assert " 2." in capsys.readouterr().out


def test_an_end_that_was_cut_off_does_not_go_through_what_was_noted(
    tmp_path: Path, config: str
) -> None:
    head = noted(tmp_path)
    tamper(tmp_path, "DELETE FROM audit WHERE id = 3")
    tamper(tmp_path, "UPDATE sqlite_sequence SET seq = 2 WHERE name = 'audit'")
    assert main(["audit", "verify", "--config", config]) == 0
    assert main(["audit", "verify", head, "--config", config]) == 1


@pytest.mark.parametrize("typed", ["3", "3:abc", "x:" + "0" * 16, "3:" + "g" * 16])
def test_what_is_no_noted_line_is_refused(
    config: str, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    assert main(["audit", "verify", typed, "--config", config]) == 2
    assert one_sentence(capsys.readouterr().err)
