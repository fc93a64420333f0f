"""What is decided of several alerts at once: each is one decision and one note, as if alone.

What a person ticked is an alert as the page showed it. One that became worse since, or that
somebody else dealt with, is left alone, and that is said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from flask import request

from appliance.decisions import Verdict
from appliance.model import Alert, AlertState, Severity
from appliance.texts import say
from web.audit import note
from web.box import here
from web.format import counted
from web.quieting import SPANS, call_normal, sides

MOST = 500
"""Alerts decided of at once: more than a page shows."""


class What(StrEnum):
    """What can be decided of several."""

    SEEN = "seen"
    NORMAL = "normal"
    CLOSE = "close"


_FROM = {
    What.SEEN: (AlertState.OPEN,),
    What.NORMAL: (AlertState.OPEN, AlertState.CLOSED),
    What.CLOSE: (AlertState.OPEN,),
}
"""Where an alert stands of which that can be decided; the page of one alert offers the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody decides, and why."""

    what: What
    author: str
    reason: str = ""
    days: int = 0
    """For how long it is normal; 0 for good."""
    same: bool = True
    """It is normal with the other sides of each alert only."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """How many alerts that was done with, and how many not."""

    what: What
    done: int = 0
    left: dict[str, int] = field(default_factory=dict)
    """By ``worse``, ``otherwise`` and ``open``, the end of the texts' keys."""

    def words(self, tongue: str) -> Iterator[str]:
        """Say what was done and what was not."""
        if self.done:
            alerts = counted(tongue, "alerts", self.done)
            yield say(tongue, f"pick.done_{self.what.value}", alerts=alerts)
        for why, count in self.left.items():
            yield say(tongue, f"pick.left_{why}", alerts=counted(tongue, "alerts", count))


def ticked() -> dict[str, Severity]:
    """Give the ids of the alerts that were ticked, and how bad each was when it was shown."""
    found = {}
    for value in request.form.getlist("alert")[:MOST]:
        id_, _, severity = value.rpartition(".")
        if id_ and severity in {str(each.value) for each in Severity}:
            found[id_] = Severity(int(severity))
    return found


def decide(alerts: dict[str, Severity], said: Said) -> Outcome:
    """Write down what was *said* of each of *alerts*; raises ValueError for what is not offered."""
    if said.days not in SPANS:
        raise ValueError("not offered")
    outcome = Outcome(what=said.what)
    for id_, shown in alerts.items():
        why = _decided(id_, shown, said)
        if why:
            outcome.left[why] = outcome.left.get(why, 0) + 1
        else:
            outcome.done += 1
    return outcome


def close(alert: Alert, author: str, reason: str) -> None:
    """Note that *alert* has been dealt with."""
    _note(Verdict.CLOSE, alert, author, reason)


def see(alert: Alert, author: str) -> None:
    """Note that *author* has looked at *alert*."""
    _note(Verdict.SEEN, alert, author, "")


def _note(verdict: Verdict, alert: Alert, author: str, reason: str) -> None:
    here().office.decide(
        author=author, verdict=verdict, alert=alert.id, mac=alert.about, reason=reason
    )
    note(author, "decide", f"{verdict.value} {alert.id}")


def _decided(id_: str, shown: Severity, said: Said) -> str:
    """Decide of one alert; give why not, if so."""
    alert = here().reader.alert(id_)
    if alert is None or alert.state not in _FROM[said.what]:
        return "otherwise"
    if alert.severity > shown:
        return "worse"
    match said.what:
        case What.SEEN:
            see(alert, said.author)
        case What.CLOSE:
            close(alert, said.author, said.reason)
        case What.NORMAL:
            for peer in _peers(alert, same=said.same):
                call_normal(
                    alert, author=said.author, reason=said.reason, days=said.days, peer=peer
                )
            judged = here().reader.alert(id_)
            if judged and judged.state is AlertState.OPEN:
                return "open"
    return ""


def _peers(alert: Alert, *, same: bool) -> Iterable[str]:
    """Give the sides it is normal with; one without any is normal whatever the side."""
    return (same and sides(alert)) or ("",)
