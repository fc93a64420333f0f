"""What people write: decisions, accounts, sessions, and the audit of what they did.

The web has the one `Office`. Every method is one transaction, safe from any thread, and on the
card when it returns; each raises `StoreTrouble` when it cannot be.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from math import inf
from pathlib import Path

from appliance.config import Keep
from appliance.decisions import Decision, Verdict
from appliance.erasures import Erasure, What
from appliance.incidents import Entry, Incident, Origin, Wrote
from appliance.model import NO_MAC, Mac
from appliance.store import audit, decisions, erasures, incidents, people, rows
from appliance.store.audit import AuditCheck, AuditEntry
from appliance.store.people import Role, User
from appliance.store.trouble import StoreTrouble
from appliance.store.writer import Writer

DAY = 86_400.0

SESSION = 12 * 3600.0
"""Seconds after which somebody must sign in again."""


class Office:
    """The web's writer in *directory*; *now* is the clock."""

    def __init__(self, directory: Path, now: Callable[[], float]) -> None:
        self._writer = Writer(directory, now)
        self._now = now

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
            audit.tidy(db, now - keep.audit_days * DAY)
            decisions.tidy(db, now - keep.device_days * DAY, now - keep.alert_days * DAY)
            db.execute("DELETE FROM sessions WHERE expires_at <= ?", (now,))
            db.execute("DELETE FROM setup_codes WHERE until <= ?", (now,))
            erasures.tidy(db, now)

        self._writer.write(work)

    def users(self) -> tuple[User, ...]:
        """Give everybody who may sign in, by name."""
        return self._writer.read(
            lambda db: rows.read(db.execute("SELECT * FROM users ORDER BY name"), people.user)
        )

    def password(self, name: str) -> str | None:
        """Give the hash of *name*'s pass-phrase, or None when there is no such user."""
        row = self._writer.read(
            lambda db: db.execute("SELECT password FROM users WHERE name = ?", (name,)).fetchone()
        )
        return None if row is None else row["password"]

    def add_user(self, name: str, password: str, *, role: Role, language: str) -> bool:
        """Add somebody, *password* being the hash; tell whether the name was free."""
        return self._one(
            "INSERT INTO users (name, password, role, language, created_at)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            name,
            password,
            role.value,
            language,
            self._now(),
        )

    def set_password(self, name: str, password: str) -> bool:
        """Give *name* a new pass-phrase, *password* being its hash, and end all their sessions."""

        def change(db: sqlite3.Connection) -> bool:
            people.close_sessions_of(db, name)
            changed = db.execute("UPDATE users SET password = ? WHERE name = ?", (password, name))
            return changed.rowcount == 1

        return self._writer.write(change)

    def set_language(self, name: str, language: str) -> bool:
        """Have the pages speak *language* to *name*; tell whether there is such a user."""
        return self._one("UPDATE users SET language = ? WHERE name = ?", language, name)

    def remove_user(self, name: str) -> bool:
        """Remove *name* and their sessions; never the last technician. Tell whether it was done."""
        return self._writer.write(lambda db: people.remove_user(db, name))

    def open_session(self, name: str, *, lasts: float = SESSION) -> str:
        """Give the secret token of a new session of *name*, which ends in *lasts* seconds.

        Raises KeyError when there is no such user.
        """
        now = self._now()
        return self._writer.write(lambda db: people.open_session(db, name, now, lasts))

    def session(self, token: str, *, idle: float = inf) -> User | None:
        """Give whose session *token* is; None when it ended or was not used for *idle* seconds.

        Its use is written down at most once a minute; a card that is full stops nobody's session.
        """
        now = self._now()
        found = self._writer.read(lambda db: people.find_session(db, token, now, idle))
        if found is None:
            return None
        who, stale = found
        if stale:
            try:
                self._writer.write(lambda db: people.touch_session(db, token, now))
            except StoreTrouble:
                return who
        return who

    def close_session(self, token: str) -> bool:
        """End the session *token*; tell whether there was one."""
        return self._writer.write(lambda db: people.close_session(db, token))

    def close_sessions_of(self, name: str) -> int:
        """End all sessions of *name*; give how many there were."""
        return self._writer.write(lambda db: people.close_sessions_of(db, name))

    def audit(self, who: str, what: str, detail: str = "") -> AuditEntry:
        """Write down that *who* did *what*."""
        at = self._now()
        return self._writer.write(lambda db: audit.add(db, at, who, what, detail))

    def verify_audit(self) -> AuditCheck:
        """Check the audit from end to end."""
        return self._writer.read(audit.verify)

    def offer_setup(self, code_hash: str, until: float) -> None:
        """Have the set-up code with the hash *code_hash* be good until then, and no other."""

        def offer(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM setup_codes")
            db.execute("INSERT INTO setup_codes VALUES (?, ?)", (code_hash, until))

        self._writer.write(offer)

    def use_setup(self, code_hash: str) -> bool:
        """Use the set-up code up; True exactly once, and only in time."""
        return self._one(
            "DELETE FROM setup_codes WHERE code = ? AND until > ?", code_hash, self._now()
        )

    def _one(self, statement: str, *values: object) -> bool:
        """Tell whether *statement* changed exactly one row."""
        return self._writer.write(lambda db: db.execute(statement, values).rowcount == 1)
