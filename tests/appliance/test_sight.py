"""What the box says of its own sight, in no language."""

import pytest

from appliance.sight import STALE, Sign, alive, signs
from appliance.store.watch import HEALTH
from tests.kit.people import NOW, health


def test_the_sensor_is_given_the_time_it_takes_to_write() -> None:
    assert HEALTH < STALE
    assert alive(health(at=NOW - HEALTH), NOW)
    assert not alive(health(at=NOW - STALE - 1), NOW)
    assert not alive(None, NOW)


def keys(**changes: object) -> list[tuple[bool, str]]:
    return [(sign.holds, sign.key) for sign in signs(health(**changes), NOW)]


def test_all_is_well_when_every_sign_holds() -> None:
    found = keys()
    assert all(holds for holds, _ in found)
    assert [key for _, key in found][:2] == ["sight.seeing", "sight.others"]


def test_a_sensor_that_stopped_says_nothing_else() -> None:
    """What it saw before proves nothing about now."""
    assert list(signs(health(at=NOW - 180), NOW)) == [
        Sign(holds=False, key="sight.stale", number=180.0)
    ]
    assert [sign.key for sign in signs(None, NOW)] == ["sight.never"]


def test_a_recording_is_not_the_network() -> None:
    assert keys(faults=("health.replaying",)) == [(False, "health.replaying")]


@pytest.mark.parametrize("why", ["health.silence", ""])
def test_a_box_that_cannot_see_says_why(why: str) -> None:
    holds, key = keys(seeing=False, why=why)[0]
    assert not holds
    assert key == (why or "state.blind.sentence")


def test_losses_and_faults_do_not_hold() -> None:
    found = keys(dropped_by_kernel=3, faults=("health.disk_full",))
    assert [key for holds, key in found if not holds] == ["sight.loss", "health.disk_full"]


def test_a_clock_that_is_not_set_says_nothing_against_the_mirror() -> None:
    assert keys(clock_unset=60.0) == [*keys(), (False, "sight.clock_unset")]
