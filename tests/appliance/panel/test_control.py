"""The panel at work: disk before relay, faults said, light and buzzer, button and contact."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.model import Level
from appliance.panel.control import JOURNAL, LATCH
from appliance.panel.faults import FAULTS
from appliance.panel.journal import BOX, BUTTON
from appliance.panel.latch import Latch
from appliance.panel.latch_file import load, save
from appliance.panel.light import AMBER, BLUE, OFF, RED
from appliance.panel.notes import QUIET
from appliance.panel.pins import PinError
from appliance.panel.verify import Proof
from appliance.texts import LANGUAGES, say
from tests.kit.front_panel import Bench, NoNetwork, beat, isolated


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "state").mkdir()
    return Bench(tmp_path / "state")


def logged(bench: Bench) -> list[str]:
    return [entry.what for entry in reversed(bench.control.status().log)]


def test_the_latch_is_on_disk_before_the_relay_moves(bench: Bench) -> None:
    bench.isolate()
    bench.run(70)
    bench.reconnect()
    assert bench.pins.moves == bench.pins.disk == [False, True, False]


def test_isolation_survives_a_kill(bench: Bench) -> None:
    """The relay is asserted where it is, and the cut is verified anew."""
    bench.isolate(who="alice")
    bench.restart()
    status = bench.control.status()
    assert (status.state, status.proof, status.who) == ("isolated", Proof.CHECKING, "alice")
    assert bench.pins.moves == [False, True]


def test_a_refused_order_moves_nothing(bench: Bench) -> None:
    bench.isolate()
    assert bench.reconnect(technician=False) == "only_technician"
    assert bench.control.status().state == "isolated"
    assert bench.pins.isolated


def test_a_thousand_toggles_in_a_minute_move_the_relay_at_most_twice(tmp_path: Path) -> None:
    save(tmp_path / LATCH, isolated())
    bench = Bench(tmp_path)
    for _ in range(1000):
        bench.reconnect()
        bench.isolate()
        bench.time.pass_by(0.06)
    assert bench.pins.moves == [True, False, True]
    assert bench.control.status().state == "isolated"


def test_isolating_works_while_the_disk_refuses_and_says_so(bench: Bench) -> None:
    """Nothing can be written: the uplink is cut all the same, joining it again is refused."""
    bench.folder.rename(bench.folder.with_name("gone"))
    assert bench.isolate() == ""
    assert bench.pins.isolated
    assert {"latch_unsaved", "journal_unsaved"} <= set(bench.control.status().faults)
    bench.time.pass_by(100)
    assert bench.reconnect() == "unsaved"
    assert bench.pins.isolated


def test_the_latch_is_written_as_soon_as_the_disk_is_back(bench: Bench) -> None:
    away = bench.folder.with_name("gone")
    bench.folder.rename(away)
    bench.isolate()
    away.rename(bench.folder)
    bench.run(1.1)
    assert load(bench.folder / LATCH).isolated
    assert "latch_unsaved" not in bench.control.status().faults


def test_a_reconnection_that_could_not_be_written_is_no_fault(bench: Bench) -> None:
    """What is on disk is what holds."""
    bench.isolate()
    bench.time.pass_by(100)
    bench.folder.rename(bench.folder.with_name("gone"))
    bench.reconnect()
    assert "latch_unsaved" not in bench.control.status().faults


def test_a_relay_that_does_not_obey_has_failed_and_is_tried_again(bench: Bench) -> None:
    bench.pins.broken = True
    assert bench.isolate() == ""
    assert bench.run(0.1) is Proof.FAILED
    assert bench.control.status().light is Level.ISOLATED_UNPROVEN
    bench.pins.broken = False
    bench.run(1.1)
    assert bench.pins.isolated
    assert bench.control.status().faults == ()


@pytest.mark.parametrize("stuck_at", [True, False])
def test_a_contact_that_contradicts_is_a_fault_within_a_second(
    bench: Bench, stuck_at: bool
) -> None:
    """Welded relay, broken wire: said in either position, and never a proven cut."""
    bench.pins.contact = not stuck_at
    if stuck_at:
        bench.isolate()
        assert bench.run(1) is Proof.FAILED
    bench.pins.contact = True
    if stuck_at:
        bench.run(70)
        bench.reconnect()
    bench.run(1)
    status = bench.control.status()
    assert status.faults == ("contact_stuck",)
    assert status.light is Level.LOOK


def test_a_contact_that_follows_is_no_fault(bench: Bench) -> None:
    """It has a tenth of a second to do so."""
    bench.pins.contact = False
    bench.isolate()
    bench.run(0.1)
    assert bench.control.status().faults == ()
    assert "contact_waiting" in bench.signs()
    bench.pins.contact = True
    bench.run(1)
    assert "contact_moved" in bench.signs()


def test_holding_the_button_isolates(bench: Bench) -> None:
    bench.run(1)
    bench.pins.button = True
    bench.run(1.9)
    assert bench.control.status().state == "connected"
    bench.run(0.2)
    status = bench.control.status()
    assert (status.state, status.who) == ("isolated", BUTTON)


def test_a_stuck_button_is_a_fault_until_released(bench: Bench) -> None:
    bench.pins.button = True
    bench.run(31)
    assert bench.control.status().faults == ("button_stuck",)
    assert bench.control.status().state == "connected"  # down since power-on: nobody pressed
    bench.pins.button = False
    bench.run(0.1)
    assert bench.control.status().faults == ()


def test_pins_that_fail_do_not_stop_the_panel(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> bool:
        raise PinError("the wire is off")

    monkeypatch.setattr(bench.pins, "pressed", fails)
    bench.run(1)
    assert bench.control.status().faults == ("pins_failed",)
    bench.isolate()
    assert bench.pins.isolated


def test_the_light_follows(bench: Bench) -> None:
    bench.beating = beat(Level.LOOK)
    bench.run(0.5)
    assert bench.pins.colour == AMBER
    bench.beating = None
    bench.run(11)
    assert bench.control.status().light is Level.BLIND
    bench.isolate()
    bench.run(0.1)
    assert bench.pins.colour in (BLUE, RED)


def test_everything_ordered_is_in_the_journal(bench: Bench) -> None:
    bench.isolate(who="alice")
    bench.run(12)
    bench.reconnect(technician=False)
    bench.run(60)
    bench.reconnect(who="tech")
    assert logged(bench) == [
        "started", "isolated", "not_proven", "refused_only_technician", "reconnected",
    ]  # fmt: skip
    whos = [entry.who for entry in reversed(bench.control.status().log)]
    assert whos == [BOX, "alice", BOX, "tech", "tech"]


def test_repeats_are_counted_not_written_one_by_one(bench: Bench) -> None:
    """Ten thousand orders must not wear out the disk, nor push the first one out."""
    for _ in range(10_000):
        bench.isolate()
    assert logged(bench) == ["started", "isolated", "isolated_again"]
    bench.time.pass_by(QUIET)
    bench.isolate()
    assert logged(bench)[3:] == ["unwritten", "isolated_again"]
    assert bench.control.status().log[1].why == "9998"
    assert len((bench.folder / JOURNAL).read_text("utf-8").splitlines()) == 5


def test_a_changed_journal_is_said(bench: Bench) -> None:
    bench.isolate(who="mallory")
    path = bench.folder / JOURNAL
    path.write_text(path.read_text("utf-8").replace("mallory", "alice"), "utf-8")
    bench.restart()
    assert bench.control.status().faults == ("journal_damaged",)


def test_a_latch_in_doubt_is_a_fault_until_somebody_orders_something(tmp_path: Path) -> None:
    save(tmp_path / LATCH, Latch(isolated=True, doubt=True))
    bench = Bench(tmp_path, network=NoNetwork())
    assert bench.control.status().faults == ("latch_damaged",)
    assert bench.control.status().state == "isolated"
    bench.reconnect()
    assert bench.control.status().faults == ()
    assert bench.control.status().state == "connected"


def test_closing_leaves_the_relay_as_it_is(bench: Bench) -> None:
    bench.isolate()
    bench.control.close()
    assert bench.pins.isolated
    assert bench.pins.colour == OFF


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_words(language: str) -> None:
    for fault in FAULTS:
        assert say(language, f"panel.fault.{fault}")


def test_the_journal_says_from_when_to_when_its_times_may_be_wrong(bench: Bench) -> None:
    """Once each: the sensor says it with every heartbeat."""
    for clock_set in (False, False, True, True):
        bench.control.hear(replace(beat(), clock_set=clock_set))
    assert logged(bench) == ["started", "clock_unset", "clock_set"]


def test_a_clock_that_is_right_from_the_start_is_not_worth_a_word(bench: Bench) -> None:
    bench.control.hear(beat())
    assert logged(bench) == ["started"]
