"""One sensor at work: lists are taken up while it runs, and what cannot be used is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.lists.entry import entry
from appliance.lists.guard import Guard
from appliance.lists.held import Held
from appliance.lists.shelf import opened
from tests.kit.sensing import LISTED, LISTED_NAME, Sensor, put, spoke


@pytest.fixture
def sensor(tmp_path: Path) -> Iterator[Sensor]:
    """A sensor that has learnt nobody, without a panel."""
    made = Sensor(tmp_path)
    yield made
    made.close()


def test_a_list_is_taken_up_while_the_sensor_runs(sensor: Sensor) -> None:
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" not in spoke(sensor.alerts())
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" in spoke(sensor.alerts())


@pytest.mark.parametrize(
    "broken", [b"\xff\xfe", b"", b"not a name", b"0.0.0.0/0", b"a" * 200_000], ids=range(5)
)
def test_a_broken_list_leaves_those_in_use_and_is_told_until_it_is_mended(
    sensor: Sensor, broken: bytes
) -> None:
    """Half written, damaged, or somebody's holiday pictures."""
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    file = put(sensor, broken, "theirs.csv")
    sensor.wait(6)
    assert "health.lists_refused" in sensor.health().faults
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" in spoke(sensor.alerts())
    file.unlink()
    sensor.wait(6)
    assert sensor.health().faults == ()


def test_a_sensor_that_starts_beside_a_broken_list_uses_the_shipped_ones(tmp_path: Path) -> None:
    sensor = Sensor(tmp_path)
    put(sensor, b"not a name")
    sensor = sensor.restart()
    sensor.wait()
    assert "health.lists_refused" in sensor.health().faults
    assert sensor.sensing.pipeline.inventory.listed_name("www.interact.sh", 0.0) is not None
    sensor.close()


def test_an_index_that_another_command_made_is_taken_up(sensor: Sensor) -> None:
    folder = sensor.config.state / "lists"
    with opened(folder, Guard()) as shelf:
        shelf.put(Held(name="feed", origin="feed"), [entry(LISTED_NAME)])
        shelf.save()
    sensor.wait(6)
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" in spoke(sensor.alerts())
    assert sensor.health().faults == ()


def test_a_list_that_was_not_renewed_because_it_is_strange_is_told(sensor: Sensor) -> None:
    folder = sensor.config.state / "lists"
    with opened(folder, Guard()) as shelf:
        shelf.put(Held(name="feed", origin="feed"), [entry("bad.example")])
        shelf.trouble("feed", "grown")
        shelf.save()
    sensor.wait(6)
    assert sensor.health().faults == ("health.lists_kept",)
    with opened(folder, Guard()) as shelf:
        shelf.trouble("feed", "")
        shelf.save()
    sensor.wait(6)
    assert sensor.health().faults == ()


def test_a_damaged_index_leaves_the_lists_in_use(sensor: Sensor) -> None:
    put(sensor, LISTED_NAME.encode())
    sensor.wait(6)
    put(sensor, b"vigie lists 1\n\0\0", "index")
    sensor.wait(6)
    assert sensor.health().faults == ("health.lists_refused",)
    sensor.hear(LISTED)
    sensor.wait()
    assert "known_bad" in spoke(sensor.alerts())
