"""An order to isolate moves the relay, whatever else has failed; how fast is for the bench."""

import os
from pathlib import Path

import pytest

from tests.bench.isolate import TITLE, measured, report, row, share
from tests.bench.troubles import TROUBLES

NEEDS_ROOT = "a full disk needs one of its own: run it as root"


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_order_moves_the_relay(tmp_path: Path, trouble: str) -> None:
    if trouble == "disk full" and os.geteuid() != 0:
        pytest.skip(NEEDS_ROOT)
    assert len(measured(tmp_path, trouble, 4)) == 4


def test_a_row_says_how_long_most_of_them_took() -> None:
    times = [float(n) for n in range(1, 101)]
    assert (share(times, 0.5), share(times, 0.99)) == (51.0, 100.0)
    said = row("CPU saturated", 100, times)
    assert said.split()[:7] == ["CPU", "saturated", "100", "100", "51.00", "100.00", "100.00"]
    assert said.endswith("missed")
    assert row("web dead", 1, [1.0]).endswith("reached")


def test_the_report_begins_with_its_heading() -> None:
    assert next(report(1)) == TITLE
