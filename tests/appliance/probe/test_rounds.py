"""The rounds that the panel wants: begun once, told part by part, ended when nothing is wanted."""

import pytest

from appliance.panel.question import Question, Told
from appliance.panel.signs import SETTLE
from appliance.probe.neighbour import Heard
from appliance.probe.rounds import LOOK_EVERY, STEP, Rounds
from tests.kit.front_panel import GATEWAY, GATEWAY_MAC, PC, PC_MAC, Internet, Neighbours, NoNetwork

LINK_LOCAL = "fe80::1"


def wanted(number: int = 1, *gateways: str) -> Question:
    return Question(number=number, gateways=gateways)


def told(rounds: Rounds, seconds: float = 2.0) -> list[tuple[float, Told]]:
    """Let time pass; give what is told, and when."""
    steps = [step / 100 for step in range(round(seconds * 100))]
    return [(now, one) for now in steps for one in rounds.turn(now)]


def test_the_box_asks_its_own_gateway_and_those_that_the_panel_names() -> None:
    near = Neighbours(there={PC: PC_MAC})
    rounds = Rounds(near)
    rounds.want(wanted(7, GATEWAY, LINK_LOCAL, "192.168.1.254"), 0.0)
    ((when, found),) = told(rounds)
    assert found.number == 7
    assert found.round is not None
    assert found.round.asked == (GATEWAY, LINK_LOCAL, "192.168.1.254")
    assert found.round.controls == (f"{PC} ({PC_MAC})",)
    assert found.round.answered == ()
    assert 0.9 <= when < 1.0


def test_a_gateway_that_answers_by_one_of_its_addresses_is_there() -> None:
    rounds = Rounds(Neighbours(there={PC: PC_MAC, LINK_LOCAL: GATEWAY_MAC}))
    rounds.want(wanted(1, GATEWAY, LINK_LOCAL), 0.0)
    ((when, found),) = told(rounds)
    assert found.round is not None
    assert found.round.answered == (f"{LINK_LOCAL} ({GATEWAY_MAC})",)
    assert when < 0.1


def test_the_gateways_are_told_without_waiting_for_the_internet() -> None:
    rounds = Rounds(Neighbours(there={PC: PC_MAC}, outside=Internet(joined=False)))
    rounds.want(wanted(), 0.0)
    (first, near), (second, far) = told(rounds)
    assert first < second
    assert near.round is not None
    assert near.asked is None
    assert far.round is None
    assert far.asked is not None
    assert near.number == far.number == 1


def test_a_round_is_begun_once() -> None:
    near = Neighbours(outside=Internet())
    rounds = Rounds(near)
    for _ in range(3):
        rounds.want(wanted(), 0.0)
        told(rounds)
    assert near.outside is not None
    assert near.outside.rounds == 1
    assert near.asked.count(GATEWAY) == 1


def test_another_round_takes_the_place_of_one_under_way() -> None:
    near = Neighbours(there={PC: PC_MAC})
    rounds = Rounds(near)
    rounds.want(wanted(1), 0.0)
    assert told(rounds, 0.5) == []
    rounds.want(wanted(2), 0.5)
    assert [one.number for _, one in told(rounds)] == [2]


def test_when_nothing_is_wanted_any_more_nobody_is_asked() -> None:
    near = Neighbours(there={PC: PC_MAC}, outside=Internet(joined=False))
    rounds = Rounds(near)
    rounds.want(wanted(), 0.0)
    told(rounds, 0.1)
    rounds.want(None, 0.1)
    asked = len(near.asked)
    assert told(rounds) == []
    assert len(near.asked) == asked
    assert rounds.wait(0.0) == LOOK_EVERY


def test_who_spoke_before_the_order_is_the_control_after_it() -> None:
    """Heard while nothing was wanted."""
    near = Neighbours(there={PC: PC_MAC}, heard=[])
    rounds = Rounds(near)
    told(rounds, 1)
    near.heard.append(Heard(PC, PC_MAC, answers=False))
    told(rounds, 1)
    rounds.want(wanted(), 0.0)
    ((_, found),) = told(rounds)
    assert found.round is not None
    assert found.round.controls


def test_without_a_network_it_says_that_it_can_ask_nobody() -> None:
    rounds = Rounds(NoNetwork())
    rounds.want(wanted(), 0.0)
    assert told(rounds) == []
    assert rounds.told() == Told(near=False, far=False)


def test_a_round_begins_when_it_is_wanted_and_never_much_later() -> None:
    """Whatever clock that was meant by."""
    for at, begins in ((0.3, 0.3), (-5.0, 0.0), (9e9, SETTLE)):
        near = Neighbours(there={PC: PC_MAC})
        rounds = Rounds(near)
        rounds.want(Question(number=1, at=at), 0.0)
        assert rounds.wait(0.0) == pytest.approx(begins)
        if begins:
            list(rounds.turn(begins - 0.01))
            assert not near.asked
        list(rounds.turn(begins))
        assert near.asked


def test_in_a_round_it_wakes_for_the_next_question() -> None:
    """The three of them are 300 ms apart, not some more for the waiting."""
    rounds = Rounds(Neighbours(there={PC: PC_MAC}))
    rounds.want(wanted(), 0.0)
    list(rounds.turn(0.0))
    assert rounds.wait(0.0) == STEP
    assert 0 < rounds.wait(0.295) < 0.01


def test_a_network_that_comes_up_later_is_taken_up() -> None:
    class Late(Neighbours):
        up = False

        @property
        def medium(self) -> Neighbours:
            return self if self.up else None  # type: ignore[return-value] # not yet

    late = Late(there={PC: PC_MAC})
    rounds = Rounds(late)
    told(rounds, 1)
    assert not rounds.told().near
    late.up = True
    list(rounds.turn(LOOK_EVERY + 1))
    assert rounds.told().near
