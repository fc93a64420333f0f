"""The process beside the panel: hears what the latch orders, moves the port, tells the panel.

While the panel does not answer, the last order holds; before its first word nothing is done at all.
"""

import logging
import queue
import signal
import threading
import time
from collections.abc import Callable

from appliance.config import Config
from appliance.notify import READY, WORKING, notify
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.panel.following import follow, latest
from appliance.panel.second import SAY_EVERY, Said
from appliance.switch.agent import Agent
from appliance.switch.bridge import Bridge
from appliance.switch.channel import Channel
from appliance.switch.near import Near

TURN = 1.0
"""Longest time between two looks whether to end."""

_log = logging.getLogger(__name__)


def build(config: Config) -> tuple[Agent, Bridge, Near]:
    """Give what asks the switch, and what knows who is near."""
    card = config.panel.management_card
    agent = Agent(config.switch, card)
    return agent, Bridge(agent), Near(card)


def serve(
    config: Config, until: Callable[[], bool] = lambda: False, free: threading.Event | None = None
) -> int:
    """Follow the panel until SIGTERM or SIGINT, or *until*.

    *free* is set while this may end and leave no port shut.
    """
    free = free or threading.Event()
    agent, bridge, near = build(config)
    ended = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
    panel = PanelClient(config.run / "panel.sock")
    orders = follow(panel, lambda status: status.switch_shut, ended)
    notify(READY)
    channel = Channel(bridge, config.switch.uplink, near)
    teller = _Teller(panel)
    try:
        while not (ended.is_set() or until()):
            _hear(orders, channel)
            channel.turn(time.monotonic())
            (free.set if channel.free(time.monotonic()) else free.clear)()
            teller.tell(channel.said)
            notify(WORKING)
    finally:
        ended.set()
        agent.close()
    return 0


def _hear(orders: "queue.Queue[bool | None]", channel: Channel) -> None:
    """Wait for an order until something is due; of several only the last counts."""
    wait = min(max(0.0, channel.due - time.monotonic()), TURN) if channel.due else TURN
    try:
        shut = latest(orders, wait)
    except queue.Empty:
        return
    if shut is not None:
        channel.order(shut, time.monotonic())


class _Teller:
    """Tells the panel what the switch says: at once when that is new, else every few seconds."""

    def __init__(self, panel: PanelClient) -> None:
        self._panel = panel
        self._last: Said | None = None
        self._told_at = 0.0

    def tell(self, said: Said) -> None:
        now = time.monotonic()
        if said == self._last and now - self._told_at < SAY_EVERY:
            return
        if said != self._last:
            _log.info("%s %s %s", said.what, said.detail, " ".join(said.remarks))
        try:
            self._panel.switch(said)
        except (PanelUnreachable, PanelRefused) as error:
            _log.warning("%s", error)
        self._last, self._told_at = said, now
