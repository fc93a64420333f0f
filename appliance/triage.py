"""From findings to alerts: folds repeats, applies what people decided, and says how bad it is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from appliance.decisions import Standing
from appliance.detectors.base import About
from appliance.durations import DAY
from appliance.hours import Hours
from appliance.memory import Memory
from appliance.model import Alert, AlertState, Finding, Level, Mac, Severity

AGAIN = DAY
"""Seconds for which more trouble of a device that is alarmed already is the same news: whoever was
told looks at all that the device does. After a day without being dealt with it is news again."""

PEERS = 8
"""Other sides remembered of an alert: more than a person looks at one by one."""

SHOUTS = 16
"""Dangers that are told to the panel at once; one more would change nothing that anybody does."""

OPEN_ALERTS = 2000
"""Troubles folded at once; the one not heard of for longest is no longer added to."""


class Triage:
    """Holds the alerts that are not closed, and folds findings into them."""

    def __init__(self, cards: Iterable[About], hours: Hours | None = None) -> None:
        self._cards: Mapping[str, About] = {card.id: card for card in cards}
        self._hours = hours
        self._alerts: Memory[tuple[str, ...], Alert] = Memory(OPEN_ALERTS)
        self._standing = Standing()
        self._changed: dict[str, Alert] = {}
        self.timed = True
        """The times of findings are known to be right; said of alerts that begin."""

    def restore(self, alerts: Iterable[Alert]) -> None:
        """Go on with the alerts that were not closed before a restart."""
        for alert in alerts:
            self._alerts.put(alert.key, alert)

    def take(self, finding: Finding) -> Alert:
        """Fold *finding* into its alert, and give that."""
        card = self._cards[finding.detector]
        night = self._is_night(card, finding.at)
        severity = finding.severity or card.severity
        if night and finding.graver_at_night:
            severity = Severity(min(severity + 1, Severity.DANGER))
        known = self._alerts.get(finding.key)
        if known is not None and self._is_news(known, finding):
            known = None
        if known is None:
            alert = Alert(
                id=identifier(finding.key, finding.at),
                key=finding.key,
                detector=finding.detector,
                severity=severity,
                about=finding.about,
                first_at=finding.at,
                last_at=finding.at,
                count=1,
                state=AlertState.OPEN,
                words=finding.words,
                attack=card.attack,
                src_ip=finding.src_ip,
                dest_ip=finding.dest_ip,
                peers=(finding.peer,),
                at_night=night,
                timed=self.timed,
            )
        elif known.state is AlertState.OPEN and self._is_normal(known, (finding.peer,), finding.at):
            return known  # what is normal says nothing new of what is not
        else:
            alert = replace(
                known,
                severity=max(known.severity, severity),
                last_at=max(known.last_at, finding.at),
                count=known.count + 1,
                words=finding.words,
                src_ip=finding.src_ip or known.src_ip,
                dest_ip=finding.dest_ip or known.dest_ip,
                peers=_beside(known.peers, finding.peer),
                at_night=night or (known.at_night and known.severity > severity),
            )
        alert = self._judge(alert, finding.at)
        news = known is None or known.state is not alert.state or alert.severity > known.severity
        if news and alert.state is AlertState.OPEN:
            alert = replace(alert, again=self._is_again(alert, finding.at))
        if alert.state is AlertState.CLOSED:
            self._alerts.pop(finding.key)
        else:
            self._alerts.put(finding.key, alert)
        self._changed[alert.id] = alert
        return alert

    def heed(self, standing: Standing, now: float) -> list[Alert]:
        """Apply what people decided to all alerts held; give those that changed by it."""
        self._standing = standing
        changed: list[Alert] = []
        for alert in list(self._alerts.values()):
            judged = self._judge(alert, now)
            if judged.state is AlertState.CLOSED:
                self._alerts.pop(alert.key)
            elif judged is not alert:
                self._alerts.replace(alert.key, judged)
            if judged is not alert:
                self._changed[judged.id] = judged
                changed.append(judged)
        return changed

    def take_changed(self) -> list[Alert]:
        """Give the alerts that changed since this was last asked."""
        changed = list(self._changed.values())
        self._changed.clear()
        return changed

    def level(self) -> Level:
        """Say how the practice is, by the worst alert that is open."""
        worst = max(
            (alert.severity for alert in self._alerts.values() if alert.state is AlertState.OPEN),
            default=None,
        )
        if worst is Severity.DANGER:
            return Level.DANGER
        return Level.LOOK if worst is Severity.WARNING else Level.WELL

    def shouts(self) -> tuple[str, ...]:
        """Give the alerts that are a danger, and not one more on a device alarmed already."""
        found = [
            alert
            for alert in self._alerts.values()
            if alert.state is AlertState.OPEN
            and alert.severity is Severity.DANGER
            and not alert.again
        ]
        latest = sorted(found, key=lambda alert: (-alert.first_at, alert.id))
        return tuple(alert.id for alert in latest[:SHOUTS])

    @property
    def dropped(self) -> int:
        """Alerts no longer added to because there were too many."""
        return self._alerts.dropped

    def _judge(self, alert: Alert, now: float) -> Alert:
        """Give *alert* the state that people's decisions mean for it."""
        state = AlertState.OPEN
        if alert.id in self._standing.closed or self._approved(alert.detector, alert.about):
            state = AlertState.CLOSED
        elif self._is_normal(alert, alert.peers, now):
            state = AlertState.NORMAL
        return alert if state is alert.state else replace(alert, state=state)

    def _is_normal(self, alert: Alert, peers: tuple[str, ...], now: float) -> bool:
        return self._standing.is_normal(alert.detector, alert.about, peers, now)

    def _is_news(self, known: Alert, finding: Finding) -> bool:
        """Tell whether *known* is normal here and *finding*, with another side, is not.

        Then it begins an alert of its own: what was called normal has another past.
        """
        return (
            known.state is AlertState.NORMAL
            and finding.peer not in known.peers
            and not self._is_normal(known, (finding.peer,), finding.at)
        )

    def _is_again(self, alert: Alert, at: float) -> bool:
        """Tell whether the device of *alert* is alarmed already, and as much."""
        device = self._standing.main(alert.about)
        return any(
            other.state is AlertState.OPEN
            and other.id != alert.id
            and other.severity >= alert.severity
            and 0 <= at - other.first_at < AGAIN
            and self._standing.main(other.about) == device
            for other in self._alerts.values()
        )

    def _is_night(self, card: About, at: float) -> bool:
        """Tell whether nobody is in the practice, where that makes a finding worse."""
        return card.worse_at_night and self._hours is not None and self._hours.empty_at(at)

    def _approved(self, detector: str, mac: Mac) -> bool:
        """Tell whether all is said: *mac* is approved, or of a device that was always there."""
        known, at_home = self._standing.known.get(mac), mac in self._standing.at_home
        approved = known is not None and known.approved
        return self._cards[detector].ends_with_approval and (approved or at_home)


def _beside(peers: tuple[str, ...], peer: str) -> tuple[str, ...]:
    """Give *peers* with *peer* as the latest; what there is no room for becomes an empty one."""
    found = (*(each for each in peers if each != peer), peer)
    if len(found) <= PEERS:
        return found
    return ("", *[each for each in found if each][1 - PEERS :])


def identifier(key: tuple[str, ...], at: float) -> str:
    """Name the alert whose first finding had *key* at the time *at*, for good."""
    return sha256("\x1f".join((*key, f"{at:.6f}")).encode()).hexdigest()[:16]
