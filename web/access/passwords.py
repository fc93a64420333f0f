"""Pass-phrases at rest: argon2id (RFC 9106), sized for a small box."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
"""Signs a pass-phrase must have at least (NIST SP 800-63B asks for 8, ANSSI for 12)."""

LONGEST = 256
"""Signs it may have at most, so that nobody makes the box hash a novel."""

AT_ONCE = 2
"""Hashes computed at once: each holds 19 MiB and one core."""

PATIENCE = 5.0
"""Seconds a sign-in waits for its turn before it is told to come back."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's smallest recommended setting: 19 MiB, two passes."""

_NOBODY = _hasher.hash("nobody has this one")
"""Checked when the account does not exist, so that it takes as long as a wrong pass-phrase."""

_turn = BoundedSemaphore(AT_ONCE)


class BusyError(Exception):
    """Too many pass-phrases are being checked; try again in a moment."""


def acceptable(phrase: str) -> bool:
    """Tell whether *phrase* is long enough, and not too long."""
    return SHORTEST <= len(phrase) <= LONGEST


def hashed(phrase: str) -> str:
    """Give what is kept of *phrase*. Raises BusyError."""
    with _Turn():
        return _hasher.hash(phrase)


def matches(kept: str | None, phrase: str) -> bool:
    """Tell whether *phrase* is the one *kept*, None for no such account. Raises BusyError."""
    with _Turn():
        try:
            return _hasher.verify(kept or _NOBODY, phrase[:LONGEST]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


class _Turn:
    """One of the few places in which a hash may be computed."""

    def __enter__(self) -> None:
        if not _turn.acquire(timeout=PATIENCE):
            raise BusyError

    def __exit__(self, *error: object) -> None:
        _turn.release()
