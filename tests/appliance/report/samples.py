"""A calm month, and what makes another of it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from appliance.model import Level, Severity
from appliance.report.calendar import Month
from appliance.report.facts import Facts, Panel, Period, Upkeep, Watch
from appliance.store.months import Sort

PARIS = ZoneInfo("Europe/Paris")
OCTOBER = Month(2026, 10)
MADE = OCTOBER.end(PARIS) - 3600.0
HOUR = 3600.0

SEEN = Watch(wanted=700 * HOUR, elapsed=700 * HOUR, saw=700 * HOUR)


def facts(**changes: object) -> Facts:
    """Give the facts of an October in which nothing happened, with *changes*."""
    calm = Facts(
        month=OCTOBER,
        zone=PARIS,
        practice="Cabinet des Tilleuls",
        made_at=MADE,
        running=True,
        this=Period(watch=SEEN),
        before=Period(watch=SEEN),
        upkeep=Upkeep(computers=4, updated=4, protected=4),
        panel=Panel(light=Level.WELL),
    )
    return replace(calm, **changes)  # type: ignore[arg-type]  # by name


def watch(unseen: float) -> Period:
    """Give a month in which the box saw nothing for *unseen* hours of 700."""
    return Period(watch=replace(SEEN, saw=SEEN.elapsed - unseen * HOUR))


def sort(severity: Severity, count: int, still: int, detector: str = "port_scan") -> Sort:
    """Give *count* alerts of one kind, *still* of them open."""
    return Sort(detector=detector, severity=severity, count=count, open=still)
