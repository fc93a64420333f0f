"""From alerts to cases: what follows each other as the steps of an intrusion do is one story.

Alerts hang together when they are about one device, or when the device of one reached that of the
other before it acted itself, and when no more than `SPAN` lies between the first finding of each
and the next. They are a case when one of them is at a later stage than one before it, and at least
one is more than a notice. A case is as bad as its worst alert, and one step worse from `STEPS`
stages on: three things that may each have an innocent reason seldom have three reasons within
hours. That something new arrived, and mere notices, do not count for this: on the day of a
technician's visit a new laptop that sweeps the network and is controlled from outside is no more
than a warning.

Stages are those of `appliance.stages`. It misses an intrusion that waits longer than `SPAN`
between two steps, and one whose steps are found in the opposite order only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from appliance.detectors.base import About, Network
from appliance.durations import HOUR
from appliance.memory import Memory
from appliance.model import NO_MAC, Alert, AlertState, Case, Mac, Severity
from appliance.stages import Stage
from appliance.triage import identifier

SPAN = HOUR
"""Seconds between a step and the next. An intruder at the keyboard goes on within minutes, and
detectors that count take up to half an hour to speak; half a day later it is another story."""

STEPS = 3
"""Stages from which on a case is one step worse than its worst alert."""

ALERTS = 2000
"""Alerts held at once, as many as triage folds; the one not heard of for longest is let go."""

AT_ONCE = 100
"""Alerts of one case: a page that people can read. One that scans a whole network has more; then
those of the stage with most of them stay alerts of their own, and the next stage is not missed."""

DEVICES = 4096
"""Devices remembered as having acted or been reached, as many as the inventory knows."""


@dataclass(slots=True, eq=False)
class _Trail:
    """Alerts that hang together; a case, when they rise."""

    id: str
    born_at: float
    steps: dict[str, "_Step"] = field(default_factory=dict)
    told: Case | None = None
    """The case as it was last given out."""
    into: "_Trail | None" = None
    """The trail that this one turned out to be part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """An alert in its place."""

    alert: Alert
    device: Mac
    stage: Stage
    trail: _Trail


@dataclass(frozen=True, slots=True)
class _Mark:
    """When a device acted, or was reached, and in which trail."""

    at: float
    trail: _Trail


