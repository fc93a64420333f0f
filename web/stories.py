"""Cases and alerts as one list: the alerts of a case fold under it and do not stand alone."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from appliance.model import Alert, AlertState, Case
from appliance.store import Reader
from web.folding import Fold
from web.wording import Names, Told, tell, tell_case

SHOWN = 20
"""Cases above a list; a practice with more has another trouble than finding them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A case, and those of its alerts that the list is about."""

    case: Case
    words: Told
    alerts: tuple[tuple[Alert, Told], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a list: a case, or an alert that stands alone."""

    about: Case | Alert
    words: Told
    is_case: bool
    after: tuple[tuple[Alert, Told], ...] = ()
    """Alerts that came after one that stands alone (`web.folding`)."""
    inside: tuple[tuple[Alert, Told], ...] = ()
    """Those alerts of a case that the list is about."""


def stories(
    reader: Reader, states: Collection[AlertState], tongue: str, names: Names
) -> tuple[Story, ...]:
    """Give the cases in one of *states*, the last heard of first, with their alerts in them."""
    found = []
    for case in reader.cases(states=states, limit=SHOWN):
        _, alerts = reader.case(case.id) or (case, ())
        found.append((case, tuple(alert for alert in alerts if alert.state in states)))
    return told(found, tongue, names)


def told(
    cases: Iterable[tuple[Case, tuple[Alert, ...]]], tongue: str, names: Names
) -> tuple[Story, ...]:
    """Put *cases* and their alerts into words."""
    return tuple(
        Story(
            case=case,
            words=tell_case(tongue, case, names),
            alerts=tuple((alert, tell(tongue, alert, names)) for alert in alerts),
        )
        for case, alerts in cases
    )


def alone(alerts: Iterable[Alert], every: Iterable[Story]) -> list[Alert]:
    """Give those of *alerts* that are in none of the cases."""
    inside = {alert.id for each in every for alert, _ in each.alerts}
    return [alert for alert in alerts if alert.id not in inside]


def worst_first(lone: Iterable[Fold], every: Iterable[Story]) -> list[Line]:
    """Give cases and lone alerts as lines: the worst first, of the equally bad a case before."""
    return sorted(
        _lines(lone, every),
        key=lambda line: (-line.about.severity, not line.is_case, -line.about.last_at),
    )


def newest_first(lone: Iterable[Fold], every: Iterable[Story]) -> list[Line]:
    """Give cases and lone alerts as lines, the last heard of first."""
    return sorted(_lines(lone, every), key=lambda line: -line.about.last_at)


def _lines(lone: Iterable[Fold], every: Iterable[Story]) -> Iterator[Line]:
    for story in every:
        yield Line(about=story.case, words=story.words, is_case=True, inside=story.alerts)
    for one in lone:
        yield Line(about=one.alert, words=one.words, is_case=False, after=tuple(one.after))
