"""Having somebody asked: what is told counts only for the round that is wanted, by our clock."""

from pathlib import Path

import pytest

from appliance.panel.asking import FRESH, LATE, SOONEST, Asking
from appliance.panel.question import QUESTIONS, Question, Told
from appliance.panel.signs import Asked, Round
from appliance.panel.verify import Proof
from tests.kit.front_panel import GATEWAY, PC, Bench, Neighbours, beat

SILENCE = Round(asked=(GATEWAY,), controls=(PC,))
UNANSWERED = Asked(sent=("9.9.9.9 icmp",))
BEGAN = 100.0


@pytest.fixture
def asking() -> Asking:
    """A round is wanted, and somebody is there to ask."""
    made = Asking()
    made.poll(BEGAN)
    made.hear(Told(near=True, far=True), BEGAN)
    made.begin((GATEWAY,), BEGAN)
    return made


def wanted(asking: Asking) -> Question:
    assert asking.question is not None
    return asking.question


def tell(asking: Asking, number: int, after: float = 1.0, found: Round = SILENCE) -> Round | None:
    """Tell of a round some seconds after it was wanted; give what is made of it."""
    asking.hear(Told(near=True, far=True, number=number, round=found), BEGAN + after)
    return asking.poll(BEGAN + after)[0]


def test_what_was_found_is_given_once(asking: Asking) -> None:
    assert tell(asking, wanted(asking).number) == SILENCE
    assert asking.poll(BEGAN + 1.1) == (None, None)


def test_both_parts_of_a_round_may_come_apart_and_then_it_is_over(asking: Asking) -> None:
    number = wanted(asking).number
    assert tell(asking, number) == SILENCE
    assert asking.busy
    asking.hear(Told(near=True, far=True, number=number, asked=UNANSWERED), BEGAN + 1.5)
    assert asking.poll(BEGAN + 1.5) == (None, UNANSWERED)
    assert not asking.poll(BEGAN + 1.5)[0]
    assert not asking.busy


def test_a_round_that_is_not_the_one_wanted_shows_nothing(asking: Asking) -> None:
    """It began before the order: its silence is none after it."""
    before = wanted(asking).number
    asking.drop()
    assert tell(asking, before) is None
    asking.begin((GATEWAY,), BEGAN + 1)
    assert wanted(asking).number != before
    assert tell(asking, before, 2.0) is None
    assert tell(asking, wanted(asking).number, 2.5) == SILENCE


def test_another_panels_round_has_another_number() -> None:
    numbers = set()
    for _ in range(100):
        asking = Asking()
        asking.begin((GATEWAY,), BEGAN)
        numbers.add(wanted(asking).number)
    assert len(numbers) == 100


def test_a_part_is_told_once(asking: Asking) -> None:
    """Who says something else afterwards is too late."""
    number = wanted(asking).number
    assert tell(asking, number, found=Round(asked=(GATEWAY,), answered=(GATEWAY,)))
    assert tell(asking, number) is None


def test_silence_that_nobody_can_have_waited_for_is_not_sound(asking: Asking) -> None:
    found = tell(asking, wanted(asking).number, SOONEST - 0.05)
    assert found is not None
    assert not found.sound


def test_an_answer_may_come_at_once(asking: Asking) -> None:
    there = Round(asked=(GATEWAY,), answered=(f"{GATEWAY} (02:00:00:00:00:01)",))
    assert tell(asking, wanted(asking).number, 0.01, there) == there


def test_silence_of_somebody_else_is_not_sound(asking: Asking) -> None:
    """Whom the panel named was not asked."""
    found = tell(asking, wanted(asking).number, found=Round(asked=(PC,), controls=(PC,)))
    assert found is not None
    assert not found.sound


def test_what_comes_late_shows_nothing(asking: Asking) -> None:
    number = wanted(asking).number
    asking.poll(BEGAN + LATE + 0.1)
    assert not asking.busy
    assert tell(asking, number, LATE + 0.2) is None


def test_only_so_many_are_asked(asking: Asking) -> None:
    asking.begin(tuple(f"10.0.0.{n}" for n in range(99)), BEGAN)
    assert len(wanted(asking).gateways) == QUESTIONS


def test_who_says_nothing_is_unheard_after_a_while_also_from_the_start() -> None:
    asking = Asking()
    asking.poll(BEGAN)
    assert not asking.unheard(BEGAN + FRESH - 1)
    assert asking.unheard(BEGAN + FRESH + 1)
    asking.hear(Told(near=True, far=False), BEGAN + 30)
    assert not asking.unheard(BEGAN + 31)


@pytest.mark.parametrize("heard", [True, False])
def test_who_is_dead_or_hangs_proves_nothing_and_hinders_nothing(
    tmp_path: Path, heard: bool
) -> None:
    """The sensor sees no frame either way: the order is carried out, and never called proven."""
    bench = Bench(tmp_path, network=Neighbours(there={}), beating=beat(gateway_at=None))
    bench.asks = heard
    bench.run(30)
    bench.asks = False
    bench.isolate()
    assert bench.pins.isolated
    seen = {bench.run(0.5) for _ in range(120)}
    assert Proof.PROVEN not in seen
    assert bench.control.status().proof is Proof.NOT_PROVEN
    assert {"probe_unheard", "internet_unheard"} <= bench.signs()


def test_what_was_found_before_the_order_is_no_silence_after_it(tmp_path: Path) -> None:
    """A round of before, told again and again, under every number that was wanted by then."""
    bench = Bench(tmp_path, network=Neighbours(), beating=None)
    bench.asks = False
    bench.control.asking.begin((GATEWAY,), bench.time.run)
    old = wanted(bench.control.asking).number
    bench.isolate()
    for _ in range(400):
        told = Told(near=True, far=True, number=old, round=SILENCE, asked=UNANSWERED)
        bench.control.asking.hear(told, bench.time.run)
        assert bench.run(0.05) is not Proof.PROVEN
