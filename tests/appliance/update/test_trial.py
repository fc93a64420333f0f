"""A build on trial."""

from pathlib import Path

import pytest

from appliance.services import PANEL, WATCHING
from appliance.update.signs import Signs
from appliance.update.trial import NAME, Trial, begin, end, holds, running

BEGUN = Trial(old="a", new="b", state="connected", since=10.0, saw=True)
FIRST = Signs(state="connected", since=10.0, looked_at=90.0, seeing=True)
WELL = Signs(state="connected", since=10.0, looked_at=110.0, seeing=True)


def test_a_trial_is_known_until_it_ends(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    begin(tmp_path, BEGUN)
    assert running(tmp_path) == BEGUN
    for _ in range(2):
        end(tmp_path)
        assert running(tmp_path) is None


def test_what_cannot_be_read_is_no_trial(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("{")
    assert running(tmp_path) is None


@pytest.mark.parametrize(
    "signs",
    [
        Signs(looked_at=110.0, seeing=True),
        Signs(state="isolated", since=10.0, looked_at=110.0, seeing=True),
        Signs(state="connected", since=10.0, looked_at=90.0, seeing=True),
        Signs(state="connected", since=10.0, looked_at=110.0, seeing=False),
    ],
    ids=["panel mute", "line moved", "sensor not since", "sensor deaf"],
)
def test_a_box_that_does_not_do_what_it_did_does_not_work(signs: Signs) -> None:
    assert holds(BEGUN, FIRST, WELL, panel=True)
    assert not holds(BEGUN, FIRST, signs, panel=True)


def test_a_person_may_cut_the_line_meanwhile() -> None:
    cut = Signs(state="isolated", since=105.0, looked_at=110.0, seeing=True)
    assert holds(BEGUN, FIRST, cut, panel=True)


def test_a_clock_that_is_behind_after_a_power_cut_is_no_sign_against_it() -> None:
    """A small box has none that runs without power."""
    behind = Signs(state="connected", since=10.0, looked_at=20.0, seeing=True)
    assert holds(BEGUN, FIRST, behind, panel=True)


def test_what_did_not_run_or_see_before_need_not() -> None:
    no_sensor = Trial(old="a", new="b", units=(PANEL, WATCHING[1]))
    assert holds(no_sensor, FIRST, Signs(state="connected"), panel=True)
    deaf = Trial(old="a", new="b", saw=False)
    assert holds(deaf, FIRST, Signs(state="connected", looked_at=110.0), panel=True)
