"""``vigie status``: what the light says, for people and for programs."""

import json
from pathlib import Path

import pytest

from appliance.cli import main
from appliance.panel.status import from_json
from appliance.store.outbox import Item, Outbox
from appliance.texts import say
from tests.kit.front_panel import beat
from tests.kit.panel_here import panel_here
from tests.kit.vigie import config_in


def test_people_read_how_the_practice_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """First as the light says it, then how the uplink is; no line comes twice."""
    config = ["--config", str(config_in(tmp_path))]
    with panel_here(tmp_path, pace=1) as here:
        here.client.heartbeat(beat())
        assert main(["status", *config]) == 0
        lines = capsys.readouterr().out.splitlines()
        titles = ("panel.level.well.title", "panel.proof.none.title")
        assert lines[:2] == [say("en", title) for title in titles]
        assert len(set(lines)) == len(lines)


def test_a_cut_that_is_not_proven_yet_is_an_exit_status_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with panel_here(tmp_path, pace=1) as here:
        here.client.isolate()
        assert main(["status", "--config", str(config_in(tmp_path))]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert len(set(lines)) == len(lines)


def test_programs_read_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with panel_here(tmp_path, pace=1) as here:
        assert main(["status", "--json", "--config", str(config_in(tmp_path))]) == 0
        assert from_json(json.loads(capsys.readouterr().out)) == here.client.status()


def test_without_a_panel_it_fails_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--config", str(config_in(tmp_path))]) == 1
    assert "cannot be reached" in capsys.readouterr().err


def queue(folder: Path, *severities: int) -> Outbox:
    outbox = Outbox(folder / "state", lambda: 0.0)
    common = {"way": "office", "who": "", "kind": "alert", "alert": "a", "created": 0.0, "due": 0.0}
    outbox.put(
        Item(id=str(number), severity=severity, **common)  # type: ignore[arg-type] # by name
        for number, severity in enumerate(severities)
    )
    return outbox


def test_people_read_what_waits_to_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And why, and what was refused."""
    outbox = queue(tmp_path, 2, 2, 2)
    first = outbox.next("office")
    assert first
    outbox.refused(first, "550")
    second = outbox.next("office")
    assert second
    outbox.failed(second, 5.0, "Connection refused")
    outbox.close()
    config = ["--config", str(config_in(tmp_path))]
    with panel_here(tmp_path) as here:
        main(["status", *config])
        lines = capsys.readouterr().out.splitlines()
        assert lines[-3].startswith(say("en", "outputs.wait", n=2, at="").removesuffix(" ."))
        assert lines[-2:] == [
            say("en", "outputs.refused", n=1),
            "  office: Connection refused",
        ]
        here.client.isolate()
        main(["status", *config])
        assert say("en", "outputs.wait_isolated", n=2) in capsys.readouterr().out


def test_a_queue_that_cannot_be_read_is_said_and_hides_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/outbox.db").write_bytes(b"garbage" * 1000)
    with panel_here(tmp_path):
        main(["status", "--config", str(config_in(tmp_path))])
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == say("en", "health.database_set_aside")
    assert len(lines) > 1
