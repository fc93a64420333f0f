"""The key with which the box signs its files: Ed25519 (RFC 8032), made at its first use.

It shows that a file has not been changed since this box made it. It is no qualified signature, and
whoever owns the box can sign: its worth lies in the fingerprint printed on paper at the time.
"""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from appliance.dossier.folder import resemble

KEY = "incident.key"
"""Its file in the state directory."""

GROUP = 4
"""Digits that stand together in a fingerprint, so that people can compare it."""


def key_of(state: Path) -> Ed25519PrivateKey:
    """Give the box's key, made now where there is none; raises OSError and ValueError."""
    path = state / KEY
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        found = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(found, Ed25519PrivateKey):
            raise ValueError(f"{path} holds another kind of key.") from None  # noqa: TRY004 - its content
        return found
    made = Ed25519PrivateKey.generate()
    with os.fdopen(file, "wb") as out:
        out.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        out.flush()
        os.fsync(out.fileno())
    resemble(path)
    return made


def public(key: Ed25519PrivateKey) -> bytes:
    """Give the public half of *key* as others read it (PEM)."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(pem: bytes) -> str:
    """Give the SHA-256 of the public key *pem* (of its DER form) in groups; raises ValueError."""
    der = _read(pem).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digits = sha256(der).hexdigest()
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def is_signed(pem: bytes, signature: bytes, content: bytes) -> bool:
    """Tell whether *signature* is that of *content* by the key *pem*."""
    try:
        _read(pem).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(pem: bytes) -> Ed25519PublicKey:
    found = load_pem_public_key(pem)
    if not isinstance(found, Ed25519PublicKey):
        raise ValueError("another kind of key")  # noqa: TRY004 - its content is wrong, not its type
    return found
