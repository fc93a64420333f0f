"""The sensor's process: card -> pipeline -> store, and a heartbeat to the panel.

The loop lasts as long as the box. Besides feeding packets it does chores: new alerts are saved
at once, everything else once a second or more seldom, to spare the card.
"""

import logging
import signal
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from ipaddress import ip_network
from pathlib import Path
from types import FrameType

from appliance import lists
from appliance.config import Config
from appliance.decisions import standing
from appliance.lists import ListError
from appliance.model import Decision, Health, Level, Mac
from appliance.panel.client import PanelClient, PanelUnreachable
from appliance.panel.heartbeat import Gateway, Heartbeat
from appliance.pipeline import Pipeline, Setting
from appliance.sensor.columns import Block
from appliance.store import Watch

log = logging.getLogger(__name__)

DAY, HOUR = 86_400.0, 3600.0
DEVICES_EVERY = 60.0
"""Seconds after which it is noted again who is still there."""
LISTS_EVERY = 5.0
"""Seconds after which it is looked whether a list has been added."""


class Sensing:
    """One sensor at work: a pipeline with a memory on disk and a voice on the panel."""

    def __init__(self, config: Config, watch: Watch, own: frozenset[Mac], now: float) -> None:
        self._config = config
        self._watch = watch
        self._panel = PanelClient(config.run / "panel.sock")
        self._lists_mark: tuple[tuple[str, int], ...] = ()
        self._faults: dict[str, None] = {}
        self._decisions: list[Decision] = []
        self._next_second = self._next_minute = self._next_hour = now
        self._next_lists = now
        self._panel_silent = False
        self.pipeline = Pipeline(
            Setting(
                home=tuple(ip_network(each) for each in config.home.networks),
                own=own,
                learn_until=watch.first_started_at + config.home.learning_days * DAY,
                conversations=config.capture.conversations,
                devices=config.keep.devices,
                limits=config.detectors,
            )
        )
        self.pipeline.restore(watch.known_devices(), watch.open_alerts())
        self.pipeline.now = now
        self._heed()
        self._read_lists()

    def feed(self, block: Block) -> None:
        """Take in *block*, and save at once what was found in it."""
        deltas = self.pipeline.feed(block)
        self._watch.count_traffic(deltas, self.pipeline.inventory.place)
        if news := self.pipeline.triage.take_changed():
            self._watch.save_alerts(news)

    def chores(self, now: float, health: Callable[[], Health]) -> None:
        """Do what is due once a second, and more seldom; *health* says how well the card sees."""
        if now < self._next_second:
            return
        self._next_second = now + 1.0
        self._heed()
        if now >= self._next_lists:
            self._next_lists = now + LISTS_EVERY
            self._read_lists()
        inventory = self.pipeline.inventory
        self._watch.save_devices(inventory.take_changed())
        if now >= self._next_minute:
            self._next_minute = now + DEVICES_EVERY
            self._watch.save_devices(inventory.devices())
        seen = self._health(health())
        self._watch.save_health(seen)
        self._watch.flush(now)
        if now >= self._next_hour:
            self._next_hour = now + HOUR
            self._watch.tidy(now)
        self._beat(seen)

    def _heed(self) -> None:
        """Take up what people decided meanwhile; alerts that end by it are saved."""
        last = self._decisions[-1].id if self._decisions else 0
        if new := self._watch.decisions_after(last):
            self._decisions += new
        self.pipeline.heed(standing(self._decisions))
        if changed := self.pipeline.triage.take_changed():
            self._watch.save_alerts(changed)
