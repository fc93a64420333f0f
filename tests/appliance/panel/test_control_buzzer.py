"""The buzzer: once for each alert that is news, and silent when told."""

from pathlib import Path

import pytest

from appliance.model import Level
from appliance.panel.heartbeat import Heartbeat
from appliance.panel.light import OFF, RED
from appliance.panel.shouting import BUZZ
from tests.kit.front_panel import Bench, beat

ONE, OTHER = "0" * 16, "1" * 16
"""Alerts, by their identifiers."""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    (tmp_path / "state").mkdir()
    return Bench(tmp_path / "state")


def danger(*shouts: str) -> Heartbeat:
    return beat(Level.DANGER, shouts=shouts)


def sounds(bench: Bench, seconds: float = 1.0) -> bool:
    """Tell whether the buzzer is heard in the next *seconds*."""
    heard = False
    for _ in range(int(seconds / 0.05)):
        bench.run(0.05)
        heard |= bench.pins.buzzing
    return heard


def test_the_buzzer_sounds_in_danger_while_the_light_is_lit_and_not_for_ever(bench: Bench) -> None:
    bench.beating = danger(ONE)
    heard = set()
    bench.run(0.05)
    for _ in range(20):
        bench.run(0.05)
        heard.add((bench.pins.colour, bench.pins.buzzing))
    assert heard == {(RED, True), (OFF, False)}
    bench.run(BUZZ)
    heard = set()
    for _ in range(20):
        bench.run(0.05)
        heard.add((bench.pins.colour, bench.pins.buzzing))
    assert heard == {(RED, False), (OFF, False)}


def test_the_buzzer_sounds_anew_for_another_alert_and_for_none_twice(bench: Bench) -> None:
    """Not either when the box was blind, or the sensor gone, in between."""
    bench.beating = danger(ONE)
    bench.run(BUZZ + 2)
    assert not sounds(bench)
    bench.beating = beat(Level.DANGER, seeing=False, shouts=[ONE])
    bench.run(5)
    bench.beating = None
    bench.run(20)
    bench.beating = danger(ONE)
    assert not sounds(bench, 3)
    bench.beating = danger(OTHER, ONE)
    assert sounds(bench, 3)
    bench.run(BUZZ)
    bench.beating = danger(OTHER)
    assert not sounds(bench, 3)


def test_a_danger_that_shouts_no_more_is_shown_in_silence(bench: Bench) -> None:
    """One more alert on a device that is alarmed already."""
    bench.beating = danger()
    assert not sounds(bench, 3)
    assert bench.control.status().light is Level.DANGER


def test_whoever_has_heard_the_buzzer_silences_it_until_there_is_something_new(
    bench: Bench,
) -> None:
    bench.beating = danger(ONE)
    assert sounds(bench, 2)
    assert bench.control.status().buzzing
    bench.control.hush("accueil")
    assert not bench.control.status().buzzing
    assert not sounds(bench, 3)
    bench.control.hush("accueil")
    entries = [(entry.what, entry.who) for entry in bench.control.status().log]
    assert entries.count(("hushed", "accueil")) == 1
    bench.beating = danger(ONE, OTHER)
    assert sounds(bench, 3)
