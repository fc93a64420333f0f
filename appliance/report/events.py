"""The dangers and warnings of a month, with what people did about each."""

from collections.abc import Iterable

from appliance.decisions import Decision, Verdict
from appliance.model import Alert, AlertState
from appliance.report.facts import Done, Event

_DOES = (Verdict.CLOSE, Verdict.NORMAL, Verdict.APPROVE)


def events(alerts: Iterable[Alert], decisions: Iterable[Decision]) -> tuple[Event, ...]:
    """Give each of *alerts* with the latest of *decisions* that ended it, if one did.

    One that people closed is closed at once, also while the sensor is down.
    """
    made: dict[tuple[str, ...], Decision] = {}
    for decision in decisions:
        if decision.verdict in _DOES:
            made[_about(decision)] = decision
    return tuple(_event(alert, made) for alert in alerts)


def _event(alert: Alert, made: dict[tuple[str, ...], Decision]) -> Event:
    closed = made.get((Verdict.CLOSE, alert.id))
    if alert.state is AlertState.OPEN and closed is None:
        return Event(alert=alert, open=True)
    by = closed or made.get((Verdict.NORMAL, alert.detector, alert.about))
    if by is None and alert.state is AlertState.CLOSED:
        by = made.get((Verdict.APPROVE, alert.about))
    done = None
    if by is not None:
        done = Done(what=by.verdict.value, at=by.at, who=by.author, reason=by.reason)
    return Event(alert=alert, open=False, done=done)


def _about(decision: Decision) -> tuple[str, ...]:
    match decision.verdict:
        case Verdict.CLOSE:
            return (Verdict.CLOSE, decision.alert)
        case Verdict.NORMAL:
            return (Verdict.NORMAL, decision.detector, decision.mac)
        case _:
            return (Verdict.APPROVE, decision.mac)
