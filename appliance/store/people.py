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


class Role(StrEnum):
    """What somebody may do."""

    TECHNICIAN = "technician"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in; the pass-phrase's hash is asked for apart."""

    name: str
    role: Role
    language: str
    created_at: float


def user(row: Row) -> User:
    """Give the user that *row* holds."""
    return User(
        name=row["name"],
        role=Role(row["role"]),
        language=row["language"],
        created_at=row["created_at"],
    )


def remove_user(connection: sqlite3.Connection, name: str) -> bool:
    """Remove *name* and their sessions, but never the last technician; tell whether it was done."""
    removed = connection.execute(
        "DELETE FROM users WHERE name = ? AND (role <> 'technician' OR"
        " (SELECT count(*) FROM users WHERE role = 'technician') > 1)",
        (name,),
    ).rowcount
    if removed == 1:
        close_sessions_of(connection, name)
    return removed == 1


def open_session(connection: sqlite3.Connection, name: str, now: float, lasts: float) -> str:
    """Give the token of a new session of *name* that ends *lasts* seconds from *now*.

    Only its hash is kept: whoever steals the card cannot use it. Raises KeyError when there is no
    such user.
    """
    token = secrets.token_urlsafe(32)
    opened = connection.execute(
        "INSERT INTO sessions SELECT ?, name, ?, ?, ? FROM users WHERE name = ?",
        (_hash(token), now, now, now + lasts, name),
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
        " WHERE token = ? AND expires_at > ? AND last_seen_at > ?",
        (_hash(token), now, now - idle),
    ).fetchone()
    return None if row is None else (user(row), abs(now - row["last_seen_at"]) >= TOUCH)


def touch_session(connection: sqlite3.Connection, token: str, now: float) -> None:
    """Write down that the session *token* was used."""
    connection.execute("UPDATE sessions SET last_seen_at = ? WHERE token = ?", (now, _hash(token)))


def close_session(connection: sqlite3.Connection, token: str) -> bool:
    """End the session *token*; tell whether there was one."""
    return connection.execute("DELETE FROM sessions WHERE token = ?", (_hash(token),)).rowcount == 1


def close_sessions_of(connection: sqlite3.Connection, name: str) -> int:
    """End all sessions of *name*; give how many there were."""
    return connection.execute("DELETE FROM sessions WHERE user = ?", (name,)).rowcount


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
