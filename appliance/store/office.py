"""What people write: decisions, accounts, sessions, and the audit of what they did.

The web has the one `Office`. Every method is one transaction, safe from any thread, and on the
card when it returns; each raises `StoreTrouble` when it cannot be.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from appliance.config import Keep
from appliance.decisions import Decision, Verdict
from appliance.durations import DAY
from appliance.erasures import Erasure, What
from appliance.incidents import Entry, Incident, Origin, Wrote
from appliance.model import NO_MAC, Mac
from appliance.store import audit, decisions, erasures, incidents
from appliance.store.accounts import Accounts
from appliance.store.audit import AuditCheck, AuditEntry
from appliance.store.trouble import StoreTrouble
from appliance.store.writer import Writer


class Office(Accounts):
    """The web's writer in *directory*; *now* is the clock."""

    def __init__(self, directory: Path, now: Callable[[], float]) -> None:
        super().__init__(Writer(directory, now), now)

    def close(self) -> None:
        """Close the database."""
        self._writer.close()

    def decide(  # noqa: PLR0913 - the fields of a decision, by name
        self,
        *,
        author: str,
        verdict: Verdict,
        mac: Mac = NO_MAC,
        detector: str = "",
        alert: str = "",
        reason: str = "",
        until: float | None = None,
        name: str = "",
        role: str = "",
        place: str = "",
        hosts: tuple[str, ...] = (),
        kind: str = "",
        bought_on: str = "",
        other: str = "",
        peer: str = "",
        socket: str = "",
    ) -> Decision:
        """Write down what *author* decided, and give it as it is kept; see `Decision`."""
        decision = Decision(
            id=0,
            at=self._now(),
            author=author,
            verdict=verdict,
            mac=mac,
            detector=detector,
            alert=alert,
            reason=reason,
            until=until,
            name=name,
            role=role,
            place=place,
            hosts=hosts,
            kind=kind,
            bought_on=bought_on,
            other=other,
            peer=peer,
            socket=socket,
        )
        return self._writer.write(lambda db: decisions.add(db, decision))

    def open_incident(
        self, *, author: str, origin: Origin, subject: str = "", why: str = ""
    ) -> Incident:
        """Open an incident, and write that down; where one is open, give that one."""
        asked = Incident(
            id="",
            opened_at=self._now(),
            opened_by=author,
            origin=origin,
            subject=subject,
            why=why,
        )

        def begin(db: sqlite3.Connection) -> Incident:
            held = incidents.begin(db, asked)
            audit.add(
                db, asked.opened_at, author, "incident", f"open {held.id} {origin.value} {subject}"
            )
            return held

        return self._writer.write(begin)

    def add_to_incident(
        self, identifier: str, *, author: str, what: Wrote, key: str = "", text: str = ""
    ) -> Incident:
        """Add an entry to an open incident, and write down that it was; raises NoRoomError."""
        entry = Entry(at=self._now(), who=author, what=what, key=key, text=text)

        def add(db: sqlite3.Connection) -> Incident:
            incidents.add(db, identifier, entry)
            audit.add(db, entry.at, author, "incident", f"{what.value} {identifier} {key}")
            held = incidents.load(db, identifier)
            if held is None:
                raise incidents.NoRoomError(identifier)
            return held

        return self._writer.write(add)

    def tell(self, key: str, value: str, *, author: str) -> None:
        """Keep what the practice says of itself under *key*: who to call, who it is."""
        at = self._now()
        self._writer.write(lambda db: incidents.tell(db, key, value, at, author))

    def erase(self, what: What, *, author: str, macs: tuple[Mac, ...] = ()) -> Erasure:
        """Have *what* deleted: what people wrote of it now, the rest by those whose it is.

        The audit says what kind; of a device, no more than how its address ends.
        """
        asked = Erasure(id=0, at=self._now(), who=author, what=what, macs=macs)
        detail = f"{what.value} {' '.join(f'…{mac[-5:]}' for mac in macs)}".strip()

        def work(db: sqlite3.Connection) -> Erasure:
            audit.add(db, asked.at, author, "erase", detail)
            return erasures.ask(db, asked)

        return self._writer.write(work)

    def erase_incident(self, identifier: str, *, author: str) -> bool:
        """Delete a closed incident; tell whether there was one. Its evidence is deleted apart."""

        def work(db: sqlite3.Connection) -> bool:
            if not incidents.remove(db, identifier):
                return False
            audit.add(db, self._now(), author, "erase", f"incident {identifier}")
            return True

        if not self._writer.write(work):
            return False
        with suppress(StoreTrouble):  # somebody writes: remains go with the next deletion
            self._writer.compact()
            self._writer.empty_log()
        return True

    def tidy(self, keep: Keep) -> None:
        """Forget what people wrote that is too old to keep; call it now and then."""
        now = self._now()

        def work(db: sqlite3.Connection) -> None:
            audit.tidy(db, now - keep.audit_days * DAY, now)
            decisions.tidy(db, now - keep.device_days * DAY, now - keep.alert_days * DAY)
            db.execute("DELETE FROM sessions WHERE expires_at <= ?", (now,))
            db.execute("DELETE FROM setup_codes WHERE until <= ?", (now,))
            erasures.tidy(db, now)

        self._writer.write(work)

    def audit(self, who: str, what: str, detail: str = "") -> AuditEntry:
        """Write down that *who* did *what*."""
        at = self._now()
        return self._writer.write(lambda db: audit.add(db, at, who, what, detail))

    def verify_audit(self) -> AuditCheck:
        """Check the audit from end to end."""
        return self._writer.read(audit.verify)
