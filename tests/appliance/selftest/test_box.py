"""What the box says of itself before it is signed for."""

import time
from pathlib import Path

from appliance.config import Capture, Config, Keep, Practice
from appliance.detectors.port_scan import PortScan
from appliance.model import Health
from appliance.selftest.box import Box, look
from appliance.selftest.samples import Changed
from appliance.store import Watch
from tests.kit.panel_here import panel_here
from tests.kit.vigie import config_in, started
from tests.lab.awaiting import until

NOW = time.time()
SEEING = Health(
    at=NOW, seeing=True, unicast_of_others=True, both_directions=True, internet_side=True
)


def config_of(folder: Path) -> Config:
    limits = {"port_scan": PortScan.about.limits(ports=20)}
    return Config(
        practice=Practice(name="Cabinet des Lilas"),
        capture=Capture(card="eth9"),
        detectors=limits,
        state=folder / "state",
        run=folder / "run",
    )


def looked(folder: Path) -> Box:
    return look(config_of(folder), folder / "vigie.toml", NOW)[0]


def keys(folder: Path, *, holds: bool) -> list[str]:
    return [sign.key for sign in looked(folder).signs if sign.holds is holds]


def sensor_said(folder: Path, health: Health) -> None:
    watch = Watch(folder / "state", Keep(), lambda: NOW)
    watch.save_health(health)
    watch.close()


def test_it_says_who_it_is_and_how_it_is_set(tmp_path: Path) -> None:
    box = looked(tmp_path)
    assert (box.practice, box.card, box.at) == ("Cabinet des Lilas", "eth9", NOW)
    assert box.config == tmp_path / "vigie.toml"
    assert box.name
    assert box.version
    assert box.changed == (Changed(detector="port_scan", name="ports", value=20, usual=15),)


def test_nothing_that_does_not_run_is_taken_for_well(tmp_path: Path) -> None:
    assert keys(tmp_path, holds=False) == ["sight.never", "selftest.no_panel"]
    assert keys(tmp_path, holds=True) == ["selftest.lists"]


def test_it_says_what_the_running_sensor_sees(tmp_path: Path) -> None:
    sensor_said(tmp_path, SEEING)
    assert {"sight.seeing", "sight.others", "sight.internet"} < set(keys(tmp_path, holds=True))


def test_it_says_that_newcomers_are_still_being_learnt(tmp_path: Path) -> None:
    sensor_said(tmp_path, Health(at=NOW, seeing=False, why="health.silence", learning=True))
    assert "health.silence" in keys(tmp_path, holds=False)
    assert "selftest.learning" in keys(tmp_path, holds=True)


def test_a_sensor_that_stopped_is_learning_nobody(tmp_path: Path) -> None:
    sensor_said(tmp_path, Health(at=NOW - 3600, seeing=True, learning=True))
    assert "sight.stale" in keys(tmp_path, holds=False)
    assert "selftest.learning" not in keys(tmp_path, holds=True)


def test_a_panel_that_answers_is_said_to(tmp_path: Path) -> None:
    with panel_here(tmp_path, pace=1):
        assert "selftest.panel" in keys(tmp_path, holds=True)
        assert "selftest.simulated" not in keys(tmp_path, holds=False)


def test_a_simulated_panel_cuts_nothing_and_says_so(tmp_path: Path) -> None:
    config = config_in(tmp_path, panel={"pins": "simulated"})
    with started("panel", "--config", config):
        until("the panel answers", 20, lambda: "selftest.panel" in keys(tmp_path, holds=True))
        assert "selftest.simulated" in keys(tmp_path, holds=False)


def test_a_list_that_cannot_be_used_is_said_and_the_delivered_ones_serve(tmp_path: Path) -> None:
    folder = tmp_path / "state/lists"
    folder.mkdir(parents=True)
    (folder / "ours.csv").write_text("not a name\n", "utf-8")
    _, lists = look(config_of(tmp_path), None, NOW)
    assert lists.find_name("interact.sh", NOW)
    assert "selftest.lists_refused" in keys(tmp_path, holds=False)


def test_a_database_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/vigie.db").write_bytes(b"no database" * 1000)
    assert "health.database_set_aside" in keys(tmp_path, holds=False)
