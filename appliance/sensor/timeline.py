"""Packet time: never runs backwards within a stretch, and is cut into seconds.

A packet up to `TOLERANCE` older than the newest is taken to have been late, and counts in the
newest's second. One that is older still means that the clock was set back: a new timeline begins.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from appliance.facts import Tick

TOLERANCE = 2.0
"""Seconds that packets may be out of order."""
IDLE_TICKS = 3600
"""Longest silence, in seconds, that is filled with a tick each; a longer one is one jump."""


class Timeline:
    """Knows the newest time seen, and the second that is running."""

    def __init__(self) -> None:
        self.newest = -np.inf
        self.second: int | None = None
        self.back_steps = 0

    def stretches(
        self, times: NDArray[np.float64]
    ) -> Iterator[tuple[int, NDArray[np.float64], bool]]:
        """Cut *times* where the clock was set back.

        Gives where each stretch begins, its times made to run forward, and whether a new timeline
        begins there.
        """
        at = 0
        while at < len(times):
            forward = np.maximum.accumulate(np.maximum(times[at:], self.newest))
            back = np.flatnonzero(times[at:] < forward - TOLERANCE)
            end = int(back[0]) if len(back) else len(forward)
            if end:
                self.newest = float(forward[end - 1])
                yield at, forward[:end], False
            at += end
            if at < len(times):
                self.back_steps += 1
                self.newest = float(times[at])
                yield at, times[at : at + 1], True
                at += 1

    def ticks(self, second: int) -> list[Tick]:
        """Give the ticks on the way from the running second to *second*, and go there."""
        running = self.second
        self.second = second
        if running is None or second <= running:
            return []
        if second - running > IDLE_TICKS:
            return [Tick(float(running + 1)), Tick(float(second))]
        return [Tick(float(each)) for each in range(running + 1, second + 1)]

    def passes(self, now: float) -> bool:
        """Take in that it is *now*, without a packet; tell whether the running second is over."""
        if self.second is None or now <= self.newest:
            return False
        self.newest = now
        return now >= self.second + 1
