"""What the panel noted is kept with an incident, however little of it the panel still shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.dossier import noted
from appliance.panel.control import JOURNAL
from appliance.panel.journal import Entry, Journal
from appliance.panel.status import PanelStatus
from tests.kit.panel import FakePanel
from tests.kit.people import NOW


def entry(number: int, what: str = "proven") -> Entry:
    return Entry(at=NOW + number, who="@box", what=what)


def status(*entries: Entry) -> PanelStatus:
    """Give what the panel says; it has the newest first."""
    return replace(FakePanel().status(), log=tuple(reversed(entries)))


def test_what_the_panel_no_longer_shows_stays_kept(tmp_path: Path) -> None:
    """It shows fifty entries; an incident of weeks has more."""
    every = [entry(number) for number in range(90)]
    assert noted.keep(tmp_path, tmp_path, status(*every[:50]))
    assert noted.keep(tmp_path, tmp_path, status(*every[40:]))
    assert noted.load(tmp_path) == tuple(every)


def test_the_newest_are_kept_where_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noted, "MOST", 3)
    noted.keep(tmp_path, tmp_path, status(entry(1), entry(2)))
    noted.keep(tmp_path, tmp_path, status(entry(3), entry(4)))
    assert noted.load(tmp_path) == (entry(2), entry(3), entry(4))


def test_its_own_sealed_files_are_kept_from_where_they_are(tmp_path: Path) -> None:
    """And told once, though the panel says the same."""
    latch, here = tmp_path / "latch", tmp_path / "here"
    latch.mkdir()
    here.mkdir()
    Journal(latch / JOURNAL).note(entry(1))
    assert noted.keep(here, latch, status(entry(1), entry(2)))
    assert (here / JOURNAL).read_bytes() == (latch / JOURNAL).read_bytes()
    assert noted.load(here) == (entry(1), entry(2))


def test_a_panel_that_is_silent_leaves_what_was_kept(tmp_path: Path) -> None:
    noted.keep(tmp_path, tmp_path, status(entry(1)))
    assert not noted.keep(tmp_path, tmp_path, None)
    assert noted.load(tmp_path) == (entry(1),)
