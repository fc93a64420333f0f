"""The process beside the panel: hears which round is wanted, asks, tells the panel.

Between two rounds it only listens, once a second, to who speaks here: the next round needs somebody
who is there. While the panel does not answer, nobody is asked.
"""

import logging
import queue
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from appliance.config import Config
from appliance.notify import READY, WORKING, notify
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable
from appliance.panel.following import follow, latest
from appliance.panel.question import SAY_EVERY, Told
from appliance.probe.management import Management, Network
from appliance.probe.rounds import Rounds

TURN = 1.0
"""Longest time between two turns, in seconds."""

_log = logging.getLogger(__name__)


def serve(
    config: Config,
    network: Network | None = None,
    steady: Callable[[], float] = time.monotonic,
    until: Callable[[], bool] = lambda: False,
) -> int:
    """Ask what the panel wants asked until SIGTERM or SIGINT, or *until*.

    *network* is that of this machine when not given.
    """
    ended = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
    rounds = Rounds(network or Management(config))
    panel = PanelClient(config.run / "panel.sock")
    wanted = follow(panel, lambda status: status.question, ended)
    teller = _Teller(panel)
    notify(READY)
    try:
        while not (ended.is_set() or until()):
            with suppress(queue.Empty):
                rounds.want(latest(wanted, min(TURN, rounds.wait(steady()))), steady())
            for told in rounds.turn(steady()):
                teller.tell(told)
            teller.say(rounds.told)
    finally:
        ended.set()
        rounds.close()
    return 0


class _Teller:
    """Tells the panel what was found at once, and every few seconds that somebody is here."""

    def __init__(self, panel: PanelClient) -> None:
        self._panel = panel
        self._said_at = -SAY_EVERY
        self._alive_at = 0.0

    def say(self, told: Callable[[], Told]) -> None:
        """Tell that somebody is here, when that is due: the panel, and the system."""
        now = time.monotonic()
        if now - self._said_at >= SAY_EVERY:
            self.tell(told())
        if now >= self._alive_at:
            self._alive_at = now + TURN
            notify(WORKING)

    def tell(self, told: Told) -> None:
        """Tell the panel; while it does not answer, that is said every few seconds."""
        self._said_at = time.monotonic()
        try:
            self._panel.probe(told)
        except (PanelUnreachable, PanelRefused) as error:
            _log.warning("%s", error)
