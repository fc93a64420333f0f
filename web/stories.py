"""Cases and alerts as one list: the alerts of a case fold under it and do not stand alone."""

from collections.abc import Collection, Iterable
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


def stories(
    reader: Reader, states: Collection[AlertState], tongue: str, names: Names
) -> tuple[Story, ...]:
    """Give the cases in one of *states*, the last heard of first, with their alerts in them."""
    found = []
    for case in reader.cases(states=states, limit=SHOWN):
        _, alerts = reader.case(case.id) or (case, ())
        found.append(
            Story(
                case=case,
                words=tell_case(tongue, case, names),
                alerts=tuple(
                    (alert, tell(tongue, alert, names)) for alert in alerts if alert.state in states
                ),
            )
        )
    return tuple(found)


def alone(alerts: Iterable[Alert], told: Iterable[Story]) -> list[Alert]:
    """Give those of *alerts* that are in none of the cases."""
    inside = {alert.id for each in told for alert, _ in each.alerts}
    return [alert for alert in alerts if alert.id not in inside]


def worst_first(lone: Iterable[Fold], told: Iterable[Story]) -> list[Line]:
    """Give cases and lone alerts as lines: the worst first, of the equally bad a case before."""
    lines = [Line(about=each.case, words=each.words, is_case=True) for each in told]
    lines += [
        Line(about=each.alert, words=each.words, is_case=False, after=tuple(each.after))
        for each in lone
    ]
    return sorted(
        lines, key=lambda line: (-line.about.severity, not line.is_case, -line.about.last_at)
    )
