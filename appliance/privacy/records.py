"""Everything that the box keeps, in one place: which tables and files, since when they are too old.

The words (what a record holds, why it is kept) are in the texts, ``[privacy_record]``. That every
table and every file is here is held by a test that compares this with the schema.

Six months are the rule: that is generally sufficient for what serves security
(CNIL, page on the control of the use of the internet at work); one year for the log of who did what
(CNIL, délibération 2021-122 of 14 October 2021: six months to one year). An incident stays until a
person deletes it: it is evidence, and the times after which claims lapse are not the box's to know.
"""

from dataclasses import dataclass
from enum import StrEnum

from appliance.config import Keep
from appliance.durations import DAY
from appliance.erasures import What
from appliance.store import accounts, outbox, tidying


class Until(StrEnum):
    """What ends the time of records that have no number of days."""

    PERSON = "person"
    """A person deletes them."""
    ACCOUNT = "account"
    """The account is removed."""
    CHANGED = "changed"
    """The next value takes its place."""
    FULL = "full"
    """So many came after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One kind of what is kept; its id is the key of its words."""

    id: str
    tables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Patterns of names in the directory of the databases, or that of the settings."""
    setting: str = ""
    """Of `Keep`, in days."""
    days: float = 0.0
    """Fixed, where there is no setting."""
    until: Until | None = None
    now: What | None = None
    """What deletes all of it at once; None: nothing, or one by one."""
    personal: bool = True
    """It says something about people or their machines."""

    def kept_days(self, keep: Keep) -> float:
        """Give how many days it is kept; 0 where no number of days ends it."""
        return float(getattr(keep, self.setting)) if self.setting else self.days


RECORDS = (
    Record(
        id="devices",
        tables=("devices", "presence", "device_addresses"),
        setting="device_days",
        now=What.DEVICES,
    ),
    Record(id="decisions", tables=("decisions",), setting="device_days", now=What.DEVICES),
    Record(id="alerts", tables=("alerts", "cases"), setting="alert_days", now=What.ALERTS),
    Record(
        id="conversations",
        tables=("flows",),
        files=("flows-*.db*",),
        setting="flow_days",
        now=What.CONVERSATIONS,
    ),
    Record(id="traffic", tables=("traffic_day",), setting="traffic_days", now=What.TRAFFIC),
    Record(id="traffic_hours", tables=("traffic_hour",), days=tidying.HOUR_DAYS, now=What.TRAFFIC),
    Record(
        id="traffic_minutes", tables=("traffic_minute",), days=tidying.MINUTE_DAYS, now=What.TRAFFIC
    ),
    Record(
        id="messages",
        tables=("messages", "told_since"),
        files=("outbox.db*",),
        days=outbox.KEPT / DAY,
        now=What.MESSAGES,
    ),
    Record(
        id="incidents",
        tables=("incidents", "incident_entries"),
        files=("incidents",),
        until=Until.PERSON,
    ),
    Record(id="particulars", tables=("particulars",), until=Until.CHANGED),
    Record(
        id="settings",
        files=("settings.json*", "secrets", "setup.json*", "test.json*"),
        until=Until.CHANGED,
    ),
    Record(id="audit", tables=("audit",), setting="audit_days"),
    Record(
        id="accounts",
        tables=("users", "setup_codes", "recovery_codes", "invitations"),
        until=Until.ACCOUNT,
    ),
    Record(id="sessions", tables=("sessions",), days=accounts.LONGEST / DAY, now=What.SESSIONS),
    Record(
        id="panel",
        files=("panel-journal*", "latch.json*", "cut-tests.json*", "automatic.json*"),
        until=Until.FULL,
    ),
    Record(id="copies", files=("vigie.db.spare*", "*.damaged-*"), days=30.0),
    Record(id="erasures", tables=("erasures", "erased"), days=60.0),
    Record(
        id="watching",
        tables=("watch_hours",),
        days=tidying.WATCHED_DAYS,
        personal=False,
    ),
    Record(
        id="technical",
        tables=("health", "meta"),
        files=("ballast*", "lists*", "tls*", "web.key", "*.key", "*token*"),
        until=Until.CHANGED,
        personal=False,
    ),
)
"""In the order in which they are shown."""

DATABASE = "vigie.db"
"""Holds the tables; it and its companions are a file of every record that names tables."""
