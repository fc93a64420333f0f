"""The heartbeat: never calm while something is wrong or an incident is open."""

from dataclasses import replace

import pytest

from appliance.beat import beat
from appliance.incidents import OPEN_WHY
from appliance.model import Health, Level
from appliance.pipeline import Pipeline, Setting
from appliance.ways_out import WaysOut
from tests.kit import people

WELL = replace(people.health(), faults=(), why="", seeing=True)


def told(
    health: Health, note: str = "", *, incident: bool = False, level: Level | None = None
) -> tuple[Level, str]:
    """Give level and reason of a box whose pipeline is at *level*, and else has nothing to say."""
    pipeline = Pipeline(Setting())
    if level is not None:
        pipeline.level = lambda: level
    found = beat(pipeline, health, WaysOut(), note, incident=incident)
    assert found.seeing == health.seeing
    return found.level, found.why


def test_a_box_that_is_well_says_nothing_else() -> None:
    assert told(WELL, level=Level.WELL) == (Level.WELL, "")


@pytest.mark.parametrize("calm", [Level.WELL, Level.LEARNING])
def test_trouble_of_its_own_is_never_calm(calm: Level) -> None:
    sick = replace(WELL, faults=("health.detector_failed",))
    assert told(sick, level=calm) == (Level.LOOK, "health.detector_failed")


def test_an_open_incident_is_never_calm_and_never_hides_a_danger() -> None:
    assert told(WELL, level=Level.WELL, incident=True) == (Level.LOOK, OPEN_WHY)
    assert told(WELL, level=Level.DANGER, incident=True) == (Level.DANGER, "")


def test_why_nothing_is_heard_goes_before_everything_else() -> None:
    deaf = replace(WELL, seeing=False, why="health.no_packets", faults=("health.disk_full",))
    assert told(deaf, incident=True)[1] == "health.no_packets"


def test_that_a_recording_is_played_is_said_and_is_no_trouble() -> None:
    played = replace(WELL, faults=("health.recording",))
    assert told(played, "health.recording", level=Level.WELL) == (Level.WELL, "health.recording")