class Cases:
    """Holds the open alerts that are steps of something, and says which of them are cases.

    Alerts are taken one at a time, as findings come: how packets were cut into blocks does not
    matter. Those that people closed or called normal leave.
    """

    def __init__(self, cards: Iterable[About]) -> None:
        self._stages: Mapping[str, Stage] = {
            card.id: card.stage for card in cards if card.stage is not None
        }
        self._steps: Memory[str, _Step] = Memory(ALERTS)
        self._acted: Memory[Mac, _Mark] = Memory(DEVICES)
        self._reached: Memory[Mac, _Mark] = Memory(DEVICES)
        self._touched: dict[str, _Trail] = {}
        self._open: dict[str, Case] = {}
        self._changed: dict[str, Case] = {}

    def restore(self, cases: Iterable[Case], alerts: Iterable[Alert], network: Network) -> None:
        """Go on with the cases and alerts that were not closed before a restart."""
        trails: dict[str, _Trail] = {}
        for case in cases:
            trail = self._touch(_Trail(case.id, case.first_at, told=case))
            trails.update(dict.fromkeys(case.alerts, trail))
        for alert in sorted(alerts, key=lambda one: (one.first_at, one.id)):
            self._take(alert, network, trails.get(alert.id))

    def take(self, alert: Alert, network: Network) -> None:
        """Take in *alert*, new or changed; *network* is as it is at this moment."""
        self._take(alert, network, None)

    def take_changed(self) -> list[Case]:
        """Give the cases that changed since this was last asked."""
        self._settle()
        changed = list(self._changed.values())
        self._changed.clear()
        return changed

    def worst(self) -> Severity | None:
        """Give the severity of the worst open case, None when there is none."""
        self._settle()
        return max((case.severity for case in self._open.values()), default=None)

    @property
    def dropped(self) -> int:
        """Alerts no longer held because there were too many."""
        return self._steps.dropped

    def _take(self, alert: Alert, network: Network, trail: _Trail | None) -> None:
        step = self._steps.get(alert.id)
        if alert.state is not AlertState.OPEN:
            if step is not None:
                self._steps.pop(alert.id)
                self._leave(step)
            return
        if step is None:
            placed = self._placed(alert, network)
            if placed is None:
                return
            device, also, stage = placed
            trail = trail or self._followed(alert, (device, *also))
            step = _Step(alert=alert, device=device, stage=stage, trail=trail)
        else:
            step = replace(step, alert=alert, trail=_whole(step.trail))
        self._hold(step)
        self._remember(step, network)

    def _placed(self, alert: Alert, network: Network) -> tuple[Mac, tuple[Mac, ...], Stage] | None:
        """Give which device took which step, and its other addresses; None for no step of any.

        Who tries doors from outside is no device of ours, whatever gateway passed it on: the step
        is that of the device that was tried, which strangers now try to enter.
        """
        stage = self._stages.get(alert.detector)
        mac: Mac | None = alert.about
        if stage is not None and alert.src_ip and network.is_outside(alert.src_ip):
            if stage is Stage.LOOKING:
                return None
            if network.is_gateway(alert.about):
                mac = network.holder(alert.dest_ip) if alert.dest_ip else None
            stage = Stage.ENTRY if stage is Stage.SPREADING else stage
        if stage is None or mac is None or mac == NO_MAC:
            return None
        device = network.device(mac)
        return (device.mac, device.also, stage) if device else (mac, (), stage)

    def _followed(self, alert: Alert, addresses: tuple[Mac, ...]) -> _Trail:
        """Give the trail that *alert* goes on with, or begins."""
        found: list[_Trail] = []
        for mac in addresses:
            for marks, early in ((self._acted, SPAN), (self._reached, 0.0)):
                mark = marks.get(mac)
                if mark and -early <= alert.first_at - mark.at <= SPAN:
                    found.append(_whole(mark.trail))
        found = sorted(dict.fromkeys(found), key=lambda trail: (trail.born_at, trail.id))
        if not found:
            return _Trail(identifier(("case", alert.id), alert.first_at), alert.first_at)
        first, *others = found
        for other in others:
            first.steps.update(other.steps)
            other.steps.clear()
            other.into = first
            self._touch(other)
        return first

    def _hold(self, step: _Step) -> None:
        trail = self._touch(step.trail)
        trail.steps[step.alert.id] = step
        oldest = self._steps.oldest()
        if self._steps.put(step.alert.id, step) is not None and oldest:
            self._forget(oldest[1])
        while len(trail.steps) > AT_ONCE:
            ((most, _),) = Counter(each.stage for each in trail.steps.values()).most_common(1)
            *_, last = (id_ for id_, each in trail.steps.items() if each.stage is most)
            self._steps.pop(last)
            trail.steps.pop(last)

    def _remember(self, step: _Step, network: Network) -> None:
        """Remember that the device acted, and whom it reached."""
        alert, trail = step.alert, step.trail
        mark = self._acted.get(step.device)
        if mark is None or mark.at <= alert.first_at:
            self._acted.put(step.device, _Mark(alert.first_at, trail))
        if step.stage >= Stage.LOOKING and alert.dest_ip:
            target = network.holder(alert.dest_ip)
            if target is not None and target not in {step.device, alert.about}:
                self._reached.put(target, _Mark(alert.last_at, trail))

    def _leave(self, step: _Step) -> None:
        trail = self._touch(_whole(step.trail))
        trail.steps.pop(step.alert.id, None)

    def _forget(self, step: _Step) -> None:
        """Let go of an alert that there is no room for; its case stays as it was told."""
        trail = _whole(step.trail)
        trail.steps.pop(step.alert.id, None)
        if not trail.steps:
            self._open.pop(trail.id, None)

    def _touch(self, trail: _Trail) -> _Trail:
        self._touched[trail.id] = trail
        return trail

    def _settle(self) -> None:
        """Work out what the trails that changed come to."""
        for trail in self._touched.values():
            told = trail.told
            case = _case(trail) or (told and replace(told, state=AlertState.CLOSED))
            if case is None or case == told:
                continue
            trail.told = self._changed[case.id] = case
            self._open.pop(case.id, None)
            if case.state is AlertState.OPEN:
                self._open[case.id] = case
        self._touched.clear()


def _whole(trail: _Trail) -> _Trail:
    """Give the trail that *trail* is now part of."""
    while trail.into is not None:
        trail = trail.into
    return trail


def _case(trail: _Trail) -> Case | None:
    """Give the case that *trail* is; None when its steps do not rise, or are only notices."""
    steps = sorted(
        trail.steps.values(), key=lambda each: (each.alert.first_at, each.stage, each.alert.id)
    )
    worst = max((step.alert.severity for step in steps), default=Severity.NOTICE)
    if worst is Severity.NOTICE or not _rises(steps):
        return None
    counted = {
        step.stage
        for step in steps
        if step.stage > Stage.ARRIVAL and step.alert.severity > Severity.NOTICE
    }
    raised = worst + 1 if len(counted) >= STEPS else worst
    about, *also = dict.fromkeys(step.device for step in steps)
    return Case(
        id=trail.id,
        about=about,
        also=tuple(also),
        severity=Severity(min(raised, Severity.DANGER)),
        first_at=steps[0].alert.first_at,
        last_at=max(step.alert.last_at for step in steps),
        alerts=tuple(step.alert.id for step in steps),
        stages=tuple(sorted({step.stage for step in steps})),
        state=AlertState.OPEN,
    )


def _rises(steps: Iterable[_Step]) -> bool:
    """Tell whether any of *steps*, in the order of time, is at a later stage than one before."""
    lowest = max(Stage)
    for step in steps:
        if step.stage > lowest:
            return True
        lowest = min(lowest, step.stage)
    return False
