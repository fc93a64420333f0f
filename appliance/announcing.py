"""Announcing a cut: the sensor's part of automatic isolation, for detectors the technician named.

An alert that is a danger announces once, when it becomes one, and after it is on the card; the
panel counts down, so the outputs have at least ten seconds to tell people of the danger and of the
count-down (`outputs.line`). Nothing is announced while a worm sleeps only as long as it
reaches the internet: a cut would wake it.
"""

import logging
from collections.abc import Callable, Iterable

from appliance.incidents import wakes_when_cut
from appliance.memory import Memory
from appliance.model import Alert, AlertState, Severity
from appliance.panel.client import PanelClient, PanelRefused, PanelUnreachable

TRIES = 60
"""How often, once a second, a panel is asked that does not answer or is testing the cut: what was
seen longer ago is for people."""

REMEMBERED = 2000
"""Alerts that announced, or were a danger before the start; no more are open at once."""

_TESTED = "test_running"

log = logging.getLogger(__name__)


class Announcing:
    """Announces for the detectors *named*; *open_alerts* gives all alerts that are not closed."""

    def __init__(
        self,
        named: Iterable[str],
        panel: PanelClient,
        open_alerts: Callable[[], Iterable[Alert]],
    ) -> None:
        self._named = frozenset(named)
        self._panel = panel
        self._open_alerts = open_alerts
        self._known: Memory[str, None] = Memory(REMEMBERED)
        self._due: Alert | None = None
        self._left = 0
        if self._named:  # what was a danger before a restart was announced then
            self._take(open_alerts())

    def hear(self, alerts: Iterable[Alert]) -> None:
        """Take in *alerts* that changed, and are on the card; announce what is to be."""
        found = self._take(alerts)
        if found and self._due is None:
            self._due, self._left = found[0], TRIES
            self.go_on()

    def go_on(self) -> None:
        """Ask the panel for the count-down that is due, if any; to be called once a second."""
        if self._due is None:
            return
        if wakes_when_cut(self._open_alerts()):
            log.warning("No cut is announced: it would wake a worm that sleeps.")
            self._due = None
            return
        self._left -= 1
        try:
            self._panel.announce(self._due.detector, self._due.id)
        except (PanelUnreachable, PanelRefused) as why:
            again = isinstance(why, PanelUnreachable) or why.key == _TESTED
            if again and self._left > 0:
                return
            log.warning("The cut that %s calls for is not announced: %s", self._due.id, why)
        self._due = None

    def _take(self, alerts: Iterable[Alert]) -> list[Alert]:
        """Give those of *alerts* that newly call for a cut."""
        found = [
            alert
            for alert in alerts
            if alert.detector in self._named
            and alert.severity is Severity.DANGER
            and alert.state is AlertState.OPEN
            and alert.id not in self._known
        ]
        for alert in found:
            self._known.put(alert.id, None)
        return found
