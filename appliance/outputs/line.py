"""What is to be told of the line: a count-down to its cut, how that ended, who cut and who joined.

Like the plan, a pure function asked again and again: it goes by the panel's own journal, so that
whatever is killed in between, each is told once. Who is told of dangers is told of it, at any hour,
and so is every program. That the line was joined is told because it could be an intruder's doing.
"""

from collections.abc import Iterator, Mapping

from appliance.config_outputs import Outputs
from appliance.model import Severity
from appliance.outputs.message import Kind, Line, Message
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, ON_SITE, Entry
from appliance.panel.status import PanelStatus

RECENT = 3600.0
"""Seconds after which what happened to the line is no news any more."""

_BEGUN = "announced"

_TOLD: Mapping[str, Kind] = {
    "stopped": Kind.STOPPED,
    "count_down_broken_off": Kind.BROKEN_OFF,
    "isolated": Kind.ISOLATED,
    "reconnected": Kind.RECONNECTED,
}
"""What of the panel's journal is told, beside a count-down while it runs."""

_GRAVE = frozenset({Kind.COUNT_DOWN, Kind.ISOLATED, Kind.BROKEN_OFF})

_PARTS = frozenset({AUTOMATIC, BOX, BUTTON, ON_SITE})


def line(
    outputs: Outputs, status: PanelStatus, since: Mapping[str, float], now: float
) -> tuple[Message, ...]:
    """Give what is to be told by *status*, whether or not it was told before.

    *since* says from when on each person and each way to a program is told.
    """
    recent = [entry for entry in reversed(status.log) if now - entry.at <= RECENT]
    begun = next((entry for entry in reversed(recent) if entry.what == _BEGUN), None)
    messages: list[Message] = []
    for entry in recent:
        if entry.what in _TOLD:
            messages += _about(outputs, _TOLD[entry.what], entry, since)
        elif entry is begun and status.count_down is not None:
            ends_at, alert = status.count_down.ends_at, status.count_down.alert
            about = Line(at=ends_at, seconds=round(ends_at - entry.at))
            messages += _made(outputs, Kind.COUNT_DOWN, entry, about, {}, (alert,))
    return tuple(messages)


def _about(
    outputs: Outputs, kind: Kind, entry: Entry, since: Mapping[str, float]
) -> Iterator[Message]:
    part = entry.who.removeprefix("@") if entry.who in _PARTS else ""
    about = Line(at=entry.at, by="" if part else entry.who, part=part)
    return _made(outputs, kind, entry, about, since)


def _made(  # noqa: PLR0913, PLR0917 - what, when, about what, and to whom since when
    outputs: Outputs,
    kind: Kind,
    entry: Entry,
    about: Line,
    since: Mapping[str, float],
    alerts: tuple[str, ...] = (),
) -> Iterator[Message]:
    people = [
        (f"person.{name}", name, way)
        for name, person in outputs.person.items()
        for way in person.danger
    ]
    programs = [(f"way.{way}", "", way) for way in outputs.machines]
    for name, who, way in (*people, *programs):
        if entry.at >= since.get(name, entry.at):
            yield Message(
                kind=kind,
                way=way,
                who=who,
                alerts=alerts,
                severity=Severity.DANGER if kind in _GRAVE else Severity.WARNING,
                day=f"{entry.at:.3f}",
                line=about,
            )
