"""The process of the outputs as it really runs: everybody is told, whatever happens in between."""

import json
import os
import random
import signal
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from threading import Event

import pytest

from appliance.config import Automatic
from appliance.model import Severity
from appliance.store.tally import tally
from appliance.texts import say
from tests.kit.everybody import World, begun, everybody
from tests.kit.panel_here import panel_here
from tests.kit.vigie import started, vigie
from tests.lab.awaiting import until

KILLS = 20
EACH = 3
"""Alerts between two kills."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with everybody(tmp_path) as listening:
        yield listening


def told(world: World) -> dict[str, int]:
    """Give how many messages came by each way."""
    return {name: len(set(ids)) for name, ids in world.ids().items()}


def test_everybody_is_told_though_the_process_is_killed_twenty_times(world: World) -> None:
    """At random moments while messages flow; a repeat has the id of the first."""
    chance, config = random.Random(5), world.config()  # noqa: S311 - the same each time
    with begun(world):
        pass
    for _ in range(KILLS):
        world.trouble(EACH)
        before = world.count()
        enough = before + chance.randrange(1, EACH * 5)
        with started("outputs", "--config", config) as process:
            until("some are told", 60, lambda: world.count() >= enough or world.all_told())  # noqa: B023 - asked at once
            Event().wait(chance.random() * 0.02)
            os.kill(process.pid, signal.SIGKILL)
    with started("outputs", "--config", config):
        until("all are told", 60, world.all_told)
    ids = world.ids()
    assert {name: len(set(each)) for name, each in ids.items()} == dict.fromkeys(ids, KILLS * EACH)
    assert tally(world.state).waiting == 0


def test_what_happens_while_isolated_is_kept_and_told_in_order_afterwards(world: World) -> None:
    """Once. On the practice's own network it is told at once, and the state is shown."""
    with panel_here(world.folder) as here, begun(world):
        until("it is known to be well", 20, lambda: world.house.last("vigie/danger") == "OFF")
        here.client.isolate()
        cut = say("en", "mqtt.state_of.isolated")
        until("the cut is shown", 20, lambda: world.house.last("vigie/state") == cut)
        until("the log has the cut itself", 20, lambda: len(world.log.got) == 1)
        world.trouble(5)
        until("the log has the rest", 20, lambda: len(world.log.got) == 6)
        until("only mail waits", 20, lambda: tally(world.state).waiting == 6)
        assert world.mail.got == []
        here.client.reconnect(why="clean again")
        until("all are told", 20, lambda: told(world) == dict.fromkeys(world.ids(), 7))
        until("all is noted", 20, lambda: tally(world.state).waiting == 0)
    assert all(len(ids) == 7 for ids in world.ids().values())
    cut, *letters, joined = world.mail.got
    assert ("the internet is cut" in cut["Subject"], "is back" in joined["Subject"]) == (True, True)
    seen = [letter.get_content().partition("First seen")[2] for letter in letters]
    assert seen == sorted(seen)


def test_a_danger_is_out_before_the_shortest_count_down_is_over(world: World) -> None:
    """So a cut need not wait for it; usually it takes half a second."""
    shortest = next(each for each in fields(Automatic) if each.name == "seconds").metadata
    with begun(world):
        world.trouble(1, Severity.DANGER)
        until("the danger is out", shortest["minimum"], lambda: len(world.mail.got) == 1)


def test_a_count_down_is_told_to_everybody_while_it_runs_and_so_is_its_end(world: World) -> None:
    """By a message of its own: the alert alone does not say that the line is about to be cut."""
    automatic = Automatic(detectors=("ransomware",), seconds=600)
    with panel_here(world.folder, pace=1.0, automatic=automatic) as here, begun(world):
        here.client.announce("ransomware", "00112233445566aa")
        until(
            "mail and telephone ring", 20, lambda: len(world.mail.got) == len(world.phone.got) > 0
        )
        assert "will cut the internet" in world.mail.got[0]["Subject"]
        here.client.stop()
        until(
            "all know that it is over",
            20,
            lambda: {len(set(each)) for each in world.ids().values()} == {2},
        )
    assert "stays on" in world.mail.got[1]["Subject"]
    kinds = [json.loads(post.body)["kind"] for post in world.web.got]
    assert kinds == ["count_down", "count_down_stopped"]


def test_a_dead_server_keeps_nobody_else_waiting(world: World) -> None:
    world.mail.answer = "451 later"
    with begun(world):
        world.trouble(3)
        until("the others are told", 20, lambda: len(world.phone.got) == 3)
        assert not world.mail.got
        found = until("the trouble is noted", 20, lambda: tally(world.state).troubles)
        assert found == {"office": "the server answers 451: later"}


def test_what_is_missing_is_said_at_the_start_all_at_once(world: World) -> None:
    config = world.config()
    (world.folder / "secret").unlink()
    ended = vigie("outputs", "--config", config)
    assert ended.returncode == 2
    assert ended.stderr.count("No such file") == 2
