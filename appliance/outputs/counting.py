"""What is to be told of a count-down to an automatic cut: that it runs, and how it ended.

Like the plan, a pure function asked again and again: it goes by the panel's own journal, so that
whatever is killed in between, each is told once. Who is told of dangers is told of it, at any hour,
and so is every program.
"""

from collections.abc import Iterator, Mapping

from appliance.config_outputs import Outputs
from appliance.model import Severity
from appliance.outputs.message import Counted, Kind, Message
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, ON_SITE, Entry
from appliance.panel.status import PanelStatus

RECENT = 3600.0
"""Seconds after its beginning for which the end of a count-down is news."""

_BEGUN = "announced"

_ENDS: Mapping[str, Kind] = {
    "isolated": Kind.CUT,
    "stopped": Kind.STOPPED,
    "count_down_broken_off": Kind.BROKEN_OFF,
}
"""By what the journal says of it, how a count-down ended."""

_PARTS = frozenset({AUTOMATIC, BOX, BUTTON, ON_SITE})


def counting(outputs: Outputs, status: PanelStatus, now: float) -> tuple[Message, ...]:
    """Give what is to be told by *status*, whether or not it was told before."""
    begun = next((entry for entry in status.log if entry.what == _BEGUN), None)
    if begun is None or now - begun.at > RECENT:
        return ()
    if status.count_down is not None:
        ends_at = status.count_down.ends_at
        about = Counted(at=ends_at, detector=begun.why, seconds=round(ends_at - begun.at))
        return tuple(_told(outputs, Kind.COUNT_DOWN, begun, about, status.count_down.alert))
    end = _end(status, begun)
    if end is None:
        return ()
    part = end.who.removeprefix("@") if end.who in _PARTS else ""
    by = "" if part else end.who
    about = Counted(at=end.at, detector=begun.why, by=by, part=part)
    return tuple(_told(outputs, _ENDS[end.what], begun, about))


def _end(status: PanelStatus, begun: Entry) -> Entry | None:
    """Give how the count-down ended that has *begun*; the journal has the newest first."""
    since = status.log[: status.log.index(begun)]
    return next((entry for entry in reversed(since) if entry.what in _ENDS), None)


def _told(
    outputs: Outputs, kind: Kind, begun: Entry, about: Counted, alert: str = ""
) -> Iterator[Message]:
    severity = Severity.WARNING if kind is Kind.STOPPED else Severity.DANGER
    people = [(name, way) for name, person in outputs.person.items() for way in person.danger]
    for who, way in [*people, *(("", way) for way in outputs.machines)]:
        yield Message(
            kind=kind,
            way=way,
            who=who,
            alerts=(alert,) if alert else (),
            severity=severity,
            day=f"{begun.at:.3f}",
            counted=about,
        )
