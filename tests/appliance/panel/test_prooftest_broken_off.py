"""A proof test that is broken off: by a person, a technician, a kill, or the disk."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.panel.control import LATCH
from appliance.panel.latch_file import load
from tests.kit.front_panel import Bench
from tests.kit.trials import bench_in, shown


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A practice at night, in which the relay opens the line to the gateway."""
    return bench_in(tmp_path)


@pytest.mark.parametrize("wait", [0.2, 1.5, 4.0, 7.0])
def test_whoever_isolates_meanwhile_wins_and_it_stays(bench: Bench, wait: float) -> None:
    bench.test()
    bench.run(wait)
    assert bench.isolate() == ""
    assert load(bench.folder / LATCH).test_until is None
    bench.run(90)
    bench.restart()
    bench.run(90)
    assert bench.control.status().state == "isolated"
    assert bench.pins.isolated
    assert not shown(bench).running


def test_a_technician_may_end_it(bench: Bench) -> None:
    bench.test()
    bench.run(1.0)
    assert bench.pins.isolated
    assert bench.reconnect() == ""
    bench.run(5)
    assert (bench.pins.isolated, shown(bench).running) == (False, False)


def test_a_panel_that_is_stopped_in_the_middle_of_it_joins_the_line_first(bench: Bench) -> None:
    """For an upgrade, or for good: a relay that holds by itself would keep the practice cut."""
    bench.test()
    bench.run(1.0)
    bench.control.close()
    assert bench.pins.moves == bench.pins.disk == [False, True, False]


@pytest.mark.parametrize("wait", [0.05, 0.3, 1.0, 3.0, 6.0, 9.0, 14.0, 20.0])
def test_a_panel_killed_in_the_middle_of_it_is_connected_when_it_is_back(
    bench: Bench, wait: float
) -> None:
    """The relay closes only after the disk knew that the test was over."""
    bench.test()
    bench.run(wait)
    bench.restart()
    assert bench.control.status().state == "connected"
    assert not bench.pins.isolated
    assert load(bench.folder / LATCH).test_until is None
    bench.run(60)
    assert not bench.pins.isolated


def test_a_disk_that_refuses_stops_the_test_before_the_cut(bench: Bench) -> None:
    bench.test()
    bench.folder.rename(bench.folder.with_name("gone"))
    bench.run(10)
    assert bench.pins.moves == [False]
    assert not shown(bench).running


def test_a_disk_that_refuses_its_end_does_not_keep_the_practice_cut(bench: Bench) -> None:
    """What it says, that a test is under way, means connected at the next start, too."""
    bench.test()
    while not bench.pins.isolated:
        bench.run(0.2)
    away = bench.folder.with_name("gone")
    bench.folder.rename(away)
    bench.run(20)
    assert not bench.pins.isolated
    assert "latch_unsaved" in bench.control.status().faults
    away.rename(bench.folder)
    bench.restart()
    assert bench.control.status().state == "connected"


def test_a_latch_that_says_test_without_a_test_is_ended(bench: Bench) -> None:
    """Whatever goes wrong inside, nobody is cut for good by a test."""
    bench.test()
    bench.run(1.0)
    bench.control._test._step = None
    bench.run(0.2)
    assert bench.control.status().state == "connected"
    assert bench.control.latch == replace(bench.control.latch, test_until=None)
