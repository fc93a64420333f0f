"""Watching a cut, second by second."""

from pathlib import Path

import pytest

from appliance.panel.question import QUESTIONS
from appliance.panel.verify import Proof
from appliance.probe.neighbour import Heard
from tests.kit.front_panel import (
    GATEWAY,
    GATEWAY_MAC,
    NOON,
    PC,
    PC_MAC,
    Bench,
    Neighbours,
    NoNetwork,
    beat,
    gateway,
)


@pytest.fixture
def cable() -> Neighbours:
    """A practice whose uplink a relay can open: the gateway is gone, a computer is there."""
    return Neighbours(there={PC: PC_MAC})


def until(bench: Bench, proof: Proof, most: float) -> float:
    """Let time pass until *proof* is said; give the seconds that took."""
    start = bench.time.run
    while bench.time.run - start < most:
        if bench.run(0.05) is proof:
            return bench.time.run - start
    raise AssertionError((bench.control.status().proof, bench.signs()))


def test_a_probe_proves_a_cut_in_less_than_two_seconds(tmp_path: Path, cable: Neighbours) -> None:
    bench = Bench(tmp_path, network=cable)
    bench.run(1)
    bench.isolate()
    assert bench.control.status().proof is Proof.CHECKING
    assert until(bench, Proof.PROVEN, 2) < 1.6
    assert "gateway_silent" in bench.signs()


def test_a_box_that_hardly_gets_its_turn_proves_the_cut_all_the_same(
    tmp_path: Path, cable: Neighbours
) -> None:
    """A round that takes longer than the time to the next one is waited for, not begun anew."""
    bench = Bench(tmp_path, network=cable, beating=None)
    bench.run(1)
    bench.isolate()
    for _ in range(12):
        bench.time.pass_by(1.1)
        bench.turn()
    assert bench.control.status().proof is Proof.PROVEN


def test_a_gateway_that_answers_is_said_in_less_than_two_seconds(tmp_path: Path) -> None:
    """The relay is wired wrong: it moved, and the gateway is there."""
    bench = Bench(tmp_path)
    bench.isolate()
    assert until(bench, Proof.NOT_PROVEN, 2) < 1
    assert bench.run(60) is Proof.NOT_PROVEN


def test_without_a_probe_silence_on_the_capture_proves_it_in_ten_seconds(tmp_path: Path) -> None:
    bench = Bench(tmp_path, network=NoNetwork())
    bench.run(1)
    bench.isolate()
    bench.beating = beat(asks_at=NOON + 3)
    assert 7 < until(bench, Proof.PROVEN, 10) < 9.5
    assert {"gateway_unseen", "probe_none"} <= bench.signs()


def test_without_any_evidence_it_is_not_proven_within_ten_seconds(tmp_path: Path) -> None:
    bench = Bench(tmp_path, network=NoNetwork(), beating=None)
    bench.isolate()
    assert until(bench, Proof.NOT_PROVEN, 10) > 9


def test_without_a_control_silence_proves_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path, network=Neighbours(there={}), beating=None)
    bench.isolate()
    assert bench.run(20) is Proof.NOT_PROVEN
    assert "nobody_answers" in bench.signs()


def test_a_frame_seen_later_undoes_the_proof_within_five_seconds(
    tmp_path: Path, cable: Neighbours
) -> None:
    """A second cable is plugged in: also when only the sensor notices."""
    bench = Bench(tmp_path, network=cable)
    bench.isolate()
    bench.run(30)
    bench.beating = beat(gateway_at=bench.time.day)
    assert until(bench, Proof.NOT_PROVEN, 5) < 5


def test_a_gateway_that_comes_back_undoes_the_proof_within_five_seconds(
    tmp_path: Path, cable: Neighbours
) -> None:
    bench = Bench(tmp_path, network=cable, beating=None)
    bench.isolate()
    bench.run(30)
    cable.there[GATEWAY] = GATEWAY_MAC
    assert until(bench, Proof.NOT_PROVEN, 5) < 5


