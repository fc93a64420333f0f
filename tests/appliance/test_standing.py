"""What is set on the pages counts from the next look; a part that goes by it begins again."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import standing
from appliance.config_file import load
from appliance.settings import save
from appliance.standing import Standing, ended_by_changes
from tests.kit.vigie import config_in, started


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = config_in(tmp_path, practice={})
    (tmp_path / "state").mkdir()
    return path


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Give an event that SIGTERM sets, instead of ending the tests."""
    event = threading.Event()
    monkeypatch.setattr(standing, "LOOK", 0.01)
    before = signal.signal(signal.SIGTERM, lambda *_: event.set())
    yield event
    signal.signal(signal.SIGTERM, before)


def set_on_pages(file: Path, **tables: dict[str, object]) -> None:
    save(file.parent / "state/settings.json", tables)


def test_what_was_set_stands_at_the_next_look(file: Path) -> None:
    stands = Standing(file, load(file))
    assert stands.look().practice.name == ""
    set_on_pages(file, practice={"name": "Cabinet"})
    assert stands.look().practice.name == "Cabinet"
    (file.parent / "state/settings.json").unlink()
    assert stands.look().practice.name == ""


def test_where_the_installers_file_is_broken_meanwhile_what_stood_stands(file: Path) -> None:
    stands = Standing(file, load(file))
    set_on_pages(file, practice={"name": "Cabinet"})
    assert stands.look().practice.name == "Cabinet"
    file.write_text("[", "utf-8")
    set_on_pages(file, practice={"name": "Other"})
    assert stands.look().practice.name == "Cabinet"


def test_a_part_is_ended_when_what_it_goes_by_changes(file: Path, told: threading.Event) -> None:
    with ended_by_changes(file, load(file), ("keep",)) as changed:
        set_on_pages(file, keep={"flow_days": 7})
        assert told.wait(30)
    assert changed.is_set()


def test_a_part_goes_on_when_something_else_changes(file: Path, told: threading.Event) -> None:
    looks = threading.Semaphore(0)

    def may_end() -> bool:
        looks.release()
        return True

    with ended_by_changes(file, load(file), ("keep",), may_end) as changed:
        set_on_pages(file, practice={"name": "Cabinet"})
        assert not looks.acquire(timeout=0.2)
    assert not changed.is_set()
    assert not told.is_set()


def test_a_part_that_may_not_end_now_ends_when_it_may(file: Path, told: threading.Event) -> None:
    """The panel takes up nothing while a cut stands."""
    answers = iter([False, False, True])
    with ended_by_changes(file, load(file), ("panel",), lambda: next(answers)) as changed:
        set_on_pages(file, panel={"cut": "wan"})
        assert told.wait(30)
    assert changed.is_set()
    assert next(answers, None) is None


def test_a_process_begins_again_under_its_own_number(file: Path) -> None:
    """Systemd sees no end of it, and nobody needs the right to start it."""
    with started("outputs", "--config", file) as outputs:
        assert outputs.stdout is not None
        first = outputs.stdout.readline()
        set_on_pages(file, practice={"language": "en"})
        second = outputs.stdout.readline()
        assert outputs.poll() is None
    assert first.startswith("Personne n'est à prévenir")
    assert second.startswith("There is nobody to tell")
