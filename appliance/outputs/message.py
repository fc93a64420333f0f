"""What is to be told, to whom and by which way: small values, in no language yet."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from appliance.model import Severity


class Kind(StrEnum):
    """Why a message is sent."""

    ALERT = "alert"
    """A trouble began, or became worse."""
    UNHEEDED = "unheeded"
    """Somebody was told of a trouble, and nobody has decided anything."""
    DIGEST = "digest"
    """What was not told at once, together."""
    GATHERED = "gathered"
    """Several troubles of one case began."""
    REPORT = "report"
    """The report of a month that is over can be read."""
    TEST = "test"
    COUNT_DOWN = "count_down"
    """The box is about to cut the uplink by itself."""
    STOPPED = "count_down_stopped"
    BROKEN_OFF = "count_down_broken_off"
    """It does not after all: somebody stopped it, or it was started again meanwhile."""
    PROVEN = "isolated_proven"
    NOT_PROVEN = "isolated_not_proven"
    FAILED = "isolated_failed"
    """The uplink was ordered to be cut, and so it is with that."""
    RECONNECTED = "reconnected"
    """It was joined again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What happened to the uplink, or is about to."""

    at: float
    """When."""
    seconds: int = 0
    """COUNT_DOWN: how long it lasts."""
    by: str = ""
    """Whose account did it; hostile text."""
    part: str = ""
    """Or which part of the box, a key of ``[panel.who]``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to be told by one way."""

    kind: Kind
    way: str
    who: str = ""
    """The person; empty for a program."""
    alerts: tuple[str, ...] = ()
    """The ids of the alerts it is about."""
    severity: Severity = Severity.NOTICE
    day: str = ""
    """DIGEST: which day's, ``2026-11-25``; REPORT: which month's, ``2026-10``; TEST: when it was
    asked for; of the uplink: when that began."""
    minutes: int = 0
    """UNHEEDED: for how long nobody has decided anything."""
    each: tuple[Severity, ...] = ()
    """GATHERED: how bad each of the alerts is."""
    line: Line | None = None
    """What it tells of the uplink."""

    @property
    def id(self) -> str:
        """The same whenever the same is to be told: 32 hexadecimal digits."""
        about = () if self.kind is Kind.DIGEST else self.alerts
        parts = (self.kind, self.way, self.who, self.severity.name, self.day, *about)
        return sha256("\x1f".join(parts).encode()).hexdigest()[:32]
