"""Count-downs beside the port of a switch: at the end it is shut, and no test mixes with one."""

from pathlib import Path

import pytest

from appliance.config import Automatic
from appliance.panel.second import Second
from tests.kit.front_panel import Bench

COUNTS = Automatic(detectors=("ransomware",), seconds=10)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(tmp_path, automatic=COUNTS)
    made.control.second = Second(fitted=True, steady=made.time.run)
    return made


def test_a_cut_at_the_end_of_a_count_down_shuts_the_port_too(bench: Bench) -> None:
    assert bench.announce() == ""
    bench.run(9.9)
    assert bench.control.status().switch_shut is False
    bench.run(0.2)
    assert bench.pins.isolated
    assert bench.control.status().switch_shut is True


def test_while_the_port_is_tested_no_count_down_begins(bench: Bench) -> None:
    bench.test(confirmed=True, switch=True)
    assert bench.announce() == "test_running"
    while bench.control.latch.test_until is None:
        bench.run(0.05)
    assert bench.announce() == "test_running"


def test_while_a_count_down_runs_the_port_is_not_tested(bench: Bench) -> None:
    bench.announce()
    assert bench.test(confirmed=True, switch=True) == "test_counting"
