"""What the configuration says of detectors: their limits, and which may begin a count-down.

Detectors are loaded only by what names one: they weigh as much as the panel, which reads the same
configuration.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from appliance.config import Automatic
from appliance.config_values import shown


def limits() -> Mapping[str, type]:
    """Give the limits of each detector: a dataclass, whose fields are settings."""
    from appliance.detectors import ALL  # noqa: PLC0415 - see above

    return {detector.about.id: detector.about.limits for detector in ALL}


def nameable() -> tuple[str, ...]:
    """Give the detectors whose dangers a cut of the uplink helps against."""
    from appliance.detectors import ALL  # noqa: PLC0415 - see above

    return tuple(detector.about.id for detector in ALL if detector.about.cut_helps)


def wrong_automatic(automatic: Automatic) -> Iterator[str]:
    """Give a sentence, without its end, for each mistake in *automatic*."""
    if not automatic.detectors:
        return
    known, helped = limits(), nameable()
    may_be = ", ".join(helped)
    for name in automatic.detectors:
        if name not in known:
            near = get_close_matches(name, helped, n=1)
            hint = f"did you mean {near[0]}" if near else f"there are {may_be}"
            yield f"detectors: no detector is called {shown(name)} ({hint})"
        elif name not in helped:
            yield (
                f"detectors cannot hold {shown(name)}: a cut of the uplink does not help against"
                f" what it finds (there are {may_be})"
            )
