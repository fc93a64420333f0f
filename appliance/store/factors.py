"""The second factor of a person, the codes for the day it is lost, and one-time invitations.

The secret of a second factor comes sealed by whoever writes it (`web.access.sealing`): what is
here does not open an account without the key, which is in another file. Of recovery codes and
invitations, which are chance alone, only hashes are kept.
"""

import secrets
import sqlite3
from collections.abc import Iterable

from appliance.store.people import close_sessions_of, digest


def begin(
    connection: sqlite3.Connection, name: str, sealed: str, step: int, codes: Iterable[str]
) -> bool:
    """Ask *name* for codes from now on, the one of *step* being used; end their sessions."""
    changed = connection.execute(
        "UPDATE users SET totp = ?, totp_step = ? WHERE name = ?", (sealed, step, name)
    ).rowcount
    if changed == 1:
        replace_codes(connection, name, codes)
        close_sessions_of(connection, name)
    return changed == 1


def end(connection: sqlite3.Connection, name: str) -> bool:
    """Ask *name* for no codes any more; tell whether they were asked for before."""
    changed = connection.execute(
        "UPDATE users SET totp = '', totp_step = 0 WHERE name = ? AND totp <> ''", (name,)
    ).rowcount
    if changed == 1:
        replace_codes(connection, name, ())
    return changed == 1


def sealed_of(connection: sqlite3.Connection, name: str) -> str:
    """Give the sealed secret of *name*, empty when there is none."""
    row = connection.execute("SELECT totp FROM users WHERE name = ?", (name,)).fetchone()
    return row["totp"] if row else ""


def use_step(connection: sqlite3.Connection, name: str, step: int) -> bool:
    """Use the code of *step* up, and all earlier ones; True exactly once."""
    used = connection.execute(
        "UPDATE users SET totp_step = ?1 WHERE name = ?2 AND totp <> '' AND totp_step < ?1",
        (step, name),
    )
    return used.rowcount == 1


def replace_codes(connection: sqlite3.Connection, name: str, codes: Iterable[str]) -> None:
    """Have the recovery codes with the hashes *codes* be good for *name*, and no others."""
    connection.execute("DELETE FROM recovery_codes WHERE user = ?", (name,))
    connection.executemany(
        "INSERT INTO recovery_codes (user, code) VALUES (?, ?)", [(name, code) for code in codes]
    )


def use_code(connection: sqlite3.Connection, name: str, code: str) -> bool:
    """Use the recovery code with the hash *code* up; True exactly once."""
    used = connection.execute(
        "DELETE FROM recovery_codes WHERE user = ? AND code = ?", (name, code)
    )
    return used.rowcount == 1


def codes_left(connection: sqlite3.Connection, name: str) -> int:
    """Count the recovery codes that *name* has not used."""
    (count,) = connection.execute(
        "SELECT count(*) FROM recovery_codes WHERE user = ?", (name,)
    ).fetchone()
    return int(count)


def invite(connection: sqlite3.Connection, name: str, until: float) -> str:
    """Give the secret with which *name* is signed in once, before *until*; earlier ones are void.

    Raises KeyError when there is no such user.
    """
    secret = secrets.token_urlsafe(32)
    connection.execute("DELETE FROM invitations WHERE user = ?", (name,))
    made = connection.execute(
        "INSERT INTO invitations SELECT ?, name, ? FROM users WHERE name = ? AND disabled = 0",
        (digest(secret), until, name),
    )
    if made.rowcount != 1:
        raise KeyError(name)
    return secret


def invited(connection: sqlite3.Connection, secret: str, now: float) -> str | None:
    """Give whom the invitation *secret* is for, None when there is none, or it is too late."""
    row = connection.execute(
        "SELECT user FROM invitations WHERE secret = ? AND until > ?", (digest(secret), now)
    ).fetchone()
    return row["user"] if row else None


def accept(connection: sqlite3.Connection, secret: str, now: float) -> str | None:
    """Use the invitation *secret* up, and give whom it was for; None as `invited` does."""
    name = invited(connection, secret, now)
    connection.execute("DELETE FROM invitations WHERE secret = ?", (digest(secret),))
    return name
