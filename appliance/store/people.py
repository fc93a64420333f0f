"""The people who may sign in, and their sessions."""

import secrets
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from appliance.store.rows import Row

SESSIONS = 16
"""Sessions one person may have at once; the one not used for longest ends first."""

TOUCH = 60.0
"""Seconds after which a session's use is written down again."""

AGENT = 300
"""Signs that are kept of what a browser says of itself."""

_SPARED = (
    "(role <> 'technician' OR disabled = 1 OR"
    " (SELECT count(*) FROM users WHERE role = 'technician' AND disabled = 0) > 1)"
)
"""Who may be taken away: anybody but the last technician who can sign in."""


class Role(StrEnum):
    """What somebody may do."""

    TECHNICIAN = "technician"
    """All."""
    STAFF = "staff"
    """Look, and isolate."""
    READER = "reader"
    """Look, at the audit too, and change nothing."""
    KIOSK = "kiosk"
    """No person but a tablet: the state, and isolate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in; the pass-phrase's hash is asked for apart."""

    name: str
    role: Role
    language: str
    created_at: float
    disabled: bool = False
    """May not sign in until a technician says otherwise."""
    temporary_until: float = 0.0
    """The pass-phrase was given by somebody else, and is good until then; 0: it is their own."""
    second: bool = False
    """A code of their telephone is asked for as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody signed in at some browser."""

    id: str
    """Names it, and does not open it."""
    created_at: float
    last_seen_at: float
    expires_at: float
    address: str
    agent: str
    """What the browser says of itself: hostile text."""


def user(row: Row) -> User:
    """Give the user that *row* holds."""
    return User(
        name=row["name"],
        role=Role(row["role"]),
        language=row["language"],
        created_at=row["created_at"],
        disabled=bool(row["disabled"]),
        temporary_until=row["temporary_until"],
        second=bool(row["totp"]),
    )


def session(row: Row) -> Session:
    """Give the session that *row* holds."""
    return Session(
        id=row["token"][:16],
        created_at=row["created_at"],
        last_seen_at=row["last_seen_at"],
        expires_at=row["expires_at"],
        address=row["address"],
        agent=row["agent"],
    )


def session_id(token: str) -> str:
    """Give the `Session.id` of the session *token*."""
    return digest(token)[:16]


def remove_user(connection: sqlite3.Connection, name: str) -> bool:
    """Remove *name* and all that is theirs, but never the last technician; tell whether it was."""
    removed = connection.execute(
        f"DELETE FROM users WHERE name = ? AND {_SPARED}",  # noqa: S608 - our own words
        (name,),
    ).rowcount
    if removed == 1:
        close_sessions_of(connection, name)
        for table in ("recovery_codes", "invitations"):
            connection.execute(f"DELETE FROM {table} WHERE user = ?", (name,))  # noqa: S608 - ours
    return removed == 1


def change_role(connection: sqlite3.Connection, name: str, role: Role) -> bool:
    """Give *name* another role and end their sessions; never to the last technician, or a tablet.

    Tell whether it was done.
    """
    changed = connection.execute(
        f"UPDATE users SET role = ? WHERE name = ? AND role NOT IN (?, 'kiosk') AND {_SPARED}",  # noqa: S608 - our own words
        (role.value, name, role.value),
    ).rowcount
    if changed == 1:
        close_sessions_of(connection, name)
    return changed == 1


def disable(connection: sqlite3.Connection, name: str) -> bool:
    """Let *name* sign in no more and end their sessions; never the last technician's."""
    changed = connection.execute(
        f"UPDATE users SET disabled = 1 WHERE name = ? AND disabled = 0 AND {_SPARED}",  # noqa: S608 - our own words
        (name,),
    ).rowcount
    if changed == 1:
        close_sessions_of(connection, name)
        connection.execute("DELETE FROM invitations WHERE user = ?", (name,))
    return changed == 1


def open_session(  # noqa: PLR0913 - what is kept of it, by name
    connection: sqlite3.Connection,
    name: str,
    now: float,
    lasts: float,
    *,
    address: str = "",
    agent: str = "",
) -> str:
    """Give the token of a new session of *name* that ends *lasts* seconds from *now*.

    Only its hash is kept: whoever steals the card cannot use it. Raises KeyError when there is no
    such user, or they may not sign in.
    """
    token = secrets.token_urlsafe(32)
    opened = connection.execute(
        "INSERT INTO sessions (token, user, created_at, last_seen_at, expires_at, address, agent)"
        " SELECT ?, name, ?, ?, ?, ?, ? FROM users WHERE name = ? AND disabled = 0",
        (digest(token), now, now, now + lasts, address[:64], agent[:AGENT], name),
    ).rowcount
    if opened != 1:
        raise KeyError(name)
    connection.execute("DELETE FROM sessions WHERE expires_at <= ?", (now,))
    connection.execute(
        "DELETE FROM sessions WHERE user = ?1 AND token NOT IN (SELECT token FROM sessions"
        " WHERE user = ?1 ORDER BY last_seen_at DESC, created_at DESC LIMIT ?2)",
        (name, SESSIONS),
    )
    return token


def find_session(
    connection: sqlite3.Connection, token: str, now: float, idle: float
) -> tuple[User, bool] | None:
    """Give whose session *token* is, and whether its use is to be written down.

    None when there is none, when it has ended, or when it was not used for *idle* seconds.
    """
    row = connection.execute(
        "SELECT users.*, last_seen_at FROM sessions JOIN users ON users.name = sessions.user"
        " WHERE token = ? AND expires_at > ? AND last_seen_at > ? AND disabled = 0",
        (digest(token), now, now - idle),
    ).fetchone()
    return None if row is None else (user(row), abs(now - row["last_seen_at"]) >= TOUCH)


def touch_session(connection: sqlite3.Connection, token: str, now: float) -> None:
    """Write down that the session *token* was used."""
    connection.execute("UPDATE sessions SET last_seen_at = ? WHERE token = ?", (now, digest(token)))


def close_session(connection: sqlite3.Connection, token: str) -> bool:
    """End the session *token*; tell whether there was one."""
    closed = connection.execute("DELETE FROM sessions WHERE token = ?", (digest(token),))
    return closed.rowcount == 1


def close_one_of(connection: sqlite3.Connection, name: str, id_: str) -> bool:
    """End the session of *name* whose `Session.id` is *id_*; tell whether there was one."""
    closed = connection.execute(
        "DELETE FROM sessions WHERE user = ? AND substr(token, 1, 16) = ?", (name, id_)
    )
    return closed.rowcount == 1


def close_sessions_of(connection: sqlite3.Connection, name: str) -> int:
    """End all sessions of *name*; give how many there were."""
    return connection.execute("DELETE FROM sessions WHERE user = ?", (name,)).rowcount


def digest(token: str) -> str:
    """Give what is kept of a secret that is chance alone."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
