"""What shows that the box works."""

from pathlib import Path

from appliance.config import Config, Keep
from appliance.model import Health
from appliance.store import Watch
from appliance.update.signs import Signs, look
from tests.kit.switched import NOON


def test_a_box_that_never_ran_shows_nothing(tmp_path: Path) -> None:
    assert look(Config(state=tmp_path / "state", run=tmp_path)) == Signs()


def test_what_the_sensor_said_last_is_a_sign(tmp_path: Path) -> None:
    watch = Watch(tmp_path, Keep(), lambda: NOON)
    watch.save_health(Health(at=NOON, seeing=True))
    watch.close()
    assert look(Config(state=tmp_path, run=tmp_path)) == Signs(looked_at=NOON, seeing=True)
