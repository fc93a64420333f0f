"""Gathers what a month's report is made of, from the store and from what the panel says.

The database adds alerts up; devices are gone through once, as the list of devices does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from appliance.condition import Condition, condition
from appliance.config import Config
from appliance.dossier.words import names
from appliance.durations import DAY
from appliance.hours import zone_of
from appliance.model import Device, Severity, Trust
from appliance.panel.client import PanelClient
from appliance.panel.journal import SHOWN, Entry
from appliance.panel.status import PanelStatus
from appliance.report.calendar import Month, Span, day_of, span_of
from appliance.report.calendar import months as listed
from appliance.report.events import events
from appliance.report.facts import DEVICES, Facts, Newcomer, Panel, Period
from appliance.report.machines import machines
from appliance.report.watching import days, watch
from appliance.store import Reader
from appliance.store.months import Months, Sums

CUTS = frozenset({"isolated"})
TESTS = frozenset(
    {
        "test_passed",
        "test_differs",
        "test_not_proven",
        "test_failed",
        "test_checking",
        "test_not_joined",
    }
)
"""What the journal calls a cut, and the end of a proof test."""

JOURNAL = CUTS | TESTS | {"reconnected", "proven", "not_proven", "failed", "other_exit"}
"""What of the journal is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where it is read."""

    config: Config
    reader: Reader
    months: Months
    status: PanelStatus | None
    """What the panel says; None when it does not answer."""
    condition: Callable[[Device, date], Condition] = condition
    """Works out the condition of a device on a day, or knows it already."""


def panel_status(config: Config) -> PanelStatus | None:
    """Ask the panel how things are, for `Sources`."""
    return PanelClient(config.run / "panel.sock").status_if_any()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What two months are counted from."""

    devices: tuple[Device, ...]
    log: tuple[Entry, ...]
    settled: float
    """When the learning time ended."""
    now: float

    def period(self, span: Span, sums: Sums) -> Period:
        """Count what happened in *span*."""
        first = [each.first_at for each in self.devices if span.holds(each.first_at)]
        new = sum(at >= self.settled for at in first)
        said = [each.what for each in self.log if span.holds(each.at)]
        alerts = dict.fromkeys(Severity, 0)
        for each in sums.sorts:
            alerts[each.severity] += each.count
        return Period(
            alerts=alerts,
            newcomers=new,
            learnt=len(first) - new,
            cuts=sum(what in CUTS for what in said),
            tests=sum(what in TESTS for what in said),
            journal_whole=len(self.log) < SHOWN or self.log[-1].at < span.since,
            incidents=len(sums.incidents),
            watch=watch(sums, span.since, span.until, self.now),
        )


def months(sources: Sources, now: float) -> tuple[Month, ...]:
    """Give the months of which there is a report, the latest first; raises StoreTrouble.

    From the first start of the box, and no further back than alerts are kept.
    """
    config = sources.config
    began = sources.months.began()
    kept = now - config.keep.alert_days * DAY
    zone = zone_of(config.practice.timezone)
    return listed(None if began is None else max(began, kept), now, zone)


def collect(sources: Sources, month: Month, now: float) -> Facts:
    """Give the facts of *month* as they are at *now*; raises StoreTrouble."""
    config = sources.config
    zone = zone_of(config.practice.timezone)
    span, last = span_of(month, zone), span_of(month.before, zone)
    sums, sums_before = (sources.months.sums(each.since, each.until) for each in (span, last))
    health, status = sources.reader.health(), sources.status
    seen = _Seen(
        devices=sources.reader.devices(),
        log=status.log if status else (),
        settled=(sums.began or 0.0) + config.home.learning_days * DAY,
        now=now,
    )
    there = [each for each in seen.devices if _there(each, span)]
    today = day_of(now, zone)
    judged = ((each, sources.condition(each, today)) for each in there)
    told, upkeep = machines(judged, config.renewal, now, today)
    whole_before = sums.began is not None and sums.began <= last.since
    return Facts(
        month=month,
        zone=zone,
        practice=config.practice.name,
        made_at=now,
        running=now < span.until,
        kept=(span.since >= now - config.keep.alert_days * DAY and sums.kept < config.keep.alerts),
        learning=bool(health and health.learning),
        this=seen.period(span, sums),
        before=seen.period(last, sums_before) if whole_before else None,
        open=sums.open,
        incident_open=sums.incident_open,
        sorts=sums.sorts,
        worst=events(sums.worst, sources.reader.decisions()),
        names=_names(seen.devices, sums),
        newcomers=_newcomers(sources, seen, span, today),
        unapproved=sum(each.trust is Trust.UNKNOWN for each in there),
        upkeep=upkeep,
        machines=told,
        journal=tuple(each for each in seen.log if each.what in JOURNAL and span.holds(each.at)),
        incidents=sums.incidents,
        days=tuple(days(span, sums, now)),
        panel=None if status is None else _panel(status),
    )


def _newcomers(sources: Sources, seen: _Seen, span: Span, today: date) -> tuple[Newcomer, ...]:
    fresh = [
        each for each in seen.devices if span.holds(each.first_at) and each.first_at >= seen.settled
    ]
    return tuple(
        Newcomer(
            name=each.name,
            kind=sources.condition(each, today).told.kind,
            at=each.first_at,
            trust=each.trust,
        )
        for each in nlargest(DEVICES, fresh, key=lambda each: each.first_at)
    )


def _there(device: Device, span: Span) -> bool:
    """Tell whether *device* was there in the month, as far as first and last sign tell."""
    return device.first_at < span.until and device.last_at >= span.since


def _names(devices: Iterable[Device], sums: Sums) -> Mapping[str, str]:
    """Give what the devices are called that the alerts told one by one are about."""
    wanted = {each.about for each in sums.worst}
    called = names(each for each in devices if not wanted.isdisjoint((each.mac, *each.also)))
    return {each.about: called[each.about] for each in sums.worst if each.about in called}


def _panel(status: PanelStatus) -> Panel:
    last = status.test.last if status.test else None
    return Panel(
        light=status.light,
        faults=frozenset(status.faults),
        tested_at=last.at if last else None,
        test_passed=last is None or last.what == "test_passed",
    )
