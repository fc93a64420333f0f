"""The two clocks of the panel, passed down together."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What time it is, in seconds."""

    now: Callable[[], float] = time.time
    """The time of day since 1970 UTC, as packets and people have it; somebody may set it."""
    steady: Callable[[], float] = time.monotonic
    """Never steps: for "how long"."""
