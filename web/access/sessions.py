"""Who is asking: a signed cookie that holds the token of a session in the database.

The database decides; ending a session there ends it at once. Only while the database cannot be
used does the signed cookie vouch by itself, and then never for a technician: a technician is taken
for staff, who may look and isolate, since cutting the uplink must not depend on a database.
"""

from dataclasses import dataclass

from flask import Flask, g, request, session

from appliance.durations import DAY, HOUR
from appliance.store import Role, StoreTrouble, User
from appliance.store.accounts import LONGEST, SESSION
from web.box import here

IDLE = {
    Role.TECHNICIAN: 30 * 60.0,
    Role.READER: 2 * HOUR,
    Role.STAFF: 12 * HOUR,
    Role.KIOSK: 30 * DAY,
}
"""Seconds without a request by hand after which somebody must sign in again; a tablet on the wall
is not touched for months, so that what its page asks for by itself counts as well."""

LASTS = {
    Role.TECHNICIAN: SESSION,
    Role.READER: SESSION,
    Role.STAFF: SESSION,
    Role.KIOSK: LONGEST,
}
"""Seconds after which somebody must sign in again, whatever they do."""

NOTED = 60.0
"""Seconds between two notes of when somebody last asked for something."""

LIVE = "X-Live"
"""Header of the requests that a page makes by itself; they keep nobody signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has signed in, or a tablet."""

    name: str
    role: Role
    language: str
    temporary: bool = False
    """They must choose a pass-phrase of their own before anything else."""

    @property
    def technician(self) -> bool:
        """They may do everything."""
        return self.role is Role.TECHNICIAN

    @property
    def acts(self) -> bool:
        """They may isolate, and write what they do in an incident."""
        return self.role in {Role.TECHNICIAN, Role.STAFF}

    @property
    def audits(self) -> bool:
        """They may read what everybody did."""
        return self.role in {Role.TECHNICIAN, Role.READER}


def install(app: Flask) -> None:
    """Have *app* keep its cookie from scripts, from other sites and, with HTTPS, from the wire."""
    secure = bool(app.config["SESSION_COOKIE_SECURE"])
    app.config.update(
        SESSION_COOKIE_NAME="__Host-vigie" if secure else "vigie",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=int(max(LASTS.values())),  # the database decides; see above
    )


def sign_in(user: User) -> None:
    """Open a session for *user*, with nothing left of what the browser held before."""
    token = here().office.open_session(
        user.name,
        lasts=LASTS[user.role],
        address=request.remote_addr or "",
        agent=request.headers.get("User-Agent", ""),
    )
    session.clear()
    session.update(token=token, name=user.name, role=user.role.value, language=user.language)
    session["seen"] = here().now()
    session.permanent = user.role is Role.KIOSK  # a tablet that starts anew is still signed in
    g.pop("person", None)


def sign_out() -> None:
    """End the session of whoever is asking."""
    token = session.get("token")
    session.clear()
    g.pop("person", None)
    if token:
        here().office.close_session(token)


def asking() -> Person | None:
    """Give who is asking, or None when nobody has signed in."""
    if "person" not in g:
        g.person = _find()
    found: Person | None = g.person
    return found


def _find() -> Person | None:
    token, role, now = session.get("token"), session.get("role"), here().now()
    if not token or role not in tuple(Role):
        return None
    if now - session.get("seen", 0.0) > IDLE[Role(role)]:
        return None
    try:
        user = here().office.session(token)
    except StoreTrouble:
        return _vouched(Role(role))
    if user is None:
        return None
    by_hand = LIVE not in request.headers or user.role is Role.KIOSK
    if by_hand and now - session["seen"] > NOTED:
        session["seen"] = now
    return Person(
        name=user.name,
        role=user.role,
        language=user.language,
        temporary=bool(user.temporary_until),
    )


def _vouched(role: Role) -> Person:
    held = Role.STAFF if role is Role.TECHNICIAN else role
    return Person(name=session["name"], role=held, language=session["language"])
