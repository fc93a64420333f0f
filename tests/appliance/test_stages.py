"""The steps of an intrusion, and which finding may be which."""

import pytest

from appliance.detectors import ALL
from appliance.detectors.base import Detector
from appliance.model import Severity
from appliance.stages import Stage

NO_STEP: dict[str, str] = {}
"""Detectors of warnings and dangers that are no step of an intrusion, and why."""


@pytest.mark.parametrize("detector", ALL, ids=lambda kind: kind.about.id)
def test_what_is_more_than_a_notice_is_a_step_of_something(detector: type[Detector]) -> None:
    """Or stands in the list with its reason."""
    about = detector.about
    if about.severity > Severity.NOTICE:
        assert (about.stage is None) is (about.id in NO_STEP)


def test_care_of_machines_is_no_step_of_an_intrusion() -> None:
    """An old system on a device under attack is a reason, not a step."""
    hygiene = {kind.about.id for kind in ALL if kind.about.stage is None}
    assert hygiene == {
        "old_protocol",
        "clear_password",
        "bad_certificate",
        "old_system",
        "stale_updates",
    }


def test_stages_come_in_the_order_of_an_intrusion() -> None:
    assert list(Stage) == sorted(Stage)
    assert [stage.name.lower() for stage in Stage] == [
        "arrival",
        "entry",
        "control",
        "looking",
        "spreading",
        "harm",
    ]
