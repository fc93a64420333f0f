"""The sequence on the button: three holds in a rhythm, and nothing that happens by accident."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.panel.sequence import TABLE, Move, Sequence, Step, look

LOOK = 0.05
Press = tuple[float, float]
"""Seconds of rest, then seconds of pressing."""


def played(*presses: Press, every: float = LOOK) -> list[float]:
    """Look at a button that is pressed so; give the times at which the sequence is complete."""
    now, found, known = 100.0, [], Sequence()
    for rest, press in [*presses, (1.0, 0.0)]:
        for seconds, pressed in ((rest, False), (press, True)):
            for _ in range(round(seconds / every)):
                now += every
                known, complete = look(known, pressed, now)
                if complete:
                    found.append(now)
    return found


@pytest.mark.parametrize(
    ("step", "move", "then", "complete"),
    [
        (Step.NONE, Move.HELD, Step.ONE, False),
        (Step.ONE, Move.HELD, Step.TWO, False),
        (Step.TWO, Move.HELD, Step.NONE, True),
        (Step.NONE, Move.SPOILT, Step.NONE, False),
        (Step.ONE, Move.SPOILT, Step.NONE, False),
        (Step.TWO, Move.SPOILT, Step.NONE, False),
    ],
)
def test_each_row_of_the_table(step: Step, move: Move, then: Step, complete: bool) -> None:
    assert TABLE[step, move] == (then, complete)


def test_the_table_has_a_row_for_everything() -> None:
    assert set(TABLE) == set(itertools.product(Step, Move))


def test_three_holds_in_the_rhythm_complete_it_when_the_third_is_let_go() -> None:
    (at,) = played((1, 2.5), (2, 2.5), (2, 2.5))
    assert at == pytest.approx(100 + 1 + 2.5 + 2 + 2.5 + 2 + 2.5, abs=0.11)


@pytest.mark.parametrize(
    "presses",
    [
        pytest.param([(1, 2.5), (2, 2.5)], id="two"),
        pytest.param([(1, 1.9), (2, 2.5), (2, 2.5)], id="first too short"),
        pytest.param([(1, 2.5), (2, 1.9), (2, 2.5)], id="second too short"),
        pytest.param([(1, 2.5), (2, 2.5), (2, 1.9)], id="third too short"),
        pytest.param([(1, 2.5), (2, 5.2), (2, 2.5)], id="too long"),
        pytest.param([(1, 2.5), (2, 2.5), (2, 40)], id="stuck"),
        pytest.param([(1, 2.5), (0.8, 2.5), (2, 2.5)], id="pause too short"),
        pytest.param([(1, 2.5), (2, 2.5), (3.3, 2.5)], id="pause too long"),
        pytest.param([(1, 2.5), (1, 0.05), (1, 2.5), (2, 2.5)], id="a tap between"),
        pytest.param([(0, 2.5), (2, 2.5), (2, 2.5)], id="down when the looking began"),
        pytest.param([(0.05, 0.05)] * 400, id="bounce"),
        pytest.param([(1, 2.5), (0.05, 2.5), (0.05, 2.5), (0.05, 2.5)], id="bounce between"),
    ],
)
def test_what_is_out_of_the_rhythm_completes_nothing(presses: list[Press]) -> None:
    assert played(*presses) == []


def test_it_begins_anew_after_what_spoilt_it() -> None:
    assert len(played((1, 2.5), (2, 0.5), (1, 2.5), (2, 2.5), (2, 2.5))) == 1


def test_what_nobody_watched_counts_for_nothing() -> None:
    """Looks a second apart: what the button did between them is not known."""
    assert played((2, 3), (2, 3), (2, 3), every=1.0) == []


@given(st.lists(st.tuples(st.floats(0, 6), st.floats(0, 40)), max_size=12))
def test_only_three_holds_in_a_row_that_each_keep_the_rhythm_complete_it(
    presses: list[Press],
) -> None:
    whole = [
        all(1.9 <= press <= 5.1 for _, press in three)
        and all(0.9 <= rest <= 3.1 for rest, _ in three[1:])
        for three in (presses[n : n + 3] for n in range(len(presses) - 2))
    ]
    assert len(played(*presses)) <= sum(whole)


def test_the_light_answers_while_a_hold_may_end_and_then_blinks_the_count() -> None:
    known, now, lit = Sequence(), 100.0, []
    for seconds, pressed in ((1, False), (3, True), (2, False), (3, True), (2, False)):
        shown = []
        for _ in range(round(seconds / LOOK)):
            now += LOOK
            known, _ = look(known, pressed, now)
            shown.append(known.answers())
        lit.append([(on, len(list(same))) for on, same in itertools.groupby(shown)])
    assert [on for on, _ in lit[1]] == [False, True]  # after two seconds: let go now
    assert [on for on, _ in lit[2]].count(True) == 1
    assert [on for on, _ in lit[4]].count(True) == 2


def test_the_light_answers_no_hold_that_counts_for_nothing() -> None:
    known = Sequence()
    for n in range(200):
        known, _ = look(known, True, 100 + n * LOOK)
        assert not known.answers()
