"""What people did, for whoever reads it: incidents, the audit, and what they had deleted."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import TypeVar

from appliance.erasures import OF_SENSOR, Erasure
from appliance.incidents import Incident
from appliance.store import audit, erasing, erasures, incidents
from appliance.store.audit import EVERYTHING, Asked, AuditCheck, AuditEntry, Head

T = TypeVar("T")


class Acts:
    """Part of the `Reader`, whose database it asks."""

    def _ask(self, question: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        raise NotImplementedError

    def incidents(self, limit: int = 50) -> tuple[Incident, ...]:
        """Give at most *limit* incidents, the last opened first."""
        return self._ask(lambda db: incidents.newest_first(db, limit), ())

    def incident(self, identifier: str) -> Incident | None:
        """Give one incident, or None."""
        return self._ask(lambda db: incidents.load(db, identifier), None)

    def open_incident(self) -> Incident | None:
        """Give the incident that is open, or None."""
        return self._ask(incidents.still_open, None)

    def particulars(self) -> Mapping[str, str]:
        """Give what the practice says of itself: who to call, who it is."""
        return self._ask(incidents.particulars, {})

    def audit_entries(
        self, *, limit: int = 200, before: int | None = None, asked: Asked = EVERYTHING
    ) -> tuple[AuditEntry, ...]:
        """Give at most *limit* entries of the audit, newest first, from below the id *before*."""
        return self._ask(lambda db: audit.newest_first(db, limit, before, asked), ())

    def audit_choices(self, most: int = 100) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give who and what occur in the audit, at most *most* of each."""
        none: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        return self._ask(lambda db: audit.choices(db, most), none)

    def audit_head(self) -> Head:
        """Give where the audit ends now."""
        return self._ask(audit.head, Head(id=0, hash=""))

    def audit_check(self) -> AuditCheck:
        """Check the audit from end to end."""
        return self._ask(audit.verify, AuditCheck(entries=0))

    def audit_holds(self, noted: Head) -> bool | None:
        """Tell whether the audit still goes through *noted*; None when that was forgotten since."""
        otherwise: bool | None = False
        return self._ask(lambda db: audit.holds(db, noted), otherwise)

    def erasures(self) -> tuple[Erasure, ...]:
        """Give what people had deleted, oldest first, as long as that is remembered."""
        return self._ask(erasures.load, ())

    def erasing(self) -> tuple[Erasure, ...]:
        """Give what the sensor has still to delete."""
        found: tuple[Erasure, ...] = self._ask(erasing.due, ())
        return tuple(one for one in found if one.what in OF_SENSOR)
