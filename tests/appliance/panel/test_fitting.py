"""Which pins the panel gets."""

from pathlib import Path

import pytest

from appliance.config import Panel
from appliance.panel import chip
from appliance.panel.fitting import open_pins
from appliance.panel.pins import PinError, SimulatedPins


@pytest.fixture
def chips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a GPIO chip, which is no Raspberry Pi."""
    (tmp_path / "gpiochip0").touch()
    monkeypatch.chdir(tmp_path)  # lgpio makes a pipe where it is imported
    return tmp_path


def test_without_a_chip_the_panel_is_simulated(tmp_path: Path) -> None:
    pins = open_pins(Panel(), True, tmp_path)
    assert isinstance(pins, SimulatedPins)
    assert pins.isolated
    assert (pins.simulated, pins.faults) == (True, ())


def test_a_chip_that_does_not_work_is_a_fault(
    chips: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is there, so somebody may count on a relay that will not move."""
    pins = open_pins(Panel(), False, chips)
    assert (pins.simulated, pins.faults) == (True, ("pins_missing",))
    assert "simulated" in caplog.text


def test_real_pins_that_do_not_work_are_asked_for_again(chips: Path) -> None:
    """The panel runs meanwhile, and says what is wrong."""
    pins = open_pins(Panel(pins="real"), False, chips)
    assert not pins.simulated
    with pytest.raises(PinError):
        pins.drive(True)


def test_simulated_pins_are_simulated_everywhere(chips: Path) -> None:
    assert open_pins(Panel(pins="simulated"), False, chips).faults == ()


def test_pins_that_work_are_used(chips: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gpiozero.pins.mock import MockFactory, MockPWMPin  # noqa: PLC0415 - heavy

    factory = MockFactory(pin_class=MockPWMPin)
    monkeypatch.setattr(chip, "pi_factory", lambda devices: factory)
    pins = open_pins(Panel(), True, chips)
    assert not pins.simulated
    assert factory.pin(17).state == 1
