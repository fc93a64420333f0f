"""The panel counts down, and cuts by itself: what stops it, what shows it, and what is written."""

from pathlib import Path

import pytest

from appliance.config import Automatic
from appliance.model import Level
from appliance.panel.automatic import KEPT
from appliance.panel.countdown import REST
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON
from appliance.panel.light import BLUE, OFF, RED
from appliance.panel.shouting import BUZZ
from tests.kit.front_panel import Bench, beat

ON = Automatic(detectors=("ransomware", "known_bad"), seconds=60)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "state").mkdir()
    made = Bench(tmp_path / "state", automatic=ON)
    made.run(1)
    return made


def logged(bench: Bench) -> list[tuple[str, str, str]]:
    log = bench.control.status().log
    return [(entry.what, entry.who, entry.why) for entry in reversed(log)][1:]


def press(bench: Bench, seconds: float) -> None:
    bench.pins.button = True
    bench.run(seconds)
    bench.pins.button = False
    bench.run(0.1)


def test_at_its_end_it_cuts_and_the_card_knew_first(bench: Bench) -> None:
    assert bench.announce() == ""
    bench.run(59.9)
    assert not bench.pins.isolated
    bench.run(0.2)
    assert bench.pins.isolated
    assert bench.pins.moves == bench.pins.disk == [False, True]
    status = bench.control.status()
    assert (status.who, status.why, status.count_down) == (AUTOMATIC, "ransomware", None)
    assert logged(bench)[:2] == [
        ("announced", AUTOMATIC, "ransomware"),
        ("isolated", AUTOMATIC, "ransomware"),
    ]


