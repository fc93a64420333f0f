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
    REPORT = "report"
    """The report of a month that is over can be read."""
    TEST = "test"


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
    asked for."""
    minutes: int = 0
    """UNHEEDED: for how long nobody has decided anything."""

    @property
    def id(self) -> str:
        """The same whenever the same is to be told: 32 hexadecimal digits."""
        about = () if self.kind is Kind.DIGEST else self.alerts
        parts = (self.kind, self.way, self.who, self.severity.name, self.day, *about)
        return sha256("\x1f".join(parts).encode()).hexdigest()[:32]
