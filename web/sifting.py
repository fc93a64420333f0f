"""The list of alerts: what the reader asked for, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, request

from appliance.durations import DAY
from appliance.model import AlertState, Mac, Severity
from appliance.store import Number, Sift
from web import forms
from web.box import here
from web.roster import Roster, terms
from web.searching import term

SHELVES: Mapping[str, Sift] = {
    "open": Sift(state=AlertState.OPEN),
    "seen": Sift(state=AlertState.OPEN, seen=True),
    "normal": Sift(state=AlertState.NORMAL),
    "closed": Sift(state=AlertState.CLOSED),
    "all": Sift(),
}
"""Where alerts stand, as people choose among it."""

SPANS = (1, 7, 30, 90, 365)
"""Days that the list can be limited to, by when an alert was last heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the list wants to see."""

    state: str = "open"
    """One of `SHELVES`."""
    words: str = ""
    severity: str = ""
    detector: str = ""
    device: str = ""
    """A hardware address of it."""
    days: int = 0
    newest: bool = False

    @property
    def query(self) -> dict[str, str]:
        """The same as a query string's parts."""
        found = {
            "state": self.state if self.state != "open" else "",
            "q": self.words,
            "severity": self.severity,
            "detector": self.detector,
            "device": self.device,
            "days": str(self.days or ""),
            "sort": "newest" if self.newest else "",
        }
        return {key: value for key, value in found.items() if value}

    @property
    def any(self) -> bool:
        """Anything at all was asked for, beyond a state and an order."""
        return bool(self.query.keys() - {"state", "sort"})

    def on(self, state: str) -> dict[str, str]:
        """Give the query that asks for the same in another *state*."""
        return replace(self, state=state).query

    def without(self, key: str) -> dict[str, str]:
        """Give the query without one of its parts."""
        return {each: value for each, value in self.query.items() if each != key}

    def bare(self) -> dict[str, str]:
        """Give the query for all that stands in the same state."""
        return Asked(state=self.state, newest=self.newest).query

    def fits(self, one: Number, *, but: str = "") -> bool:
        """Tell whether alerts like *one* are wanted, whatever they are in the respect of *but*."""
        shelf = SHELVES[self.state]
        return (
            (but == "state" or shelf.state in {None, one.state})
            and (but == "state" or not shelf.seen or one.seen)
            and (but == "severity" or self.severity in {"", one.severity.name.lower()})
            and (but == "detector" or self.detector in {"", one.detector})
        )


def asked() -> Asked:
    """Give what the address asks for; 404 for a state that there is not."""
    given = request.args
    state = given.get("state") or "open"
    if state not in SHELVES:
        abort(404)
    severity = given.get("severity", "")
    days = given.get("days", 0, type=int)
    return Asked(
        state=state,
        words=forms.cut(given.get("q", ""), 80),
        severity=severity if severity.upper() in Severity.__members__ else "",
        detector=forms.cut(given.get("detector", ""), 40),
        device=forms.cut(given.get("device", ""), 17),
        days=days if days in SPANS else 0,
        newest=given.get("sort") == "newest",
    )


def sift(wanted: Asked, every: Roster, tongue: str) -> Sift:
    """Give the question to the store."""
    return replace(
        SHELVES[wanted.state],
        severity=Severity[wanted.severity.upper()] if wanted.severity else None,
        detector=wanted.detector,
        mac=Mac(wanted.device) if wanted.device else None,
        since=here().now() - wanted.days * DAY if wanted.days else None,
        terms=tuple(term(word, every, tongue) for word in terms(wanted.words)),
        newest=wanted.newest,
    )
