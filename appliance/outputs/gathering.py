"""Several alerts of one case told together: an intrusion has many steps, and its first one calls.

The first message of a case goes out at once, and so does whatever is worse than what was told.
What follows within `GATHER` waits until then, and comes as one message. Programs get each alert.
A pure function, asked again and again, as the plan is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from appliance.model import Case, Severity
from appliance.outputs.message import Kind, Message

GATHER = 600.0
"""Seconds in which more of a case is not told by itself. Who was called is on the way by then, and
somebody's telephone that rings with each step of an intruder is switched off."""


def gathered(
    messages: Iterable[Message], cases: Iterable[Case], made: Mapping[str, float], now: float
) -> Iterator[Message]:
    """Yield *messages* with those of one of *cases* to one person together, or not yet.

    *made* says when each message was made, by id.
    """
    case_of = {id_: case for case in cases for id_ in case.alerts}
    groups: dict[tuple[str, ...], list[Message]] = {}
    for message in messages:
        case = case_of.get(message.alerts[0]) if message.alerts else None
        if case is None or message.kind is not Kind.ALERT or not message.who:
            yield message
        else:
            groups.setdefault((message.who, message.way, case.id), []).append(message)
    for group in groups.values():
        worst = max(message.severity for message in group)
        if worst > _told(group[0], case_of[group[0].alerts[0]], made, now):
            yield _together(group)


def parts(message: Message) -> tuple[Message, ...]:
    """Give the messages that a gathered one stands for, which need not be sent any more."""
    if message.kind is not Kind.GATHERED:
        return ()
    return tuple(
        replace(message, kind=Kind.ALERT, alerts=(id_,), severity=severity, each=())
        for id_, severity in zip(message.alerts, message.each, strict=True)
    )


def _told(like: Message, case: Case, made: Mapping[str, float], now: float) -> int:
    """Give the worst that was lately told of *case* to whom *like* is for; 0 for nothing."""
    return max(
        (
            severity
            for id_ in case.alerts
            for severity in Severity
            if 0
            <= now - made.get(replace(like, alerts=(id_,), severity=severity).id, -GATHER)
            < GATHER
        ),
        default=0,
    )


def _together(group: list[Message]) -> Message:
    if len(group) == 1:
        return group[0]
    worst_first = sorted(group, key=lambda message: -message.severity)
    return replace(
        group[0],
        kind=Kind.GATHERED,
        alerts=tuple(message.alerts[0] for message in worst_first),
        severity=worst_first[0].severity,
        each=tuple(message.severity for message in worst_first),
    )
