"""The practice day that comes with the box: named devices, something to see, a box of its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.config import Config, Practice, Web
from appliance.config_file import load
from appliance.decisions import standing
from appliance.demo import KNOWN, RECORDING, prepare
from appliance.replay import replay
from appliance.site import read
from appliance.store import Office, Watch

REAL = "a database with the practice's own alerts"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(state=tmp_path / "state", run=tmp_path / "run")


def test_the_recording_shows_a_practice_with_names_and_some_trouble() -> None:
    """What somebody who tries the box sees within a minute of starting it."""
    played = replay(RECORDING, read(KNOWN), fence=False)
    given = [device.given_name for device in played.devices if device.given_name]
    assert len(given) >= 8
    assert {"Panoramique", "Accueil", "Box Internet"} <= set(given)
    assert {"new_device", "off_limits"} <= {alert.detector for alert in played.alerts}


def test_the_box_knows_what_the_technician_of_that_practice_knows(config: Config) -> None:
    made = load(prepare(config))
    watch = Watch(made.state, made.keep, lambda: 0.0)
    try:
        found = standing(watch.decisions())
    finally:
        watch.close()
    expected = read(KNOWN).standing
    assert expected is not None
    assert found.known == expected.known


def test_its_configuration_is_sound_and_learns_nobody(config: Config) -> None:
    """Else the stranger of the recording would be learnt, and never told."""
    made = load(prepare(config))
    assert made.home.learning_days == 0
    assert made.panel.pins == "simulated"
    assert made.run.is_relative_to(made.state)


def test_what_people_see_is_as_they_configured_it(config: Config) -> None:
    """Also a name with signs that mean something in TOML."""
    web = Web(listen="127.0.0.1:9999", names=("vigie.local",))
    practice = Practice(name='Cabinet "des Lilas" \\ 3\N{BULLET}\N{GRINNING FACE}', language="en")
    made = load(prepare(replace(config, practice=practice, web=web)))
    assert (made.practice, made.web) == (practice, web)


def test_nothing_of_it_gets_into_a_real_box(config: Config) -> None:
    config.state.mkdir()
    (config.state / "vigie.db").write_text(REAL)
    made = load(prepare(config))
    assert made.state == config.state / "demo"
    assert (config.state / "vigie.db").read_text() == REAL
    assert {path.name for path in config.state.iterdir()} == {"demo", "vigie.db"}


def test_each_time_it_begins_anew(config: Config) -> None:
    made = load(prepare(config))
    office = Office(made.state, lambda: 0.0)
    office.offer_setup("code", 10.0)
    office.close()
    prepare(config)
    office = Office(made.state, lambda: 0.0)
    assert not office.use_setup("code")
    office.close()
