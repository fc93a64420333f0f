"""Whether a pass-phrase is somebody's, asked the same way wherever a page needs to know."""

from dataclasses import dataclass

from flask import Flask, current_app, request

from web.access import passwords
from web.access.attempts import Attempts
from web.audit import note
from web.box import here


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of it."""

    right: bool
    wait: float = 0.0
    """Seconds to wait before another try; then nothing was checked."""


def install(app: Flask) -> None:
    """Have *app* remember wrong tries."""
    app.extensions["attempts"] = Attempts()


def check(name: str, phrase: str) -> Checked:
    """Check the pass-phrase of the account *name*, for whoever asks from their address.

    Raises BusyError.
    """
    attempts: Attempts = current_app.extensions["attempts"]
    address = request.remote_addr or ""
    wait = attempts.begin(address, name, here().now())
    if wait:
        return Checked(right=False, wait=wait)
    if passwords.matches(here().office.password(name), phrase):
        attempts.succeeded(address, name)
        return Checked(right=True)
    note(name, "wrong_password", address)
    return Checked(right=False)


def check_code() -> float:
    """Count a try at the set-up code; give the seconds to wait first, 0 for none."""
    attempts: Attempts = current_app.extensions["attempts"]
    return attempts.begin(request.remote_addr or "", "set-up", here().now())
