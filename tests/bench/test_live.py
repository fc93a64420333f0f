"""The live run: its arithmetic everywhere, a short one where namespaces can be made."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.bench import live, sender
from tests.bench.capture import make
from tests.bench.live import Step
from tests.lab.machines import NEEDS_ROOT


def step(rate: int, lost: int = 0, reached: float = 1.0) -> Step:
    sent = int(rate * reached)
    return Step(asked=rate, sent=sent, seconds=1.0, heard=sent - lost, dropped=lost, cpu=0.5)


def test_the_highest_rate_without_loss_is_said():
    said = live.verdict([step(50_000), step(100_000), step(200_000, lost=1)])
    assert said.startswith("without loss: 100,000 packets a second; the generator reaches 200,000")
    assert said.endswith("missed")


def test_the_goal_is_no_loss_at_the_most_the_generator_reaches():
    """Which may be less than was asked of it."""
    assert live.verdict([step(50_000), step(100_000, reached=0.7)]).endswith("reached")
    assert live.verdict([]).endswith("missed")


def test_a_row_says_what_was_sent_heard_and_lost():
    said = live.row(step(100_000, lost=25))
    assert said.split() == ["100,000"] * 3 + ["99,975", "25", "25", "50%"]


@pytest.mark.parametrize("slow", [1, 10])
def test_packets_are_sent_at_the_rate_asked_in_batches(slow: int):
    """A call that took long is made up for; never more at once than a batch."""
    ticks: Iterator[float] = itertools.count(0.0, 0.001 * slow)
    batches: list[int] = []

    def put(count: int) -> int:
        batches.append(count)
        return count

    sent, passed = sender.pace(10_000, 1.0, put, lambda: next(ticks))
    assert passed == pytest.approx(1.0, abs=0.02)
    assert sent == sum(batches) == pytest.approx(10_000, abs=250)
    assert max(batches) <= sender.BATCH


def test_messages_point_to_the_packets_of_the_capture(tmp_path: Path):
    """Each to its own, without its record's head."""
    file = tmp_path / "small.pcap"
    make(file, 2000, 100)
    data, pieces, messages = sender.prepare(file)
    assert len(messages) == len(pieces) == 2000
    assert (np.diff(messages["pieces"]) == sender.PIECE.itemsize).all()
    first = int(pieces["base"][0]) - data.ctypes.data
    assert first == 24 + 16
    assert (np.diff(pieces["base"]) == pieces["size"][:-1] + 16).all()
    assert sender.MESSAGE.itemsize == 64


def test_a_short_run_loses_nothing_and_leaves_nothing_behind(tmp_path: Path):
    """Two thousand packets a second for half a second, through the real ring."""
    if os.geteuid() != 0:
        pytest.skip(NEEDS_ROOT)
    file = tmp_path / "small.pcap"
    make(file, 2000, 100)
    (found,) = live.ramp(file, rates=(2000,), seconds=0.5)
    assert found.sent > 500
    assert (found.lost, found.dropped) == (0, 0)
    assert not list(Path("/run/netns").glob("vigie-bench-*"))
