"""Evidence is kept when an incident opens, and goes on until it is closed."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from appliance.addresses import Home
from appliance.config import Keep
from appliance.dossier import evidence
from appliance.dossier.evidence import Sources, keep, load, place
from appliance.panel.control import JOURNAL
from appliance.panel.journal import Entry, Journal
from appliance.store import Watch
from tests.kit.incident import Dealt
from tests.kit.panel import FakePanel
from tests.kit.people import NOW, RECEPTION, alert, devices, flows
from tests.kit.story import case, story


def test_alerts_cases_devices_and_conversations_are_kept_as_they_are(dealt: Dealt) -> None:
    found = load(dealt.keep())
    assert {each.id for each in story()} <= {each.id for each in found.alerts}
    assert found.cases == (case(),)
    assert next(each for each in found.devices if each.mac == RECEPTION).evidence
    assert [each.dst for each in found.conversations] == ["93.184.216.34"]
    assert found.traffic[0].outside.octets_out > 0
    assert found.health is not None


def test_only_conversations_of_the_devices_concerned_are_kept(dealt: Dealt) -> None:
    """Not those of the whole practice."""
    assert {each.mac for each in load(dealt.keep()).conversations} == {RECEPTION}


def test_what_was_kept_stays_when_the_box_forgets_it(dealt: Dealt) -> None:
    """Alerts, devices and conversations rotate away; a new database knows none of them."""
    before = load(dealt.keep())
    for file in dealt.state.glob("flows-*.db*"):
        file.unlink()
    for file in dealt.state.glob("vigie.db*"):
        file.rename(file.with_name(f"old-{file.name}"))
    reader = type(dealt.reader)(dealt.state)
    keep(Sources(state=dealt.state, reader=reader), dealt.incident, NOW + 3600)
    after = load(place(dealt.state, dealt.incident))
    assert after.alerts == before.alerts
    assert after.devices == before.devices
    assert after.conversations == before.conversations


def test_what_happens_later_is_added(dealt: Dealt) -> None:
    dealt.keep()
    watch = Watch(dealt.state, Keep(), dealt.clock)
    watch.save_alerts([replace(story()[-1], count=99), alert("late", last_at=NOW + 60)])
    later = [structs.replace(each, at=NOW + 70, first_at=NOW + 65) for each in flows()]
    watch.count_traffic(later, Home().place)
    watch.flush(NOW + 120)
    watch.close()
    dealt.clock.at += 300
    found = load(dealt.keep())
    assert {each.id: each.count for each in found.alerts}["s-ransomware"] == 99
    assert "late" in {each.id for each in found.alerts}
    assert len(found.conversations) == 2


def test_keeping_again_writes_no_conversation_twice(dealt: Dealt) -> None:
    for _ in range(3):
        dealt.keep()
    assert len(load(dealt.keep()).conversations) == 1


def test_conversations_are_bounded_and_what_found_no_room_is_counted(
    dealt: Dealt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "CONVERSATIONS", 0)
    found = load(dealt.keep())
    assert found.conversations == ()
    assert found.kept.left_out == 1


def test_each_kind_is_bounded(dealt: Dealt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "ROOM", dict.fromkeys(evidence.ROOM, 2))
    found = load(dealt.keep())
    assert len(found.alerts) == len(found.devices) == 2


def test_the_devices_concerned_are_kept_first(
    dealt: Dealt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "ROOM", evidence.ROOM | {"devices": 2})
    assert RECEPTION in {each.mac for each in load(dealt.keep()).devices}
    assert len(devices()) > 2


def test_the_panels_journal_is_kept_as_it_is(dealt: Dealt) -> None:
    Journal(dealt.state / JOURNAL).note(Entry(at=NOW, who="accueil", what="isolated", why="x"))
    here = dealt.keep()
    assert (here / JOURNAL).read_bytes() == (dealt.state / JOURNAL).read_bytes()
    assert [each.what for each in load(here).journal] == ["isolated"]


def test_its_journal_is_kept_from_the_directory_of_the_latch(dealt: Dealt, tmp_path: Path) -> None:
    """Where an installed box has it, for whoever may read there."""
    Journal(tmp_path / JOURNAL).note(Entry(at=NOW, who="accueil", what="isolated"))
    sources = Sources(state=dealt.state, reader=dealt.reader, latch=tmp_path)
    assert [each.what for each in load(keep(sources, dealt.incident, NOW)).journal] == ["isolated"]


def test_without_its_journal_what_the_panel_says_is_kept(dealt: Dealt) -> None:
    panel = FakePanel()
    panel.isolate(who="accueil")
    found = load(dealt.keep(panel))
    assert [each.what for each in found.journal] == ["isolated"]
    assert found.kept.panel_said


def test_a_panel_that_is_silent_is_said_to_be(dealt: Dealt) -> None:
    keep(Sources(state=dealt.state, reader=dealt.reader), dealt.incident, NOW)
    assert not load(place(dealt.state, dealt.incident)).kept.panel_said


def test_the_lists_are_kept_by_their_hashes(dealt: Dealt) -> None:
    (dealt.state / "lists").mkdir()
    (dealt.state / "lists" / "index").write_bytes(b"x")
    assert b'"octets": 1' in (dealt.keep() / "lists.json").read_bytes()


def test_anybody_can_check_the_hashes(dealt: Dealt) -> None:
    """With a program that every system has."""
    here = dealt.keep()
    words = ["sha256sum", "--check", "--quiet", "MANIFEST.sha256"]
    assert subprocess.run(words, cwd=here, check=False).returncode == 0


def test_a_torn_last_line_is_passed_over(dealt: Dealt) -> None:
    """A cut of power may come in the middle of a line."""
    here = dealt.keep()
    with (here / "conversations.csv").open("a") as file:
        file.write("1.0,2.0,02:00")
    assert len(load(here).conversations) == 1


def test_an_empty_folder_is_evidence_of_nothing(dealt: Dealt) -> None:
    found = load(place(dealt.state, dealt.incident))
    assert found.alerts == found.conversations == found.journal == ()


def test_an_odd_name_cannot_become_a_formula(dealt: Dealt) -> None:
    """Cells of a sheet are guarded as everywhere."""
    assert evidence._line(["=cmd|' /C calc'!A0"]).startswith(b"'=")


def test_two_that_keep_at_once_do_not_disturb_each_other(dealt: Dealt) -> None:
    """A page, the watch over the incident and the console may all do so."""
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda _: dealt.keep(), range(8)))
    assert len(load(kept[0]).conversations) == 1
    words = ["sha256sum", "--check", "--quiet", "MANIFEST.sha256"]
    assert subprocess.run(words, cwd=kept[0], check=False).returncode == 0
