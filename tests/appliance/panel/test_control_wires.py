"""The panel at work: wires that fail in every way, and the sequence on the button."""

from pathlib import Path

import pytest

from appliance.model import Level
from appliance.panel.control import LATCH
from appliance.panel.journal import ON_SITE
from appliance.panel.latch_file import save
from appliance.panel.light import AMBER, BLUE, OFF, RED, WHITE
from appliance.panel.pins import PinError, SimulatedPins
from appliance.panel.verify import Proof
from tests.kit.front_panel import Bench, TellingPins, isolated


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def hold(bench: Bench, times: int = 1) -> None:
    """Hold the button for two seconds and a half, with two seconds between."""
    for _ in range(times):
        bench.run(2)
        bench.pins.button = True
        bench.run(2.5)
        bench.pins.button = False
    bench.run(0.1)


def test_the_sequence_on_the_button_reconnects_where_it_is_allowed(tmp_path: Path) -> None:
    save(tmp_path / LATCH, isolated())
    bench = Bench(tmp_path, reconnect_by_button=True)
    bench.run(61)
    hold(bench, 3)
    status = bench.control.status()
    assert (status.state, status.who) == ("connected", ON_SITE)
    assert status.log[0].what == "reconnected"
    hold(bench, 1)
    hold(bench, 3)
    assert bench.control.status().state == "isolated"  # a minute has not passed


def test_it_does_not_where_it_is_not(tmp_path: Path) -> None:
    save(tmp_path / LATCH, isolated())
    bench = Bench(tmp_path)
    bench.run(61)
    hold(bench, 3)
    assert bench.control.status().state == "isolated"


def test_an_order_to_isolate_from_elsewhere_ends_the_sequence(tmp_path: Path) -> None:
    save(tmp_path / LATCH, isolated())
    bench = Bench(tmp_path, reconnect_by_button=True)
    bench.run(61)
    hold(bench, 2)
    bench.isolate(who="alice")
    hold(bench, 1)
    assert bench.control.status().state == "isolated"


def test_the_light_answers_the_holds_of_the_sequence(tmp_path: Path) -> None:
    save(tmp_path / LATCH, isolated())
    bench = Bench(tmp_path, reconnect_by_button=True)
    bench.run(61)
    bench.pins.button = True
    bench.run(1.5)
    assert bench.pins.colour != WHITE
    bench.run(1)
    assert bench.pins.colour == WHITE
    bench.pins.button = False
    bench.run(0.1)
    assert bench.pins.colour != WHITE


def test_torn_contacts_are_a_fault_of_their_own(bench: Bench) -> None:
    """And no proof, neither for nor against the cut."""
    bench.pins.follows = bench.pins.torn = True
    bench.isolate()
    bench.run(1)
    assert bench.control.status().faults == ("contact_torn",)
    assert "contact_torn" in bench.signs()


def test_a_relay_of_several_that_does_not_obey_is_a_fault_and_no_cut(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def partly(isolated: bool) -> None:
        raise PinError("the pin of more_relays does not follow", partly=True)

    monkeypatch.setattr(bench.pins, "drive", partly)
    bench.isolate()
    assert bench.run(0.1) is Proof.FAILED
    status = bench.control.status()
    assert (status.faults, status.remarks) == (
        ("relay_partial",),
        ("the pin of more_relays does not follow",),
    )


def test_a_pulse_that_cannot_be_ended_is_a_fault_of_the_relay(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise PinError("the pin of relay does not follow")

    monkeypatch.setattr(bench.pins, "tend", fails)
    bench.run(0.1)
    assert bench.control.status().faults == ("relay_failed",)


def test_a_busy_relay_is_said_with_its_reason_and_the_light_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: SimulatedPins, isolated: bool) -> None:
        raise PinError("[panel] relay = 17 cannot be used: GPIO busy", "pins_busy")

    with monkeypatch.context() as patch:
        patch.setattr(TellingPins, "drive", busy)
        bench = Bench(tmp_path)
        bench.run(1.1)
        status = bench.control.status()
        assert status.faults == ("relay_failed", "pins_busy")
        assert status.light is Level.LOOK
        assert bench.pins.colour in (AMBER, OFF)
    bench.run(1.1)
    assert bench.control.status().faults == ()


def test_a_button_that_cannot_be_read_does_not_put_out_the_light(bench: Bench) -> None:
    bench.pins.deaf = True
    bench.run(0.1)
    assert bench.control.status().faults == ("pins_failed",)
    assert bench.pins.colour in (AMBER, OFF)
    bench.isolate()
    bench.run(0.1)
    assert bench.pins.colour in (BLUE, RED)


def test_pins_that_fail_at_the_end_do_not_keep_it_from_ending(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise PinError("the light cannot be lit")

    monkeypatch.setattr(bench.pins, "close", fails)
    bench.control.close()
    assert bench.pins.isolated is False
