"""A short press of the button while a count-down runs: it stops the cut.

Whoever holds the button for two seconds cuts at once (`hold`). Who lets go of it after more than a
second may have wanted that, so it counts for neither; so does a press that began before the count.
"""

from dataclasses import dataclass, replace

from appliance.panel.hold import GAP

SHORTEST = 0.1
"""Seconds of pressing that are no bounce and no disturbance on the wire."""

LONGEST = 1.0
"""Seconds of pressing after which somebody may want to hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """What is known of the button after the latest look at it."""

    since: float | None = None
    """When this press began; None while it is released."""
    spoilt: bool = True
    """This press counts for nothing."""
    looked_at: float = 0.0


def look(before: Tap, pressed: bool, counting: bool, now: float) -> tuple[Tap, bool]:
    """Give what is known after a look at the button, and whether it now stops the count-down.

    *now* is a clock that never steps.
    """
    spoilt = before.spoilt or not counting or now - before.looked_at > GAP
    after = replace(before, looked_at=now)
    if pressed:
        return replace(
            after, since=now if before.since is None else before.since, spoilt=spoilt
        ), False
    if before.since is None:
        return replace(after, spoilt=not counting), False
    taps = not spoilt and SHORTEST <= now - before.since <= LONGEST
    return replace(after, since=None, spoilt=not counting), taps
