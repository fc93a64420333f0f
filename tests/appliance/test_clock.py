"""The clock is believed once something vouches for it, and from then on."""

import ctypes
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from appliance.clock import AGREE, BELIEVED, TIMEX, Clock, Signs, kept_by_a_service

NOON = 1_767_268_800.0


@dataclass
class Machine:
    """What a machine says of its clock; its files are real."""

    folder: Path
    kept: bool = False
    steady: float = 100.0
    signs: Signs = field(init=False)

    def __post_init__(self) -> None:
        self.signs = Signs(
            kept=lambda: self.kept,
            synchronized=self.folder / "synchronized",
            hardware=self.folder / "rtc",
        )
        (self.folder / "run").mkdir()

    def hardware(self, says: float, *, gave: str = "1") -> None:
        """Have a hardware clock that runs while the machine is off."""
        clock = self.folder / "rtc/rtc0"
        clock.mkdir(parents=True)
        (clock / "hctosys").write_text(f"{gave}\n")
        (clock / "since_epoch").write_text(f"{says:.0f}\n")

    def clock(self, noted: float = NOON - 60) -> Clock:
        return Clock(self.folder / "run", noted, NOON, lambda: self.steady, self.signs)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_nobody_vouches_for_the_clock_of_a_raspberry_pi_that_starts(machine: Machine) -> None:
    """And how long it waits is counted by a clock that never steps."""
    clock = machine.clock()
    assert clock.unset() > 0
    machine.steady += 300
    assert clock.unset() == 300


def test_it_is_believed_from_the_first_time_that_a_service_set_it(machine: Machine) -> None:
    """Also hours later, when the line is cut and the kernel does not count on it any more."""
    clock = machine.clock()
    machine.kept = True
    assert clock.unset() == 0
    machine.kept = False
    assert clock.unset() == 0


def test_what_systemds_own_service_says_counts(machine: Machine) -> None:
    machine.signs.synchronized.touch()
    assert machine.clock().unset() == 0


def test_a_sensor_that_starts_anew_asks_nobody_again(machine: Machine) -> None:
    """The machine has been on: what was believed is."""
    machine.kept = True
    machine.clock()
    machine.kept = False
    assert machine.clock().unset() == 0
    (machine.folder / "run" / BELIEVED).unlink()  # with the machine it goes
    assert machine.clock().unset() > 0


def test_a_hardware_clock_is_believed_without_any_service(machine: Machine) -> None:
    machine.hardware(NOON + 1)
    assert machine.clock().unset() == 0


@pytest.mark.parametrize(
    ("says", "gave", "noted"),
    [
        (0.0, "1", NOON - 60),  # its battery is empty: systemd went by a later time
        (NOON - 2 * AGREE, "1", NOON - 7200),  # likewise, and lately
        (NOON, "0", NOON - 60),  # it was not asked at the start
        (NOON, "1", NOON + 3600),  # it is behind what was noted before
        (NOON, "none of these", NOON - 60),
    ],
)
def test_a_hardware_clock_that_cannot_be_right_is_not_believed(
    machine: Machine, says: float, gave: str, noted: float
) -> None:
    machine.hardware(says, gave=gave)
    assert machine.clock(noted).unset() > 0


def test_without_a_place_to_remember_it_is_believed_all_the_same(machine: Machine) -> None:
    machine.kept = True
    (machine.folder / "run").rmdir()
    assert machine.clock().unset() == 0


def test_the_kernel_answers_and_nothing_is_changed() -> None:
    """Whatever it says of this machine: the same twice, and what a program for it would read."""
    assert kept_by_a_service() == kept_by_a_service()
    room = ctypes.create_string_buffer(512)
    assert ctypes.CDLL(None).adjtimex(room) >= 0
    assert kept_by_a_service() == (TIMEX.unpack_from(room.raw)[3] < 16_000_000)