def test_it_is_off_by_default(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    assert bench.announce() == "announce_unnamed"
    bench.run(70)
    assert not bench.pins.isolated


def test_whoever_stops_it_is_written_down_and_nothing_is_cut(bench: Bench) -> None:
    bench.announce()
    bench.run(59)
    assert bench.control.stop("camille") == ""
    bench.run(70)
    assert not bench.pins.isolated
    assert logged(bench) == [
        ("announced", AUTOMATIC, "ransomware"),
        ("stopped", "camille", "ransomware"),
    ]
    assert bench.control.stop("camille") == "nothing_to_stop"


def test_a_stop_that_comes_before_the_relay_moved_wins(bench: Bench) -> None:
    """Its time is over, and the panel has not had its turn yet."""
    bench.announce()
    bench.time.pass_by(61)
    assert bench.control.stop("camille") == ""
    bench.run(5)
    assert not bench.pins.isolated


def test_a_short_press_stops_it(bench: Bench) -> None:
    bench.announce()
    bench.run(5)
    press(bench, 0.4)
    bench.run(70)
    assert not bench.pins.isolated
    assert logged(bench)[-1] == ("stopped", BUTTON, "ransomware")


def test_a_hold_cuts_at_once(bench: Bench) -> None:
    bench.announce()
    bench.run(5)
    press(bench, 2.2)
    status = bench.control.status()
    assert (status.state, status.who, status.count_down) == ("isolated", BUTTON, None)


def test_a_hold_that_was_let_go_too_early_stops_nothing(bench: Bench) -> None:
    bench.announce()
    press(bench, 1.6)
    assert bench.control.status().count_down is not None
    bench.run(60)
    assert bench.pins.isolated


def test_a_persons_order_cuts_at_once_and_ends_it(bench: Bench) -> None:
    bench.announce()
    bench.isolate("alice")
    status = bench.control.status()
    assert (status.state, status.who, status.count_down) == ("isolated", "alice", None)
    bench.run(70)
    assert bench.reconnect() == ""
    bench.run(70)
    assert not bench.pins.isolated


def test_to_reconnect_is_no_stop(bench: Bench) -> None:
    """The line is joined: whoever means the count-down says so."""
    bench.announce()
    bench.reconnect()
    bench.run(61)
    assert bench.pins.isolated


def test_never_twice_in_an_hour(bench: Bench) -> None:
    bench.announce()
    bench.run(61)
    bench.run(60)
    bench.reconnect()
    bench.run(1)
    assert bench.announce("known_bad") == "announce_resting"
    bench.time.pass_by(REST)
    assert bench.announce("known_bad") == ""


def test_a_line_that_is_cut_in_doubt_or_tested_has_nothing_announced(tmp_path: Path) -> None:
    (tmp_path / "latch.json").write_bytes(b"")
    bench = Bench(tmp_path, automatic=ON)
    assert bench.announce() == "announce_isolated"
    bench.reconnect()
    bench.run(61)
    assert bench.test(confirmed=True) == ""
    assert bench.announce() == "test_running"


def test_nothing_is_tested_while_it_counts(bench: Bench) -> None:
    bench.announce()
    assert bench.test(confirmed=True, force=True) == "test_counting"


def test_a_sensor_that_falls_silent_neither_stops_nor_prolongs_it(bench: Bench) -> None:
    bench.announce()
    bench.beating = None
    bench.run(30)
    assert bench.control.status().light is Level.COUNTING
    bench.run(30.1)
    assert bench.pins.isolated


def test_a_restart_cuts_nothing_and_says_so(bench: Bench) -> None:
    bench.announce()
    bench.run(20)
    bench.restart()
    bench.run(70)
    assert not bench.pins.isolated
    assert ("count_down_broken_off", BOX, "") in logged(bench)
    assert bench.announce() == "announce_resting"


def test_that_nothing_was_cut_is_said_once_however_often_the_panel_restarts(bench: Bench) -> None:
    """Each time would be another message to everybody."""
    bench.announce()
    for _ in range(3):
        bench.run(5)
        bench.restart()
    assert [what for what, _, _ in logged(bench)].count("count_down_broken_off") == 1


@pytest.mark.parametrize("end", ["stopped", "isolated"])
def test_what_people_ended_was_not_broken_off_by_a_restart(bench: Bench, end: str) -> None:
    """Least of all may it be said that nothing was cut, where somebody cut."""
    bench.announce()
    bench.run(5)
    assert bench.control.stop("julie") == "" if end == "stopped" else bench.isolate() == ""
    bench.run(5)
    bench.restart()
    found = [what for what, _, _ in logged(bench)]
    assert end in found
    assert "count_down_broken_off" not in found


def test_the_light_shows_it_in_a_way_of_its_own(bench: Bench) -> None:
    bench.announce()
    seen = set()
    for _ in range(40):
        bench.run(0.05)
        seen.add(bench.pins.colour)
    assert seen == {RED, BLUE, OFF}
    status = bench.control.status()
    assert (status.light, status.light_why) == (Level.COUNTING, "panel.why.counting")


def test_the_status_tells_until_when_and_why(bench: Bench) -> None:
    bench.announce(alert="00112233445566aa")
    shown = bench.control.status().count_down
    assert shown is not None
    assert (shown.detector, shown.alert) == ("ransomware", "00112233445566aa")
    assert shown.ends_at == pytest.approx(bench.time.day + 60)


def test_the_buzzer_sounds_to_the_end_unless_somebody_has_heard_it(bench: Bench) -> None:
    bench.announce()
    bench.run(58)
    assert bench.control.status().buzzing
    bench.control.hush("camille")
    assert not bench.control.status().buzzing
    assert bench.control.status().count_down is not None


def test_whoever_stops_it_has_silence(bench: Bench) -> None:
    """Also of the danger that began it."""
    bench.beating = beat(Level.DANGER, shouts=("0" * 16,))
    bench.run(2)
    bench.announce()
    bench.run(2)
    bench.control.stop("camille")
    bench.run(BUZZ / 10)
    assert not bench.control.status().buzzing
    assert bench.control.status().light is Level.DANGER


def test_a_second_announcement_changes_nothing(bench: Bench) -> None:
    bench.announce()
    bench.run(30)
    assert bench.announce("known_bad") == "announce_counting"
    bench.run(30.1)
    assert bench.control.status().why == "ransomware"


def test_a_card_that_refuses_has_none_begun(bench: Bench) -> None:
    (bench.folder / f"{KEPT}.new").mkdir()
    assert bench.announce() == "announce_unsaved"
    bench.run(70)
    assert not bench.pins.isolated
