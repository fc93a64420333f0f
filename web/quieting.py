"""Noting that what an alert says is normal here: for the page, and for programs."""

from appliance.decisions import Decision, Verdict
from appliance.durations import DAY
from appliance.model import Alert
from web.audit import note
from web.box import here

SPANS = (7, 30, 90, 365, 0)
"""Days for which something can be called normal; 0 stands for good."""


def sides(alert: Alert) -> tuple[str, ...]:
    """Give the other sides that normality may be limited to, the latest first."""
    return tuple(peer for peer in reversed(alert.peers) if peer)


def call_normal(alert: Alert, *, author: str, reason: str, days: int, peer: str) -> Decision:
    """Note that what *alert* says of its device is normal with *peer*, empty for whatever side.

    For so many *days*, 0 for good. Raises ValueError for a length or a side that is not offered.
    """
    if days not in SPANS or (peer and peer not in sides(alert)):
        raise ValueError("not offered")
    decision = here().office.decide(
        author=author,
        verdict=Verdict.NORMAL,
        mac=alert.about,
        detector=alert.detector,
        reason=reason,
        until=here().now() + days * DAY if days else None,
        peer=peer,
    )
    note(author, "decide", f"normal {alert.detector} {alert.about} {peer}".rstrip())
    return decision