def test_another_gateway_that_appears_undoes_the_proof(tmp_path: Path, cable: Neighbours) -> None:
    """A telephone shares its connection on the LAN: its router was never there before."""
    bench = Bench(tmp_path, network=cable)
    bench.isolate()
    bench.run(30)
    phone = gateway(bench.time.day, mac="02:00:00:00:00:99", ip="192.168.1.99")
    bench.beating = beat(others=[phone])
    assert until(bench, Proof.NOT_PROVEN, 5) < 5


def test_made_up_frames_cannot_prove_a_cut(tmp_path: Path) -> None:
    """The gateway is there; somebody floods questions and answers in other names."""
    near = Neighbours()
    bench = Bench(tmp_path, network=near)
    bench.isolate()
    for second in range(120):
        near.heard += [Heard(f"192.168.1.{n}", PC_MAC, answers=True) for n in range(30, 60)]
        bench.beating = beat(gateway_at=bench.time.day - 1, asks_at=bench.time.day - 1)
        assert bench.run(1) is (Proof.CHECKING if second < 1 else Proof.NOT_PROVEN) or second < 2


def test_one_made_up_frame_only_casts_doubt_for_a_while(tmp_path: Path, cable: Neighbours) -> None:
    bench = Bench(tmp_path, network=cable)
    bench.isolate()
    bench.run(30)
    bench.beating = beat(gateway_at=bench.time.day)
    assert bench.run(29) is Proof.NOT_PROVEN
    assert bench.run(5) is Proof.PROVEN


def test_missing_signs_do_not_undo_a_proof_at_once(tmp_path: Path, cable: Neighbours) -> None:
    """The last computer is switched off: a minute later nobody claims to know any more."""
    bench = Bench(tmp_path, network=cable, beating=None)
    bench.isolate()
    bench.run(30)
    cable.there.clear()
    assert bench.run(55) is Proof.PROVEN
    assert bench.run(15) is Proof.NOT_PROVEN


def test_a_sensor_that_dies_is_no_sign(tmp_path: Path) -> None:
    bench = Bench(tmp_path, network=NoNetwork())
    bench.isolate()
    bench.beating = beat(asks_at=NOON + 3)
    assert bench.run(20) is Proof.PROVEN
    bench.beating = None
    bench.run(6)
    assert "sensor_silent" in bench.signs()


@pytest.mark.parametrize("step", [-7200.0, 7200.0])
def test_setting_the_clock_starts_the_watch_anew(
    tmp_path: Path, cable: Neighbours, step: float
) -> None:
    """Else frames with the new time would seem to come from before the cut."""
    bench = Bench(tmp_path, network=cable)
    bench.isolate()
    bench.run(30)
    bench.time.day += step
    assert bench.run(0.05) is Proof.CHECKING
    assert bench.run(4) is Proof.PROVEN
    bench.beating = beat(gateway_at=bench.time.day + 2)
    assert bench.run(4) is Proof.NOT_PROVEN


def test_a_network_that_comes_up_later_is_used(tmp_path: Path, cable: Neighbours) -> None:
    """The panel starts before the network."""

    class Late:
        medium: Neighbours | None = None
        outside = None
        gateway = ""

        def close(self) -> None: ...

        def look(self) -> None:
            if bench.time.run > 1030:
                self.medium, self.gateway = cable, GATEWAY

    bench = Bench(tmp_path, beating=None)
    bench.network = Late()  # type: ignore[assignment] # a third kind of network
    bench.isolate()
    bench.restart()
    assert bench.run(25) is Proof.NOT_PROVEN
    cable.heard.append(Heard(PC, PC_MAC, answers=False))
    assert bench.run(25) is Proof.PROVEN


def test_only_so_many_gateways_are_asked(tmp_path: Path, cable: Neighbours) -> None:
    many = [gateway(NOON, ip=f"10.0.0.{n}") for n in range(1, 16)]
    bench = Bench(tmp_path, network=cable, beating=beat(others=many))
    bench.run(1)
    bench.isolate()
    bench.run(0.7)
    assert len(set(cable.asked) - {PC}) == QUESTIONS


def test_nothing_is_asked_while_connected(tmp_path: Path, cable: Neighbours) -> None:
    bench = Bench(tmp_path, network=cable)
    bench.run(20)
    assert cable.asked == []
