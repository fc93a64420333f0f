"""What the report of a month is made of: values, and nothing that acts.

What *happened* is cut by the month. What *is* (a system past its support, a device that nobody
approved, what is still open) holds at the time the report is made, of what was there in the month.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from appliance.model import Alert, Level, Severity, Trust
from appliance.panel.journal import Entry
from appliance.report.calendar import Month
from appliance.store.months import Opened, Sort

DEVICES = 40
"""New devices that are told one by one."""

MACHINES = 60
"""Machines that are told one by one, those that need something first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """For how long the box saw."""

    wanted: float = 0.0
    """Seconds of the month that are over, since the box began to watch."""
    elapsed: float = 0.0
    """Seconds of these for which it is kept how long it saw: not before `watched` came to be."""
    saw: float = 0.0

    @property
    def unseen(self) -> float:
        """Seconds in which it saw nothing."""
        return max(0.0, self.elapsed - self.saw)

    @property
    def share(self) -> float | None:
        """Part of the time in which it saw, 0 to 1; None where that is not known."""
        return min(1.0, self.saw / self.elapsed) if self.elapsed > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the watch."""

    day: date
    watch: Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What happened in one month."""

    alerts: Mapping[Severity, int] = field(default_factory=dict)
    newcomers: int = 0
    """Devices first seen, after the learning time."""
    learnt: int = 0
    """Devices first seen while the box learnt the practice."""
    cuts: int = 0
    tests: int = 0
    journal_whole: bool = True
    """What the panel still shows reaches back to the month's begin; else there were at least so
    many cuts and tests."""
    incidents: int = 0
    watch: Watch = Watch()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What people did about an alert."""

    what: str
    """``close``, ``normal`` or ``approve``."""
    at: float
    who: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A danger or warning of the month."""

    alert: Alert
    open: bool
    done: Done | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A device first seen in the month."""

    name: str
    kind: str
    at: float
    trust: Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A device that was there in the month, and whose upkeep matters."""

    name: str
    kind: str
    system: str = ""
    computer: bool = False
    """Updates and an antivirus are expected to be seen of it."""
    updated_at: float = 0.0
    """When an update of its system was last seen; 0 for never."""
    updated: bool = False
    """Not too long ago."""
    antivirus: tuple[str, ...] = ()
    protected: bool = False
    """One of these was seen at work, not too long ago."""
    ended: bool = False
    """Nobody mends its system any more."""
    due: str = ""
    """``due`` or ``soon``: worth replacing."""
    aged: bool = False
    """It is known how old it is."""
    years: int = 0

    @property
    def needs(self) -> int:
        """How much there is to do about it, for the order of a list."""
        unseen = self.computer and not self.updated
        return 8 * self.ended + 4 * unseen + 2 * (self.due == "due") + (self.due == "soon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The machines counted."""

    computers: int = 0
    updated: int = 0
    protected: int = 0
    ended: int = 0
    due: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the panel says as the report is made."""

    light: Level
    faults: frozenset[str] = frozenset()
    tested_at: float | None = None
    """When the cut was last tested."""
    test_passed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All of it."""

    month: Month
    zone: ZoneInfo
    practice: str
    made_at: float
    running: bool
    """The month is not over."""
    kept: bool = True
    """No alert of it was forgotten, for its age or because there were too many."""
    learning: bool = False
    """The learning time is not over."""
    this: Period
    before: Period | None = None
    """The month before; None when the box did not watch all of it."""
    open: Mapping[Severity, int] = field(default_factory=dict)
    """Alerts and cases that began before the month's end and that nobody has dealt with."""
    incident_open: bool = False
    sorts: tuple[Sort, ...] = ()
    worst: tuple[Event, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What devices are called, by hardware address: those that `worst` is about."""
    newcomers: tuple[Newcomer, ...] = ()
    """The latest first, at most `DEVICES`."""
    unapproved: int = 0
    upkeep: Upkeep = Upkeep()
    machines: tuple[Machine, ...] = ()
    """At most `MACHINES`, those that need something first."""
    journal: tuple[Entry, ...] = ()
    """Of cuts and tests in the month, the latest first."""
    incidents: tuple[Opened, ...] = ()
    days: tuple[Day, ...] = ()
    panel: Panel | None = None
    """None when it does not answer."""
