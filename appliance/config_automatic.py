"""Judging which detectors may begin a count-down: what no single setting can tell."""

from collections.abc import Iterator
from difflib import get_close_matches

from appliance.config import Automatic
from appliance.config_values import shown
from appliance.detectors import ALL

NAMEABLE = tuple(detector.about.id for detector in ALL if detector.about.cut_helps)
"""Detectors whose dangers a cut of the uplink helps against."""

_KNOWN = frozenset(detector.about.id for detector in ALL)


def wrong_automatic(automatic: Automatic) -> Iterator[str]:
    """Give a sentence, without its end, for each mistake in *automatic*."""
    may_be = ", ".join(NAMEABLE)
    for name in automatic.detectors:
        if name not in _KNOWN:
            near = get_close_matches(name, NAMEABLE, n=1)
            hint = f"did you mean {near[0]}" if near else f"there are {may_be}"
            yield f"detectors: no detector is called {shown(name)} ({hint})"
        elif name not in NAMEABLE:
            yield (
                f"detectors cannot hold {shown(name)}: a cut of the uplink does not help against"
                f" what it finds (there are {may_be})"
            )
