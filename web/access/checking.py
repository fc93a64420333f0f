"""Whether a pass-phrase or a code is somebody's, asked alike wherever a page needs to know."""

from dataclasses import dataclass

from flask import Flask, current_app, request

from web.access import codes, passwords
from web.access.attempts import Attempts
from web.access.sealing import unseal
from web.audit import note
from web.box import here
from web.setup import digest


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


def check_second(name: str, typed: str) -> Checked:
    """Check a code of the telephone of *name*, or one for recovery; either is good once.

    Wrong ones are counted whatever address they come from: whoever gets this far knows the
    pass-phrase, and a million codes are few.
    """
    attempts: Attempts = current_app.extensions["attempts"]
    box, row = here(), f"second factor of {name}"
    wait = attempts.begin(row, name, box.now())
    if wait:
        return Checked(right=False, wait=wait)
    if _second_is_right(name, "".join(typed.split())):
        attempts.succeeded(row, name)
        return Checked(right=True)
    note(name, "wrong_code", request.remote_addr or "")
    return Checked(right=False)


def _second_is_right(name: str, typed: str) -> bool:
    office = here().office
    if codes.is_code(typed):
        secret = unseal(current_app.config["SECRET_KEY"], name, office.sealed_secret(name))
        step = codes.step_of(secret, typed, here().now()) if secret else None
        return step is not None and office.use_step(name, step)
    if not office.use_code(name, digest(typed)):
        return False
    note(name, "recovery_code", str(office.codes_left(name)))
    return True
