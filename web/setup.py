"""The first set-up: a code that the box prints opens the page on which the accounts are made.

There is no default password. Until there is a technician, each start makes a new code, good once
and for half an hour; only its hash is kept.
"""

import base64
import secrets
from collections.abc import Callable
from hashlib import sha256

from appliance.store import Office

VALID = 30 * 60.0
"""Seconds for which a code is good."""

BITS = 50
"""Of chance in a code; the box answers a few guesses a minute."""

_ALIKE = str.maketrans("018", "OIB")
"""Signs that are not in the code's alphabet (RFC 4648 base32) but are read for some that are."""


def offer(office: Office, now: Callable[[], float]) -> str | None:
    """Make a new code and give it as people type it; None when there are accounts already."""
    if office.users():
        return None
    letters = base64.b32encode(secrets.token_bytes(8)).decode()[: BITS // 5]
    code = f"{letters[:5]}-{letters[5:]}"
    office.offer_setup(digest(code), now() + VALID)
    return code


def digest(code: str) -> str:
    """Give the hash of *code*, however it was typed."""
    letters = "".join(sign for sign in code.upper().translate(_ALIKE) if sign.isalnum())
    return sha256(letters.encode()).hexdigest()
