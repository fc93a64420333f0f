"""What is wrong: in order, with what is behind it, said once."""

import pytest

from appliance.panel.faults import FAULTS, REMARK_LENGTH, Faults
from appliance.panel.pins import PinError


def test_the_worst_comes_first() -> None:
    faults = Faults(("journal_damaged",))
    faults.set("relay_failed", True)
    faults.set("button_stuck", True)
    assert faults.all() == ("relay_failed", "button_stuck", "journal_damaged")
    assert faults.all(["latch_damaged"])[1] == "latch_damaged"


def test_what_is_behind_a_fault_goes_with_it() -> None:
    faults = Faults()
    faults.set("relay_failed", True, PinError("relay = 17: GPIO busy", "pins_busy"))
    assert faults.all() == ("relay_failed", "pins_busy")
    faults.set("relay_failed", False)
    assert (faults.all(), faults.remarks()) == ((), ())


def test_what_pins_say_is_kept_once_and_short() -> None:
    faults = Faults()
    for fault in ("relay_failed", "pins_failed"):
        faults.set(fault, True, PinError("x" * 1000))
    faults.set("button_stuck", True)
    assert faults.remarks() == ("x" * REMARK_LENGTH,)


def test_a_fault_is_logged_when_it_comes(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()
    for _ in range(100):
        faults.set("pins_failed", True, PinError("the wire is off"))
    assert [record.getMessage() for record in caplog.records] == [
        "Fault pins_failed: the wire is off"
    ]
    assert "pins_failed" in faults
    assert faults.any_of("relay_failed", "pins_failed")
    assert not faults.any_of("relay_failed")


def test_no_fault_is_listed_twice() -> None:
    assert len(set(FAULTS)) == len(FAULTS)
