"""The sensor's process: card -> pipeline -> store, and a heartbeat to the panel.

The loop lasts as long as the box. Besides feeding packets it does chores: new alerts are saved
at once, everything else once a second or more seldom, to spare the card.
"""

import logging
import signal
import time
from collections.abc import Callable
from pathlib import Path

from appliance.clock import Clock, Signs
from appliance.config import Config
from appliance.notify import READY, WORKING, notify
from appliance.sensing import Sensing
from appliance.sensor.card import own_addresses
from appliance.sensor.recording import Recording
from appliance.sensor.ring import LiveRing
from appliance.store import Reader, Watch


def serve(
    config: Config, *, recording: Path | None = None, now: Callable[[], float] = time.time
) -> int:
    """Watch until told to stop; gives the exit status. Raises CaptureError and StoreTrouble."""
    logging.basicConfig(format="vigie sensor: %(message)s", level=logging.INFO)
    # A source gives a block several times a second, also when nothing passes: that is when we
    # look whether to stop, and never in the middle of something.
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: asked.append(number))
    source = (
        Recording(recording, now)
        if recording
        else LiveRing(config.capture.card, ring_mib=config.capture.ring_mib, now=now)
    )
    watch = Watch(config.state, config.keep, now)
    try:
        # What a file holds has times of its own.
        unset = (lambda: 0.0) if recording else _clock(config, now()).unset
        sensing = Sensing(config, source, watch, own_addresses(), now(), unset)
        notify(READY)
        for block in source:
            sensing.feed(block)
            # Packets were taken in, and the store came back: only that is a sign of life.
            if sensing.chores(now()):
                notify(WORKING)
            if asked:
                break
        sensing.finish()
    finally:
        watch.close()
    return 0


def _clock(config: Config, now: float) -> Clock:
    reader = Reader(config.state)
    try:
        health = reader.health()
    finally:
        reader.close()
    return Clock(config.run, health.at if health else 0.0, now, time.monotonic, Signs())
