"""Which GPIO chip is that of the header, and why there is none."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from appliance.panel.chip import header, pi_factory
from appliance.panel.pins import PinError


def chips(folder: Path, *labels: str) -> dict[int, str]:
    for number in range(len(labels)):
        (folder / f"gpiochip{number}").touch()
    return dict(enumerate(labels))


@pytest.mark.parametrize(
    ("labels", "number"),
    [
        pytest.param(["pinctrl-bcm2835", "brcmvirt-gpio"], 0, id="Pi 3 and Zero"),
        pytest.param(["pinctrl-bcm2711", "raspberrypi-exp-gpio"], 0, id="Pi 4"),
        pytest.param(["gpio-brcmstb@107d508500", "b", "c", "d", "pinctrl-rp1"], 4, id="Pi 5, old"),
        pytest.param(["pinctrl-rp1", "gpio-brcmstb@107d508500"], 0, id="Pi 5, newer kernel"),
    ],
)
def test_the_chip_of_the_header_is_told_by_its_label(
    tmp_path: Path, labels: list[str], number: int
) -> None:
    assert header(tmp_path, chips(tmp_path, *labels).__getitem__) == number


def refusal(folder: Path, *labels: str) -> PinError:
    with pytest.raises(PinError) as error:
        header(folder, chips(folder, *labels).__getitem__)
    return error.value


def test_another_computers_chip_is_the_wrong_one(tmp_path: Path) -> None:
    found = refusal(tmp_path, "INT34C5:00")
    assert found.fault == "pins_wrong_chip"
    assert str(found) == "no GPIO chip here is that of a Raspberry Pi (gpiochip0 is INT34C5:00)"


def test_a_machine_without_a_chip_says_so(tmp_path: Path) -> None:
    assert refusal(tmp_path).fault == "pins_missing"


def test_a_chip_that_may_not_be_opened_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for a user outside the group gpio; root may open everything, so it is asked of us."""
    monkeypatch.setattr("os.access", lambda *_: False)
    found = refusal(tmp_path, "pinctrl-rp1")
    assert found.fault == "pins_forbidden"
    assert "gpiochip0 may not be opened" in str(found)


def test_a_chip_behind_a_locked_one_may_be_the_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be looked at is not said to be wrong."""
    monkeypatch.setattr("os.access", lambda file, _: file.name == "gpiochip1")
    assert refusal(tmp_path, "pinctrl-rp1", "other").fault == "pins_forbidden"


ON_IT = ("gpiozero.pins.lgpio", "appliance.panel.kept_pin")
"""Modules that import lgpio."""


class Library(ModuleType):
    """Stands for lgpio on a machine whose chips have *labels*."""

    class error(Exception):  # noqa: N801, N818 - lgpio spells it so
        pass

    def __init__(self, labels: dict[int, str]) -> None:
        super().__init__("lgpio")
        self.labels = labels
        self.opened: list[int] = []

    def __getattr__(self, name: str) -> int:
        if name.isupper():  # the constants that gpiozero looks up
            return 0
        raise AttributeError(name)

    def gpiochip_open(self, number: int) -> int:
        self.opened.append(number)
        if number not in self.labels:
            raise self.error("can not open gpiochip")
        return number

    def gpio_get_chip_info(self, handle: int) -> list[object]:
        return [0, 54, f"gpiochip{handle}", self.labels[handle]]

    def gpiochip_close(self, handle: int) -> None: ...


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    found = Library(chips(tmp_path, "gpio-brcmstb", "pinctrl-rp1"))
    monkeypatch.setitem(sys.modules, "lgpio", found)
    for module in ON_IT:
        sys.modules.pop(module, None)
    yield found
    for module in ON_IT:
        sys.modules.pop(module, None)


def test_the_chip_of_the_header_is_opened_whatever_its_number(
    library: Library, tmp_path: Path
) -> None:
    """The machine that tests run on is no Raspberry Pi, which is found out last."""
    with pytest.raises(PinError, match="the pins cannot be opened"):
        pi_factory(tmp_path)
    assert library.opened == [0, 1, 1]


def test_what_the_library_says_of_a_chip_is_passed_on(library: Library, tmp_path: Path) -> None:
    library.labels.clear()
    with pytest.raises(PinError, match="the pins cannot be opened: can not open gpiochip"):
        pi_factory(tmp_path)


def test_where_the_library_cannot_make_its_pipe_the_panel_is_told_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, say; the panel runs all the same, and asks again."""
    chips(tmp_path, "pinctrl-rp1")
    (tmp_path / "lgpio.py").write_text("open('/nosuch/.lgd-nfy-3', 'rb')\n", "ascii")
    monkeypatch.delitem(sys.modules, "lgpio", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(PinError, match=r"lgpio has no folder for its pipe: .*lgd-nfy"):
        pi_factory(tmp_path)


def test_here_is_no_raspberry_pi() -> None:
    """Tests run on any computer; there the reason is said."""
    with pytest.raises(PinError, match=r"lgpio is not installed|GPIO chip|cannot be opened"):
        pi_factory()
