"""The count-down that runs, and the hour after it, over restarts and clocks that are set."""

from dataclasses import fields
from pathlib import Path

import pytest

from appliance.config import Automatic as Settings
from appliance.panel.automatic import KEPT, LINGER, LONGEST, Automatic, says_quiet
from appliance.panel.countdown import REST, Announcement, Event
from tests.kit.front_panel import Time

DANGER = Announcement(detector="ransomware", alert="00112233445566aa")
SETTINGS = Settings(detectors=("ransomware",), seconds=30)


class Box:
    """A card, two clocks and a panel's count-down, which can be started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.time = folder, Time()
        self.start()

    def start(self, settings: Settings = SETTINGS) -> None:
        self.automatic = Automatic(self.folder, self.time.clocks(), settings)

    def announce(self) -> str:
        return self.automatic.happens(Event.ANNOUNCE, DANGER).refused


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_it_is_off_by_default(box: Box) -> None:
    box.start(Settings())
    assert box.announce() == "announce_unnamed"
    assert not box.automatic.counting


def test_it_counts_for_as_long_as_is_set(box: Box) -> None:
    assert box.announce() == ""
    box.time.pass_by(29.9)
    assert not box.automatic.is_over()
    box.time.pass_by(0.1)
    assert box.automatic.is_over()


def test_to_set_the_time_of_day_changes_only_what_is_shown(box: Box) -> None:
    box.announce()
    box.time.day += 7200
    shown = box.automatic.shown()
    assert shown is not None
    assert shown.ends_at == pytest.approx(box.time.day + 30)
    assert not box.automatic.is_over()


def test_the_end_that_is_shown_does_not_tremble(box: Box) -> None:
    """Each change would be sent to everybody who watches."""
    box.announce()
    first = box.automatic.shown()
    for _ in range(20):
        box.time.run += 0.05
        box.time.day += 0.0501
        assert box.automatic.shown() == first


def test_more_of_the_same_prolongs_nothing(box: Box) -> None:
    box.announce()
    box.time.pass_by(20)
    assert box.announce() == "announce_counting"
    box.time.pass_by(10)
    assert box.automatic.is_over()


@pytest.mark.parametrize("ends", [Event.STOP, Event.CUT])
def test_no_other_follows_within_an_hour_also_after_a_restart(box: Box, ends: Event) -> None:
    box.announce()
    box.automatic.happens(ends)
    box.time.pass_by(REST - 1)
    assert box.announce() == "announce_resting"
    box.start()
    assert box.announce() == "announce_resting"
    box.time.pass_by(REST)
    assert box.announce() == ""


def test_a_restart_counts_no_further_and_says_so(box: Box) -> None:
    """Nobody could have followed it, or stopped it, in between."""
    assert not box.automatic.broken_off(())
    box.announce()
    box.time.pass_by(10)
    box.start()
    assert not box.automatic.counting
    assert box.automatic.broken_off(())
    box.time.pass_by(30)
    assert not box.automatic.is_over()
    box.start()
    assert not box.automatic.broken_off(())


@pytest.mark.parametrize("shift", [-1e9, -7200.0, -60.0, 60.0])
def test_a_clock_that_is_wrong_after_a_restart_makes_the_hour_no_longer(
    box: Box, shift: float
) -> None:
    """And not over at once, where it went back: a box without a battery starts in the past."""
    box.announce()
    box.automatic.happens(Event.STOP)
    box.time.day += shift
    box.start()
    assert box.announce() == "announce_resting"
    box.time.pass_by(REST + 30)
    assert box.announce() == ""


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b'{"ends_at": "x"}', b'{"ends_at": NaN}'])
def test_a_damaged_file_stands_for_one_that_ended_just_now(box: Box, damage: bytes) -> None:
    (box.folder / KEPT).write_bytes(damage)
    box.start()
    assert box.announce() == "announce_resting"
    box.time.pass_by(REST)
    assert box.announce() == ""


def test_what_cannot_be_written_down_is_not_begun(box: Box) -> None:
    """After a restart nobody would know of it, and another could follow at once."""
    (box.folder / f"{KEPT}.new").mkdir()
    assert box.announce() == "announce_unsaved"
    assert not box.automatic.counting
    (box.folder / f"{KEPT}.new").rmdir()
    assert box.announce() == ""


def quiet(box: Box) -> bool:
    return says_quiet(box.folder, box.time.day)


def test_the_card_says_that_a_count_down_runs_until_it_has_cut(box: Box) -> None:
    assert quiet(box)
    box.announce()
    assert not quiet(box)
    box.time.pass_by(30)
    assert not quiet(box), "it is over, and cuts now"
    box.time.pass_by(LINGER)
    assert quiet(box)


def test_a_clock_put_back_does_not_keep_a_change_waiting_for_hours(box: Box) -> None:
    box.announce()
    box.time.day -= LONGEST + 7200
    assert quiet(box)


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"ends_at": NaN}'])
def test_a_damaged_file_keeps_no_change_waiting(box: Box, damage: bytes) -> None:
    (box.folder / KEPT).write_bytes(damage)
    assert quiet(box)


def test_no_count_down_can_be_set_that_lasts_longer_than_is_waited_for() -> None:
    (seconds,) = (one for one in fields(Settings) if one.name == "seconds")
    assert seconds.metadata["maximum"] <= LONGEST
