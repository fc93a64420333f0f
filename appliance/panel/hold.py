"""The button: only a hold of two seconds counts, and a stuck button is a fault."""

from dataclasses import dataclass, replace

HOLD = 2.0
"""Seconds of pressing that mean it: no bounce, no sleeve, no cleaning cloth."""

STUCK = 30.0
"""Seconds of pressing after which the button is taken for stuck."""

GAP = 0.5
"""Longest time between two looks at the button that still counts as one press, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What is known of the button after the latest look at it."""

    released: bool = False
    """It was seen released since the start: a button that is stuck at power-up orders nothing."""
    since: float | None = None
    """When this press began; None while it is released."""
    looked_at: float = 0.0
    ordered: bool = False
    """This press has given its order."""

    def stuck(self) -> bool:
        """Tell whether it has been pressed for too long to be a person."""
        return self.since is not None and self.looked_at - self.since >= STUCK


def look(before: Hold, pressed: bool, now: float) -> tuple[Hold, bool]:
    """Give what is known after a look at the button, and whether it now orders isolation.

    *now* is a clock that never steps. When nobody looked for `GAP` seconds a press begins anew:
    what happened meanwhile is not known.
    """
    if not pressed:
        return Hold(released=True, looked_at=now), False
    since = before.since
    if since is None or (now - before.looked_at > GAP and not before.stuck()):
        return replace(before, since=now, looked_at=now, ordered=False), False
    orders = before.released and not before.ordered and now - since >= HOLD
    return replace(before, looked_at=now, ordered=before.ordered or orders), orders
