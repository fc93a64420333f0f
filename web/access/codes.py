"""The second factor: six figures that a telephone and the box make of one secret (RFC 6238).

A code is good for its half minute and for those beside it, since clocks differ, and once. Codes
for the day the telephone is lost are chance alone: eighty bits, typed as people type the set-up
code.
"""

import base64
import hmac
import secrets

import pyotp

from web.setup import digest

STEP = 30
"""Seconds for which a code is shown (RFC 6238 section 5.2)."""

SKEW = 1
"""Steps that the clocks may differ by, either way (RFC 6238 section 5.2 asks for no more)."""

FIGURES = 6

RECOVERY = 10
"""Recovery codes that somebody has."""

ISSUER = "Vigie"


def fresh_secret() -> str:
    """Give a new secret: 160 bits in base32."""
    return pyotp.random_base32()


def address(secret: str, name: str, box: str) -> str:
    """Give the ``otpauth:`` address of *secret* for a telephone, *box* being where it is for."""
    issuer = f"{ISSUER} {box}".strip().replace(":", " ")
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def is_code(typed: str) -> bool:
    """Tell whether *typed* looks like a code of a telephone, not one for recovery."""
    return len(typed) == FIGURES and typed.isascii() and typed.isdigit()


def step_of(secret: str, code: str, now: float) -> int | None:
    """Give the step at which *code* is that of *secret*; None when it is not, around *now*."""
    step, maker = int(now // STEP), pyotp.TOTP(secret, digits=FIGURES, interval=STEP)
    found = None
    for each in range(step - SKEW, step + SKEW + 1):
        if hmac.compare_digest(maker.at(max(0, each) * STEP).encode(), code.encode()):
            found = each
    return found


def fresh_codes() -> tuple[str, ...]:
    """Give new recovery codes as people type them."""
    return tuple(_four_by_four() for _ in range(RECOVERY))


def kept(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Give what is kept of recovery codes."""
    return tuple(digest(code) for code in codes)


def _four_by_four() -> str:
    signs = base64.b32encode(secrets.token_bytes(10)).decode()
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))
