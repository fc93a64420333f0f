"""Following the panel: the part that matters is given when it changes, through its restarts."""

import queue
import threading
from pathlib import Path

import pytest

from appliance.panel.following import follow, latest
from tests.kit.panel_process import panel


def test_only_changes_of_the_part_are_given_also_by_a_panel_that_starts_anew(
    tmp_path: Path,
) -> None:
    ended = threading.Event()
    with panel(tmp_path) as running:
        states = follow(running.client, lambda status: status.state, ended)
        assert states.get(timeout=10) == "connected"
        running.client.isolate()
        assert states.get(timeout=10) == "isolated"
        running.kill()
    with panel(tmp_path) as again:
        again.minute()
        again.client.reconnect()
        assert states.get(timeout=10) == "connected"
        ended.set()


def test_of_several_changes_the_last_counts() -> None:
    changes: queue.Queue[int] = queue.Queue()
    for number in range(3):
        changes.put(number)
    assert latest(changes, 1.0) == 2
    with pytest.raises(queue.Empty):
        latest(changes, 0.0)
