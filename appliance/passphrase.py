"""Pass-phrases at rest: argon2id (RFC 9106), sized for a small box."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9._-]{2,40}")
"""A user name."""

SHORTEST = 12
"""Signs a pass-phrase must have at least (NIST SP 800-63B asks for 8, ANSSI for 12)."""

LONGEST = 256
"""Signs it may have at most, so that nobody makes the box hash a novel."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's smallest recommended setting: 19 MiB, two passes."""


def acceptable(phrase: str) -> bool:
    """Tell whether *phrase* is long enough, and not too long."""
    return SHORTEST <= len(phrase) <= LONGEST


def hashed(phrase: str) -> str:
    """Give what is kept of *phrase*."""
    return _hasher.hash(phrase)


def matches(kept: str, phrase: str) -> bool:
    """Tell whether *phrase* is the one of which *kept* is kept."""
    try:
        return _hasher.verify(kept, phrase[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
