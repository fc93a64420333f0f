"""Pass-phrases at a sign-in: a few are checked at once, and an unknown name takes as long."""

from threading import BoundedSemaphore

from appliance import passphrase
from appliance.passphrase import LONGEST, NAME, SHORTEST, acceptable

__all__ = ["LONGEST", "NAME", "SHORTEST", "BusyError", "acceptable", "hashed", "matches"]

AT_ONCE = 2
"""Hashes computed at once: each holds 19 MiB and one core."""

PATIENCE = 5.0
"""Seconds a sign-in waits for its turn before it is told to come back."""

_NOBODY = passphrase.hashed("nobody has this one")
"""Checked when the account does not exist, so that it takes as long as a wrong pass-phrase."""

_turn = BoundedSemaphore(AT_ONCE)


class BusyError(Exception):
    """Too many pass-phrases are being checked; try again in a moment."""


def hashed(phrase: str) -> str:
    """Give what is kept of *phrase*. Raises BusyError."""
    with _Turn():
        return passphrase.hashed(phrase)


def matches(kept: str | None, phrase: str) -> bool:
    """Tell whether *phrase* is the one *kept*, None for no such account. Raises BusyError."""
    with _Turn():
        return passphrase.matches(kept or _NOBODY, phrase) and bool(kept)


class _Turn:
    """One of the few places in which a hash may be computed."""

    def __enter__(self) -> None:
        if not _turn.acquire(timeout=PATIENCE):
            raise BusyError

    def __exit__(self, *error: object) -> None:
        _turn.release()
