"""An incident: something grave that people deal with, from the first minute to the lessons.

What people do is only ever added, as entries; what holds now is worked out from them. Two clocks
of the law run from the moment at which a *person* says that somebody knew: no alert starts them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from appliance.durations import DAY, HOUR
from appliance.model import Alert, Severity

ENTRIES = 2_000
"""Entries that one incident takes: more than a day of ticking and writing could fill."""

TEXT = 2_000
"""Signs of one note or answer."""

BEFORE = DAY
"""Seconds before an incident was opened of which what was heard is looked at with it."""

LEAD = HOUR
"""Seconds before it was opened of which what the panel did counts as done about it."""

CLOCK = 72 * HOUR
"""Seconds from first knowledge that the law leaves (GDPR art. 33; art. L12-10-1 C. assurances)."""


class Origin(StrEnum):
    """What an incident was opened from."""

    ALERT = "alert"
    CASE = "case"
    ISOLATION = "isolation"
    HAND = "hand"


class Wrote(StrEnum):
    """What an entry is."""

    KNOWN = "known"
    """Somebody says when the practice first knew; ``text`` is that time in seconds."""
    DONE = "done"
    """A step was done; ``key`` names it."""
    SKIPPED = "skipped"
    """A step could not be done, or was put off."""
    UNDONE = "undone"
    """It was not, after all."""
    NOTE = "note"
    ANSWER = "answer"
    """What a person knows for the authorities; ``key`` is the field."""
    JOINED = "joined"
    """It was opened once more, from elsewhere; ``key`` is the origin, ``text`` its subject."""
    CLOSED = "closed"


STEPS = (
    "isolate",
    "cable",
    "power",
    "ransom",
    "photo",
    "call",
    "known",
    "paper",
    "complaint",
    "notify",
    "back",
    "lessons",
)
"""What to do, in order: first what stops the harm, then what the law asks, then the way back."""

CABLE_FIRST = ("cable", "isolate", *STEPS[2:])
"""The order where the cut does not stop the harm: files are being encrypted over the network
inside, or a worm sleeps only as long as it reaches the internet."""

URGENT = ("isolate", "cable", "power", "ransom", "photo", "call")
"""Those of the first minutes."""

BACK = ("cleaned", "passwords", "updates", "backups", "alerts", "watch")
"""What must hold before the practice goes back to normal; ticked one by one."""

SWITCH_LIST = "wannacry-switch"
"""The list of names that hold a worm back while they answer: cutting the uplink would wake it."""

OPEN_WHY = "panel.why.incident"
"""Key of the text that says why the light is not calm while one is open."""

RANSOMWARE = "ransomware"
"""The detector that sees files being encrypted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that somebody did or said; *text* is theirs, escape it when shown."""

    at: float
    who: str
    what: Wrote
    key: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What was opened, and all that people added since."""

    id: str
    """Permanent, and the name of its folder: the day and a number, ``20261125-1``."""
    opened_at: float
    opened_by: str
    origin: Origin
    subject: str = ""
    """The id of the alert or case; else empty."""
    why: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def known(self) -> Entry | None:
        """Who said last when the practice first knew; None while nobody has said so."""
        return self._last(Wrote.KNOWN)

    @property
    def known_at(self) -> float | None:
        """When that was."""
        return float(self.known.text) if self.known else None

    @property
    def due_at(self) -> float | None:
        """When the two clocks have run down."""
        return None if self.known_at is None else self.known_at + CLOCK

    @property
    def closed(self) -> Entry | None:
        """Who closed it, or None."""
        return self._last(Wrote.CLOSED)

    @property
    def steps(self) -> Mapping[str, Entry]:
        """The steps done or put off, each by the entry that says so."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.what in (Wrote.DONE, Wrote.SKIPPED):
                found[entry.key] = entry
            elif entry.what is Wrote.UNDONE:
                found.pop(entry.key, None)
        return found

    @property
    def answers(self) -> Mapping[str, Entry]:
        """What people said last of each field; one taken back is left out."""
        found = {each.key: each for each in self.entries if each.what is Wrote.ANSWER}
        return {key: each for key, each in found.items() if each.text}

    @property
    def notes(self) -> tuple[Entry, ...]:
        """What people wrote down."""
        return tuple(each for each in self.entries if each.what is Wrote.NOTE)

    @property
    def subjects(self) -> tuple[tuple[Origin, str], ...]:
        """What it was opened from, the first first."""
        joined = (each for each in self.entries if each.what is Wrote.JOINED)
        return (
            (self.origin, self.subject),
            *((Origin(each.key), each.text) for each in joined),
        )

    def _last(self, what: Wrote) -> Entry | None:
        return next((each for each in reversed(self.entries) if each.what is what), None)


def order(alerts: Iterable[Alert]) -> tuple[str, ...]:
    """Give the steps in the order that suits *alerts*."""
    heard = tuple(alerts)
    return CABLE_FIRST if encrypts(heard) or wakes_when_cut(heard) else STEPS


def wakes_when_cut(alerts: Iterable[Alert]) -> bool:
    """Tell whether a worm among *alerts* sleeps only as long as it reaches the internet."""
    return any(alert.words.get("list") == SWITCH_LIST for alert in alerts)


def encrypts(alerts: Iterable[Alert]) -> bool:
    """Tell whether files are being encrypted, by what *alerts* say."""
    return any(alert.detector == RANSOMWARE for alert in alerts)


def grave(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Give those of *alerts* that are dangers."""
    return tuple(alert for alert in alerts if alert.severity is Severity.DANGER)
