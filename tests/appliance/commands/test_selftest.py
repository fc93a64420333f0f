"""``vigie selftest``, as an installer starts it."""

from pathlib import Path

import pytest

from appliance.cli import main
from appliance.config import Keep
from appliance.detectors import ALL
from appliance.store import Watch
from appliance.texts import say
from tests.kit.sensing import EIGHT
from tests.kit.vigie import WITHOUT_RIGHTS, config_in, one_sentence, vigie


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_installer_reads_every_rule_and_gets_a_page_to_sign(
    tmp_path: Path, language: str
) -> None:
    page = tmp_path / "page.html"
    config = config_in(tmp_path, practice={"language": "fr", "name": "Cabinet des Lilas"})
    words = [] if language == "fr" else ["--lang", language]
    done = vigie("selftest", "--config", config, "--out", page, *words)
    assert (done.returncode, done.stderr) == (0, "")
    seen = f"  {say(language, 'selftest.seen')} "
    rules = [line for line in done.stdout.splitlines() if line.startswith(seen)]
    assert [line.rpartition("[")[2] for line in rules] == [f"{each.about.id}]" for each in ALL]
    assert say(language, "selftest.all_seen", n=len(ALL)) in done.stdout
    assert say(language, "selftest.signature") in page.read_text("utf-8")
    assert "Cabinet des Lilas" in page.read_text("utf-8")


def test_a_limit_beyond_reason_is_said_and_is_an_exit_status_of_one(tmp_path: Path) -> None:
    config = config_in(tmp_path, **{"detectors.port_scan": {"ports": 10_000}})
    done = vigie("selftest", "--config", config)
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if "[port_scan]" in line)
    assert line.startswith("  NOT seen ")
    assert "limit ports is set to 10000 (delivered: 15)" in done.stdout
    assert "Did NOT see their sign: 1." in done.stdout


def test_what_the_box_keeps_is_the_same_afterwards(tmp_path: Path) -> None:
    """Octet by octet; SQLite's own files beside it hold nothing."""
    state = tmp_path / "state"
    Watch(state, Keep(), lambda: EIGHT).close()
    before = {file.name: file.read_bytes() for file in state.iterdir()}
    assert "vigie.db" in before
    assert vigie("selftest", "--config", config_in(tmp_path)).returncode == 0
    after = {file.name: file.read_bytes() for file in state.iterdir()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"vigie.db-wal", "vigie.db-shm"}
    assert not after.get("vigie.db-wal")


def test_who_may_not_read_the_database_is_told_to_ask_as_root(tmp_path: Path) -> None:
    config, state = config_in(tmp_path), tmp_path / "state"
    Watch(state, Keep(), lambda: EIGHT).close()
    (state / "vigie.db").chmod(0)
    done = vigie("selftest", "--config", config, within=WITHOUT_RIGHTS)
    assert done.returncode == 0
    assert say("en", "selftest.no_right") in done.stdout


def test_a_page_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = vigie("selftest", "--config", config_in(tmp_path), "--out", tmp_path / "no/page.html")
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert say("en", "selftest.all_seen", n=len(ALL)) in done.stdout


def test_a_configuration_with_mistakes_is_not_tested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = config_in(tmp_path, web={"lisen": "127.0.0.1:80"})
    assert main(["selftest", "--config", str(file)]) == 2
    assert capsys.readouterr().out == ""
