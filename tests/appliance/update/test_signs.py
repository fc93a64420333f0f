"""What shows that the box works."""

from pathlib import Path

from appliance.config import Config, Keep
from appliance.model import Health
from appliance.store import Watch
from appliance.update.signs import Signs, look
from tests.kit.answering import LATER, answering
from tests.kit.switched import NOON


def test_a_box_that_never_ran_shows_nothing(tmp_path: Path) -> None:
    assert look(Config(state=tmp_path / "state", run=tmp_path)) == Signs()


def test_what_the_sensor_said_last_is_a_sign(tmp_path: Path) -> None:
    watch = Watch(tmp_path, Keep(), lambda: NOON)
    watch.save_health(Health(at=NOON, seeing=True))
    watch.close()
    assert look(Config(state=tmp_path, run=tmp_path)) == Signs(looked_at=NOON, seeing=True)


def test_the_line_is_a_sign_though_the_panel_is_that_of_a_later_build(tmp_path: Path) -> None:
    """The build before judges it: else an update whose panel says more would be taken back."""
    with answering(tmp_path / "panel.sock", LATER):
        signs = look(Config(state=tmp_path / "state", run=tmp_path))
    assert signs == Signs(state="isolated", since=90.0)
