"""What is to be told now: a pure function of what is known, asked again and again.

It keeps nothing itself. What it gave before is in the outbox (`Known.made`), and is not given
again, whatever happened in between.

What is told of an alert is told for each severity it reaches. During somebody's quiet hours
nothing but a danger is told; what is still open when they end is told then. When nobody has decided
anything about an alert some minutes after somebody was told of it, the next person is told, too.
Whoever is added is told of what begins afterwards, and of dangers that go on. What follows within
minutes in one case is told together (`gathering`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo

from appliance.config_outputs import Outputs, Person
from appliance.decisions import Decision, Verdict
from appliance.durations import DAY, HOUR
from appliance.model import Alert, AlertState, Case, Mac, Severity
from appliance.outputs.gathering import gathered
from appliance.outputs.hours import is_quiet, latest
from appliance.outputs.message import Kind, Message

BACK = 30 * DAY
"""Seconds without a new finding after which an alert is not told any more."""

LATE = 12 * HOUR
"""Seconds after which a digest that could not be made is left out: the next one says it all."""


LATE_REPORT = 10 * DAY
"""Seconds after which nobody is told any more of the report of the month before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is to go by."""

    alerts: tuple[Alert, ...]
    """Those that are open."""
    cases: tuple[Case, ...] = ()
    """Those that are open."""
    heeded: frozenset[str] = frozenset()
    """The ids of those about which somebody has decided something."""
    since: Mapping[str, float] = field(default_factory=dict)
    """By person and by way to a program (`names`), since when they are told."""
    made: Mapping[str, float] = field(default_factory=dict)
    """By id, when each message was made."""


def names(outputs: Outputs) -> tuple[str, ...]:
    """Name everybody who is told: ``person.marie``, ``way.log``."""
    people = (f"person.{name}" for name in outputs.person)
    return (*people, *(f"way.{name}" for name in outputs.machines))


def heeded(
    alerts: Iterable[Alert], decisions: Iterable[Decision], mains: Mapping[Mac, Mac]
) -> frozenset[str]:
    """Give the ids of *alerts* about whose device somebody decided something since they began.

    To have looked at an alert counts for that one alone, and for no danger: that asks for an act.
    *mains* names, by hardware address, the one that stands for its device.
    """
    last: dict[Mac, float] = {}
    closed: set[str] = set()
    seen: set[str] = set()
    for decision in decisions:
        if decision.verdict is Verdict.CLOSE:
            closed.add(decision.alert)
        elif decision.verdict is Verdict.SEEN:
            seen.add(decision.alert)
        else:
            last[mains.get(decision.mac, decision.mac)] = decision.at
    return frozenset(
        alert.id
        for alert in alerts
        if alert.id in closed
        or (alert.id in seen and alert.severity < Severity.DANGER)
        or last.get(mains.get(alert.about, alert.about), 0.0) > alert.first_at
    )


def plan(
    outputs: Outputs, known: Known, now: float, zone: tzinfo | None = None
) -> tuple[Message, ...]:
    """Give what is to be told now and was not before, in the order in which it began."""
    messages: dict[str, Message] = {}
    for message in _all(outputs, known, now, zone):
        if message.id not in known.made:
            messages.setdefault(message.id, message)
    return tuple(gathered(messages.values(), known.cases, known.made, now))


def _all(outputs: Outputs, known: Known, now: float, zone: tzinfo | None) -> Iterator[Message]:
    for alert in sorted(known.alerts, key=lambda one: (one.first_at, one.id)):
        if alert.state is not AlertState.OPEN or alert.last_at < now - BACK:
            continue
        for way, machine in outputs.machines.items():
            if alert.severity >= Severity[machine.least.upper()]:
                yield from _begun(alert, "", way, known.since[f"way.{way}"])
        for name, person in outputs.person.items():
            if not _held(person, alert, now, zone):
                for way in person.ways(alert.severity.name.lower()):
                    yield from _begun(alert, name, way, known.since[f"person.{name}"])
        if alert.severity >= Severity.WARNING and alert.id not in known.heeded:
            yield from _unheeded(outputs, known, alert, now, zone)
    for name, person in outputs.person.items():
        yield from _digest(name, person, known, now, zone)
        yield from _report(name, person, known, now, zone)


def _held(person: Person, alert: Alert, now: float, zone: tzinfo | None) -> bool:
    return alert.severity < Severity.DANGER and is_quiet(person.quiet, now, zone)


def _begun(alert: Alert, who: str, way: str, since: float) -> Iterator[Message]:
    began = alert.last_at if alert.severity is Severity.DANGER else alert.first_at
    if began >= since:
        yield _about(alert, Kind.ALERT, who, way)


def _about(alert: Alert, kind: Kind, who: str, way: str, minutes: int = 0) -> Message:
    return Message(
        kind=kind,
        way=way,
        who=who,
        alerts=(alert.id,),
        severity=alert.severity,
        minutes=minutes,
    )


def _unheeded(
    outputs: Outputs, known: Known, alert: Alert, now: float, zone: tzinfo | None
) -> Iterator[Message]:
    severity = alert.severity.name.lower()
    for name, person in outputs.person.items():
        other = outputs.person.get(person.then)
        if other is None or _held(other, alert, now, zone):
            continue
        told = _told_at(name, person, alert, known)
        if told is not None and now >= told + person.after_minutes * 60:
            for way in other.ways(severity) or other.danger:
                yield _about(alert, Kind.UNHEEDED, person.then, way, person.after_minutes)


def _told_at(name: str, person: Person, alert: Alert, known: Known) -> float | None:
    """Give when *person* was first told of *alert* as bad as it is, or None."""
    ids = (
        _about(alert, kind, name, way).id
        for kind in (Kind.ALERT, Kind.UNHEEDED)
        for way in (*person.ways(alert.severity.name.lower()), *person.danger)
    )
    return min((known.made[id_] for id_ in ids if id_ in known.made), default=None)


def _digest(
    name: str, person: Person, known: Known, now: float, zone: tzinfo | None
) -> Iterator[Message]:
    if not person.digest:
        return
    moment = latest(person.digest_at, now, zone)
    at = moment.timestamp()
    if now - at > LATE or at < known.since[f"person.{name}"]:
        return
    about = [
        alert
        for alert in known.alerts
        if alert.first_at <= at < alert.last_at + DAY
        and not person.ways(alert.severity.name.lower())
    ]
    if about:
        about.sort(key=lambda alert: (-alert.severity, alert.first_at))
        for way in person.digest:
            yield Message(
                kind=Kind.DIGEST,
                way=way,
                who=name,
                alerts=tuple(alert.id for alert in about),
                day=moment.date().isoformat(),
            )


def _report(
    name: str, person: Person, known: Known, now: float, zone: tzinfo | None
) -> Iterator[Message]:
    if not person.report:
        return
    first = latest(person.digest_at, now, zone).replace(day=1)
    at = first.timestamp()
    if now - at > LATE_REPORT or at < known.since[f"person.{name}"]:
        return
    month = (first - timedelta(days=1)).strftime("%Y-%m")
    for way in person.report:
        yield Message(kind=Kind.REPORT, way=way, who=name, day=month)
