"""A recording played as if it had just happened: for machines that watch nothing."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from appliance.model import Link
from appliance.sensor.capture_file import CaptureFile
from appliance.sensor.columns import SLACK, Block

PAUSE = 0.2
"""Seconds between two signs of life once the recording is over."""


class Recording:
    """The capture in *path*, moved in time so that it ends now, and then silence for ever."""

    def __init__(
        self,
        path: Path,
        now: Callable[[], float],
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self.source = path.name
        self.why = ""
        self.note = "health.replaying"
        self.dropped = 0
        self._path = path
        self._now = now
        self._pause = pause

    def __iter__(self) -> Iterator[Block]:
        last = max((float(block.times.max()) for block in CaptureFile(self._path)), default=0.0)
        shift = self._now() - last
        for block in CaptureFile(self._path):
            yield replace(block, times=block.times + shift, now=block.now + shift)
        while True:
            self._pause(PAUSE)
            yield nothing(self._now())


def nothing(now: float) -> Block:
    """Give a block without packets, which only says what time it is."""
    none = np.empty(0, np.int64)
    return Block(
        buffer=np.zeros(SLACK, np.uint8),
        offsets=none,
        captured=none,
        lengths=none,
        times=np.empty(0),
        link=Link.ETHERNET,
        now=now,
    )
