"""Somebody who gave the right pass-phrase and has yet to give a code: signed in nowhere.

The signed cookie says who it is, for some minutes, and until the pass-phrase is another.
"""

from hashlib import sha256

from flask import session

from appliance.store import User
from web.box import here

LASTS = 300.0
"""Seconds to type the code in."""


def begin(user: User) -> None:
    """Remember that *user* gave the right pass-phrase, and nothing else of this browser."""
    tongue = session.get("language", "")
    session.clear()
    session["language"] = tongue
    session["half"] = [user.name, here().now(), _mark(user.name)]


def who() -> User | None:
    """Give who has yet to give a code; None when nobody has, or it took too long."""
    try:
        name, at, mark = session["half"]
    except (KeyError, ValueError, TypeError):
        return None
    if not 0 <= here().now() - at < LASTS or mark != _mark(name):
        return None
    user = here().office.user(name)
    return user if user and user.second and not user.disabled else None


def _mark(name: str) -> str:
    return sha256((here().office.password(name) or "").encode()).hexdigest()[:16]
