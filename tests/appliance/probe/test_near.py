"""Rounds of questions: silence takes three, an answer ends it, the control is asked too."""

import pytest

from appliance.panel.signs import Round
from appliance.probe.near import CONTROLS, REMEMBERED, Near
from appliance.probe.neighbour import Heard
from tests.kit.front_panel import GATEWAY, GATEWAY_MAC, PC, PC_MAC, Neighbours


def round_of(near: Neighbours, probe: Near | None = None) -> tuple[Round, float]:
    """Ask for the gateway; give the finished round and the seconds it took."""
    probe = probe or Near(near)
    probe.begin((GATEWAY,), 0.0)
    for turn in range(100):
        found = probe.poll(turn / 20)
        if found is not None:
            return found, turn / 20
    raise AssertionError("no end")


def test_an_answer_ends_the_round_at_once() -> None:
    found, took = round_of(Neighbours())
    assert found.answered == (f"{GATEWAY} ({GATEWAY_MAC})",)
    assert took < 0.1


def test_silence_takes_three_questions_and_the_control_must_answer() -> None:
    near = Neighbours(there={PC: PC_MAC})
    found, took = round_of(near)
    assert found == Round(asked=(GATEWAY,), controls=(f"{PC} ({PC_MAC})",))
    assert near.asked.count(GATEWAY) == 3
    assert near.asked.count(PC) == 1  # it has answered
    assert 0.9 <= took < 1.1


def test_on_a_machine_that_is_late_the_last_question_still_has_its_time() -> None:
    """And all that came meanwhile is read before anything is called silence."""
    near = Neighbours(there={PC: PC_MAC})
    probe = Near(near)
    probe.begin((GATEWAY,), 0.0)
    for now in (0.0, 0.55, 1.1):
        assert probe.poll(now) is None
    assert near.asked.count(GATEWAY) == 3
    assert probe.poll(1.29) is None
    near.heard.append(Heard(GATEWAY, GATEWAY_MAC, answers=True))
    found = probe.poll(1.4)
    assert found is not None
    assert found.answered


def test_without_another_machine_there_is_no_control() -> None:
    found, _ = round_of(Neighbours(there={}, heard=[]))
    assert found.controls == found.answered == ()


def test_a_machine_that_was_heard_but_does_not_answer_is_no_control() -> None:
    """An old name in a table proves nothing about the cable of today."""
    found, _ = round_of(Neighbours(there={}))
    assert found.controls == ()


def test_the_machines_heard_last_are_the_control() -> None:
    near = Neighbours(
        there={}, heard=[Heard(f"192.168.1.{n}", PC_MAC, answers=False) for n in range(50, 60)]
    )
    round_of(near)
    assert [ip for ip in near.asked if ip != GATEWAY][:CONTROLS] == [
        f"192.168.1.{n}" for n in range(56, 60)
    ]


def test_an_old_answer_is_no_answer() -> None:
    """What arrived before the question does not count."""
    near = Neighbours(there={PC: PC_MAC})
    probe = Near(near)
    near.heard.append(Heard(GATEWAY, GATEWAY_MAC, answers=True))
    found, _ = round_of(near, probe)
    assert found.answered == ()


@pytest.mark.parametrize(("ip", "mac"), [(GATEWAY, GATEWAY_MAC), (PC, PC_MAC)])
def test_a_question_shows_that_a_gateway_lives_but_is_no_control(ip: str, mac: str) -> None:
    """A gateway that speaks is there; another machine must show that it hears us."""
    near = Neighbours(there={})
    probe = Near(near)
    probe.begin((GATEWAY,), 0.0)
    near.heard = [Heard(ip, mac, answers=False)]
    found = next(one for turn in range(100) if (one := probe.poll(turn / 20)))
    assert found.answered == ((f"{GATEWAY} ({GATEWAY_MAC})",) if ip == GATEWAY else ())
    assert found.controls == ()


def test_an_answer_in_the_gateways_name_counts() -> None:
    """Whoever gave it: it only casts doubt."""
    near = Neighbours(there={PC: PC_MAC, GATEWAY: "02:00:00:00:00:66"})
    found, _ = round_of(near)
    assert found.answered == (f"{GATEWAY} (02:00:00:00:00:66)",)


@pytest.mark.parametrize("trouble", [{"works": False}, {"flooded": True}])
def test_a_round_in_which_something_was_lost_is_not_sound(trouble: dict[str, bool]) -> None:
    found, _ = round_of(Neighbours(there={PC: PC_MAC}, **trouble))  # type: ignore[arg-type] # both bool
    assert not found.sound


def test_only_so_many_machines_are_remembered() -> None:
    near = Neighbours()
    probe = Near(near)
    near.heard = [Heard(f"10.0.{n // 250}.{n % 250}", PC_MAC, answers=False) for n in range(5000)]
    probe.poll(0.0)
    assert len(probe._near) == REMEMBERED
