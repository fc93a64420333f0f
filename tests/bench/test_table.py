"""The report's arithmetic."""

import pytest

from tests.bench import table
from tests.bench.contenders import METER, NDPI, PIPELINE, SOFTFLOWD
from tests.bench.race import Run


def took(cpu: float, wall: float = 8.0, peak: float = 50.0) -> Run:
    return Run(cpu=cpu, wall=wall, peak=peak)


def test_a_row_says_rates_seconds_and_memory():
    """Of a million packets in two seconds of processor time, four by the clock."""
    row = table.row("meter alone", took(2.0, 4.0, 56.4), 1_000_000)
    assert row.split() == ["meter", "alone", "500,000", "250,000", "2.00", "4.00", "56"]


@pytest.mark.parametrize(("cpu", "word"), [(1.25, "reached"), (1.26, "missed")])
def test_a_ratio_is_judged_by_processor_time(cpu: float, word: str):
    """Ours needs 1.25 times as long where it is to reach 0.8."""
    (line,) = table.ratios({METER: took(cpu), SOFTFLOWD: took(1.0)})
    assert line.endswith(f"goal 0.8: {word}")
    assert line.split()[4:6] == [f"{1 / cpu:.2f}", "1.00"]


def test_only_pairs_that_ran_are_compared():
    """A peer that is absent leaves no line."""
    lines = list(table.ratios({PIPELINE: took(1.0), NDPI: took(3.0), SOFTFLOWD: took(1.0)}))
    assert [line.split(" / ")[0] for line in lines] == [PIPELINE]


def test_a_pair_without_goal_is_only_shown():
    (line,) = table.ratios({PIPELINE: took(1.0), "tshark": took(2.0)})
    assert "goal" not in line


@pytest.mark.parametrize(("peak", "word"), [(199.0, "reached"), (200.0, "missed")])
def test_the_most_memory_of_ours_is_judged(peak: float, word: str):
    """What peers take does not count."""
    runs = {METER: took(1.0), PIPELINE: took(1.0, peak=peak), NDPI: took(1.0, peak=900.0)}
    (line,) = table.memory(runs)
    assert line.endswith(f"goal below 200: {word}")
    assert list(table.memory({NDPI: took(1.0)})) == []


def test_it_is_said_in_one_line():
    """For the report."""
    took = {"start": 0.2, "file": 0.25, "meter": 0.8, "decode": 0.7, "tell": 0.55}
    assert table.stages(took | {"packets": 1000, "read": 120}) == (
        "vigie replay by stage: start 0.20 s, file 0.25 s, meter 0.80 s, decode 0.70 s, "
        "tell 0.55 s; 120 packets (12%) are read whole"
    )
