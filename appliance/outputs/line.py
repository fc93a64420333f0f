"""What is to be told of the line: a count-down to its cut, how a cut is proven, and that it ended.

Like the plan, a pure function asked again and again: it goes by what the panel says and noted, so
that whatever is killed in between, each is told once. Who is told of dangers is told of it, at any
hour, and so is every program. A cut is told once its proof is known, for an order alone proves
nothing; that the line was joined is told because it could be an intruder's doing.
"""

from collections.abc import Iterator, Mapping

from appliance.config_outputs import Outputs
from appliance.durations import HOUR
from appliance.model import Severity
from appliance.outputs.message import Kind, Line, Message
from appliance.panel.journal import AUTOMATIC, BOX, BUTTON, ON_SITE
from appliance.panel.status import PanelStatus
from appliance.panel.verify import Proof

RECENT = HOUR
"""Seconds after which what the panel noted is no news any more."""

_BEGUN = "announced"

_NOTED: Mapping[str, Kind] = {
    "stopped": Kind.STOPPED,
    "count_down_broken_off": Kind.BROKEN_OFF,
    "reconnected": Kind.RECONNECTED,
}
"""What of the panel's journal is told."""

_PROVEN: Mapping[Proof, Kind] = {
    Proof.PROVEN: Kind.PROVEN,
    Proof.NOT_PROVEN: Kind.NOT_PROVEN,
    Proof.FAILED: Kind.FAILED,
}
"""What is told of a cut."""

_MILD = frozenset({Kind.STOPPED, Kind.RECONNECTED})

_PARTS = frozenset({AUTOMATIC, BOX, BUTTON, ON_SITE})


def line(
    outputs: Outputs, status: PanelStatus, since: Mapping[str, float], now: float
) -> tuple[Message, ...]:
    """Give what is to be told by *status*, whether or not it was told before.

    *since* says from when on each person and each way to a program is told.
    """
    return tuple(
        Message(
            kind=kind,
            way=way,
            who=who,
            alerts=alerts,
            severity=Severity.WARNING if kind in _MILD else Severity.DANGER,
            day=f"{at:.3f}",
            line=about,
        )
        for kind, at, about, alerts in _happened(status, now)
        for name, who, way in _told(outputs)
        if kind is Kind.COUNT_DOWN or at >= since.get(name, at)
    )


def _happened(
    status: PanelStatus, now: float
) -> Iterator[tuple[Kind, float, Line, tuple[str, ...]]]:
    """Give each thing that happened, in order: what, by when it is known, about what."""
    recent = [entry for entry in reversed(status.log) if now - entry.at <= RECENT]
    for entry in recent:
        if entry.what in _NOTED:
            yield _NOTED[entry.what], entry.at, _line(entry.at, entry.who), ()
    counted, begun = status.count_down, [entry for entry in recent if entry.what == _BEGUN]
    if counted is not None and begun:
        at = begun[-1].at
        about = Line(at=counted.ends_at, seconds=round(counted.ends_at - at))
        yield Kind.COUNT_DOWN, at, about, (counted.alert,)
    tested = status.test is not None and status.test.running
    if status.state == "isolated" and status.since is not None and not tested:
        kind = _PROVEN.get(status.proof)
        if kind is not None:  # while a cut is checked there is nothing to say yet
            yield kind, status.since, _line(status.since, status.who), ()


def _line(at: float, who: str) -> Line:
    part = who.removeprefix("@") if who in _PARTS else "" if who else "nobody"
    return Line(at=at, by="" if part else who, part=part)


def _told(outputs: Outputs) -> Iterator[tuple[str, str, str]]:
    """Give who is told: what they are called among all, the person, and the way."""
    for name, person in outputs.person.items():
        yield from ((f"person.{name}", name, way) for way in person.danger)
    yield from ((f"way.{way}", "", way) for way in outputs.machines)
