"""Secrets that must be read again, at rest: AES-256-GCM (NIST SP 800-38D).

The key is made of that of the cookies, which only the pages' own user can read; the database, its
spare and what is set aside of it can be read by the other parts of the box too. Whoever has the
whole card has both.
"""

import hmac
import secrets
from base64 import b64decode, b64encode

NONCE = 12
"""Octets of chance in front of what is sealed."""


def seal(key: bytes, name: str, secret: str) -> str:
    """Give *secret* of *name* as it may be kept."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - seldom needed

    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(key)).encrypt(nonce, secret.encode(), name.encode())
    return b64encode(nonce + sealed).decode()


def unseal(key: bytes, name: str, sealed: str) -> str | None:
    """Give what `seal` was given; None when it is not that of *name*, or the key is another."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - likewise
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - likewise

    try:
        kept = b64decode(sealed, validate=True)
        return AESGCM(_key(key)).decrypt(kept[:NONCE], kept[NONCE:], name.encode()).decode()
    except (ValueError, InvalidTag):
        return None


def _key(key: bytes) -> bytes:
    return hmac.digest(key, b"vigie second factor", "sha256")
