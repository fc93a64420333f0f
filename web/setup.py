"""The first set-up: a code that the box prints opens the page on which the accounts are made.

There is no default password. Until there is a technician, each start makes a new code, good once
and for half an hour; only its hash is kept. A box that began as a card has one from its first start
on (``image/``), which whoever prepared the card may have set: it is good until it is used, and then
its file goes.
"""

import base64
import secrets
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from appliance.durations import DAY
from appliance.store import Office

VALID = 30 * 60.0
"""Seconds for which a code is good."""

KEPT = "setup-code"
"""File of the code that came with the card, in the directory of the settings."""

LASTING = 10 * 366 * DAY
"""Seconds for which that one is good: the box's clock may be years behind when it is offered."""

BITS = 50
"""Of chance in a code; the box answers a few guesses a minute."""

_ALIKE = str.maketrans("018", "OIB")
"""Signs that are not in the code's alphabet (RFC 4648 base32) but are read for some that are."""


def offer(office: Office, now: Callable[[], float], folder: Path) -> str | None:
    """Make a new code and give it as people type it; None when there are accounts already.

    One that is kept in *folder* is given instead.
    """
    if office.users():
        forget(folder)
        return None
    with suppress(OSError, UnicodeDecodeError):
        if kept := (folder / KEPT).read_text("ascii").strip():
            office.offer_setup(digest(kept), now() + LASTING)
            return kept
    letters = base64.b32encode(secrets.token_bytes(8)).decode()[: BITS // 5]
    code = f"{letters[:5]}-{letters[5:]}"
    office.offer_setup(digest(code), now() + VALID)
    return code


def forget(folder: Path) -> None:
    """Have no code in *folder* any more: it was used."""
    with suppress(OSError):
        (folder / KEPT).unlink(missing_ok=True)


def digest(code: str) -> str:
    """Give the hash of *code*, however it was typed."""
    letters = "".join(sign for sign in code.upper().translate(_ALIKE) if sign.isalnum())
    return sha256(letters.encode()).hexdigest()
