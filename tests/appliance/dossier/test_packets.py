"""The sensor is asked at once, and once more later; that it does not answer is said."""

from pathlib import Path

import msgspec

from appliance.dossier.evidence import Sources, keep, load
from appliance.dossier.packets import ask
from appliance.model import NO_MAC, Mac
from appliance.packets import AFTER, FIRST, LATER, Asked, Caught, asked, caught_file
from tests.kit.incident import Dealt
from tests.kit.people import NOW, RECEPTION

ALICE, BOB = Mac("02:00:00:00:00:0a"), Mac("02:00:00:00:00:0b")


def answer(here: Path, packets: int = 3) -> None:
    told = Caught(at=101.0, packets=packets, first_at=90.0, last_at=100.5)
    caught_file(here, FIRST).write_bytes(msgspec.json.encode(told))


def test_the_devices_concerned_are_asked_for_once(tmp_path: Path) -> None:
    assert ask(tmp_path, [ALICE], 100.0)
    ask(tmp_path, [ALICE, BOB], 105.0)
    assert asked(tmp_path, FIRST) == Asked(at=100.0, devices=(ALICE,))


def test_an_incident_that_names_no_machine_asks_for_all(tmp_path: Path) -> None:
    """Nor does one that is about a guest, who has no address here."""
    ask(tmp_path, [NO_MAC], 100.0)
    assert asked(tmp_path, FIRST) == Asked(at=100.0)


def test_a_sensor_that_does_not_answer_is_said_not_to(tmp_path: Path) -> None:
    assert ask(tmp_path, [ALICE], 100.0)
    assert not ask(tmp_path, [ALICE], 400.0)
    answer(tmp_path)
    assert ask(tmp_path, [ALICE], 700.0), "it came late, but it came"


def test_ten_minutes_later_what_came_since_is_asked_for_of_all_concerned_by_then(
    tmp_path: Path,
) -> None:
    ask(tmp_path, [ALICE], 100.0)
    answer(tmp_path)
    ask(tmp_path, [ALICE], 99.0 + LATER)
    assert asked(tmp_path, AFTER) is None
    ask(tmp_path, [ALICE, BOB], 100.0 + LATER)
    assert asked(tmp_path, AFTER) == Asked(at=700.0, devices=(ALICE, BOB), after=100.5)


def test_where_there_was_nothing_at_first_all_since_the_opening_is_asked_for(
    tmp_path: Path,
) -> None:
    ask(tmp_path, [], 100.0)
    answer(tmp_path, packets=0)
    ask(tmp_path, [], 100.0 + LATER)
    found = asked(tmp_path, AFTER)
    assert found is not None
    assert found.after == 100.0


def test_what_never_came_is_not_asked_for_twice(tmp_path: Path) -> None:
    ask(tmp_path, [ALICE], 100.0)
    ask(tmp_path, [ALICE], 100.0 + LATER)
    assert asked(tmp_path, AFTER) is None


def test_the_evidence_asks_for_the_devices_of_the_incident(dealt: Dealt) -> None:
    sources = Sources(state=dealt.state, reader=dealt.reader, packets=True)
    here = keep(sources, dealt.incident, NOW)
    found = asked(here, FIRST)
    assert found is not None
    assert RECEPTION in found.devices
    assert load(here).kept.packets_said
    keep(sources, dealt.incident, NOW + 300)
    assert not load(here).kept.packets_said


def test_where_the_technician_did_not_turn_it_on_nothing_is_asked_for(dealt: Dealt) -> None:
    here = dealt.keep()
    assert list(here.glob("packets*")) == []
    assert load(here).kept.packets_said
