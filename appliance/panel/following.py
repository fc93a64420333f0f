"""Following the panel's status beside other work: a process does what the panel says."""

import logging
import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.panel.status import PanelStatus

AGAIN = 1.0
"""Seconds to the next attempt to follow a panel that does not answer."""

MOST = 64
"""Changes that wait; nobody is that late."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


def follow(
    panel: PanelClient, part: Callable[[PanelStatus], T], ended: threading.Event
) -> "queue.Queue[T]":
    """Give a queue that gets the *part* of the status that is of interest, whenever it changes.

    The panel is followed in a thread, which only waits for the next line of its socket. While it
    does not answer, nothing is put there.
    """
    changes: queue.Queue[T] = queue.Queue(maxsize=MOST)
    threading.Thread(target=_follow, args=(panel, part, changes, ended), daemon=True).start()
    return changes


def latest(changes: "queue.Queue[T]", seconds: float) -> T:
    """Wait at most *seconds* for a change; of several give the last. Raises queue.Empty."""
    found = changes.get(timeout=seconds) if seconds > 0 else changes.get_nowait()
    while not changes.empty():
        found = changes.get_nowait()
    return found


def _follow(
    panel: PanelClient,
    part: Callable[[PanelStatus], T],
    changes: "queue.Queue[T]",
    ended: threading.Event,
) -> None:
    last: list[T] = []
    complained = ""
    while not ended.is_set():
        try:
            for status in panel.watch():
                if ended.is_set():
                    return
                found, complained = part(status), ""
                if [found] != last:
                    last = [found]
                    changes.put(found)
        except (PanelUnreachable, PanelRefused) as error:
            if str(error) != complained:
                _log.warning("%s", error)
            complained = str(error)
        ended.wait(AGAIN)
