"""What is written of accounts: who may sign in, with what, and who is signed in.

The first half of `Office`; see there.
"""

import sqlite3
from collections.abc import Callable, Collection
from math import inf

from appliance.durations import DAY, HOUR
from appliance.store import factors, people, rows
from appliance.store.people import Role, Session, User
from appliance.store.trouble import StoreTrouble
from appliance.store.writer import Writer

SESSION = 12 * HOUR
"""Seconds after which somebody must sign in again."""

LONGEST = 183 * DAY
"""Seconds after which even a tablet on the wall must be signed in again."""


class Accounts:
    """The accounts that *writer* writes; *now* is the clock."""

    def __init__(self, writer: Writer, now: Callable[[], float]) -> None:
        self._writer = writer
        self._now = now

    def users(self) -> tuple[User, ...]:
        """Give everybody who may sign in, by name."""
        return self._writer.read(
            lambda db: rows.read(db.execute("SELECT * FROM users ORDER BY name"), people.user)
        )

    def user(self, name: str) -> User | None:
        """Give the user *name*, None when there is none."""
        return next((user for user in self.users() if user.name == name), None)

    def password(self, name: str) -> str | None:
        """Give the hash of *name*'s pass-phrase, or None when there is no such user."""
        row = self._writer.read(
            lambda db: db.execute("SELECT password FROM users WHERE name = ?", (name,)).fetchone()
        )
        return None if row is None else row["password"]

    def add_user(
        self, name: str, password: str, *, role: Role, language: str, temporary_until: float = 0.0
    ) -> bool:
        """Add somebody, *password* being the hash; tell whether the name was free."""
        return self._one(
            "INSERT INTO users (name, password, role, language, created_at, temporary_until)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6"
            " WHERE NOT EXISTS (SELECT 1 FROM users WHERE name = ?1 COLLATE NOCASE)",
            name,
            password,
            role.value,
            language,
            self._now(),
            temporary_until,
        )

    def set_password(self, name: str, password: str, *, temporary_until: float = 0.0) -> bool:
        """Give *name* a new pass-phrase, *password* being its hash, and end all their sessions."""

        def change(db: sqlite3.Connection) -> bool:
            people.close_sessions_of(db, name)
            changed = db.execute(
                "UPDATE users SET password = ?, temporary_until = ? WHERE name = ?",
                (password, temporary_until, name),
            )
            return changed.rowcount == 1

        return self._writer.write(change)

    def set_language(self, name: str, language: str) -> bool:
        """Have the pages speak *language* to *name*; tell whether there is such a user."""
        return self._one("UPDATE users SET language = ? WHERE name = ?", language, name)

    def remove_user(self, name: str) -> bool:
        """Remove *name* and their sessions; never the last technician. Tell whether it was done."""
        return self._writer.write(lambda db: people.remove_user(db, name))

    def change_role(self, name: str, role: Role) -> bool:
        """Give *name* another role and end their sessions; tell whether it was done.

        Never done to the last technician who can sign in, nor to a tablet.
        """
        return self._writer.write(lambda db: people.change_role(db, name, role))

    def disable(self, name: str) -> bool:
        """Let *name* sign in no more; never the last technician. Tell whether it was done."""
        return self._writer.write(lambda db: people.disable(db, name))

    def enable(self, name: str) -> bool:
        """Let *name* sign in again; tell whether they could not."""
        return self._one("UPDATE users SET disabled = 0 WHERE name = ? AND disabled = 1", name)

    def begin_codes(self, name: str, sealed: str, step: int, codes: Collection[str]) -> bool:
        """Ask *name* for codes from now on; end their sessions. See `factors.begin`."""
        return self._writer.write(lambda db: factors.begin(db, name, sealed, step, codes))

    def end_codes(self, name: str) -> bool:
        """Ask *name* for no codes any more; tell whether they were asked for before."""
        return self._writer.write(lambda db: factors.end(db, name))

    def sealed_secret(self, name: str) -> str:
        """Give the sealed secret of *name*'s second factor, empty when there is none."""
        return self._writer.read(lambda db: factors.sealed_of(db, name))

    def use_step(self, name: str, step: int) -> bool:
        """Use the code of *step* up, and all earlier ones; True exactly once."""
        return self._writer.write(lambda db: factors.use_step(db, name, step))

    def replace_codes(self, name: str, codes: Collection[str]) -> None:
        """Have the recovery codes with these hashes be good for *name*, and no others."""
        self._writer.write(lambda db: factors.replace_codes(db, name, codes))

    def use_code(self, name: str, code: str) -> bool:
        """Use the recovery code with the hash *code* up; True exactly once."""
        return self._writer.write(lambda db: factors.use_code(db, name, code))

    def codes_left(self, name: str) -> int:
        """Count the recovery codes that *name* has not used."""
        return self._writer.read(lambda db: factors.codes_left(db, name))

    def invite(self, name: str, until: float) -> str:
        """Give the secret with which *name* is signed in once, before *until*; raises KeyError."""
        return self._writer.write(lambda db: factors.invite(db, name, until))

    def invited(self, secret: str) -> str | None:
        """Give whom the invitation *secret* is for, None when there is none, or it is too late."""
        now = self._now()
        return self._writer.read(lambda db: factors.invited(db, secret, now))

    def accept(self, secret: str) -> str | None:
        """Use the invitation *secret* up, and give whom it was for; None as `invited` does."""
        now = self._now()
        return self._writer.write(lambda db: factors.accept(db, secret, now))

    def open_session(
        self, name: str, *, lasts: float = SESSION, address: str = "", agent: str = ""
    ) -> str:
        """Give the secret token of a new session of *name*, which ends in *lasts* seconds.

        Raises KeyError when there is no such user, or they may not sign in.
        """
        now = self._now()
        return self._writer.write(
            lambda db: people.open_session(db, name, now, lasts, address=address, agent=agent)
        )

    def sessions(self, name: str) -> tuple[Session, ...]:
        """Give where *name* is signed in, the last used first."""
        now = self._now()
        return self._writer.read(
            lambda db: rows.read(
                db.execute(
                    "SELECT * FROM sessions WHERE user = ? AND expires_at > ?"
                    " ORDER BY last_seen_at DESC",
                    (name, now),
                ),
                people.session,
            )
        )

    def close_one_of(self, name: str, id_: str) -> bool:
        """End the session of *name* whose `Session.id` is *id_*; tell whether there was one."""
        return self._writer.write(lambda db: people.close_one_of(db, name, id_))

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
