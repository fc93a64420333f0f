"""The relay and the card, and what is tried again."""

from pathlib import Path

import pytest

from appliance.panel.faults import Faults
from appliance.panel.latch_file import load
from appliance.panel.line import Line
from tests.kit.front_panel import TellingPins, isolated


@pytest.fixture
def pins(tmp_path: Path) -> TellingPins:
    return TellingPins(tmp_path)


def test_what_the_card_refuses_is_given_back(tmp_path: Path, pins: TellingPins) -> None:
    line = Line(pins, tmp_path / "away" / "latch.json", Faults())
    assert isinstance(line.save(isolated()), OSError)
    (tmp_path / "away").mkdir()
    assert line.save(isolated()) is None
    assert load(tmp_path / "away" / "latch.json") == isolated()


def test_a_relay_that_does_not_obey_is_tried_once_a_second(
    tmp_path: Path, pins: TellingPins
) -> None:
    faults = Faults()
    line = Line(pins, tmp_path / "latch.json", faults)
    line.save(isolated())
    pins.broken = True
    line.drive(isolated())
    assert (line.relay(), "relay_failed" in faults) == ("relay_failed", True)
    line.tend(isolated(), 10.0)
    pins.broken = False
    line.tend(isolated(), 10.9)
    assert not pins.isolated
    line.tend(isolated(), 11.0)
    assert (pins.isolated, line.relay()) == (True, "relay_driven")


def test_a_relay_rests_while_another_channel_is_tested(tmp_path: Path, pins: TellingPins) -> None:
    line = Line(pins, tmp_path / "latch.json", Faults())
    line.save(isolated())
    line.drive(isolated(), rests=True)
    assert (pins.isolated, line.relay(rests=True)) == (False, "relay_resting")
    line.drive(isolated())
    assert (pins.isolated, line.relay()) == (True, "relay_driven")


def test_a_relay_that_rests_and_fails_is_not_moved_when_it_is_tried_again(
    tmp_path: Path, pins: TellingPins
) -> None:
    faults = Faults()
    line = Line(pins, tmp_path / "latch.json", faults)
    line.save(isolated())
    faults.set("relay_failed", True)
    line.tend(isolated(), 1.0, rests=True)
    assert not pins.isolated
    assert "relay_failed" not in faults


def test_a_latch_that_was_not_written_is_written_as_soon_as_it_can_be(
    tmp_path: Path, pins: TellingPins
) -> None:
    faults = Faults()
    line = Line(pins, tmp_path / "latch.json", faults)
    faults.set("latch_unsaved", True)
    line.tend(isolated(), 1.0)
    assert "latch_unsaved" not in faults
    assert load(tmp_path / "latch.json") == isolated()


def test_of_both_the_card_comes_first(tmp_path: Path, pins: TellingPins) -> None:
    faults = Faults()
    line = Line(pins, tmp_path / "latch.json", faults)
    faults.set("latch_unsaved", True)
    faults.set("relay_failed", True)
    line.tend(isolated(), 1.0)
    assert pins.moves == pins.disk == [True]
