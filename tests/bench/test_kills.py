"""A panel that is killed at any moment: no move that the latch did not order."""

from pathlib import Path

from tests.bench.kills import Outcome, killed, row


def test_ten_kills_among_orders_move_nothing_unasked(tmp_path: Path) -> None:
    outcome = killed(tmp_path, 10, seed=7)
    assert outcome.wrong == []
    assert outcome.kills == 10
    assert outcome.moves <= outcome.orders + 1 + outcome.kills


def test_the_row_says_what_came_of_it() -> None:
    said = row(Outcome(kills=3, orders=20, moves=21, wrong=["the relay moved twice to 1 1"]))
    assert said == "3 kills among 20 orders: 21 moves of the relay, 1 wrong"
