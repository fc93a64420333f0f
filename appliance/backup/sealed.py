"""A backup as a file: a ZIP (stored, not packed) of two files in the age format, version 1.

``key.age`` is an age identity (X25519), encrypted with the pass-phrase (scrypt). ``content.age``
is a TAR, encrypted to that identity. So the box keeps the public half only: it writes backups
every night and can read none of them, and no pass-phrase lies on it. The public half is in no
backup: whoever holds a stick cannot make another that opens with the same pass-phrase.
Anybody opens one without us: ``age -d -i key.age content.age``.

Source: https://age-encryption.org/v1 (C2SP); pyrage is the Rust implementation.
"""

import secrets
import zipfile
from pathlib import Path
from typing import BinaryIO

import pyrage

from appliance.backup.lock import KEY, Lock
from appliance.backup.phrase import locked, opens_with_a_phrase, unlocked

CONTENT = "content.age"

_LARGEST_KEY = 4096
"""Octets of a key; ours have some 250."""

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs of a pass-phrase that we make: none that looks like another on paper."""
_GROUPS, _IN_GROUP = 6, 4
"""24 of 31 signs are 118 bits: nobody tries them all, and a person types them in a minute."""


class CannotOpen(Exception):  # noqa: N818 - it may be the pass-phrase
    """A backup cannot be read; `key` is that of the reason in ``[backup]``."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the backup cannot be opened: {key}")


def new_phrase() -> str:
    """Give a pass-phrase that nobody can guess, in groups, to be printed."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def spelt(phrase: str) -> str:
    """Give *phrase* as it was meant: one that we made may be typed with spaces or capitals."""
    plain = "".join(phrase.lower().replace("-", " ").split())
    if len(plain) == _GROUPS * _IN_GROUP and set(plain) <= set(_SIGNS):
        return "-".join(plain[at : at + _IN_GROUP] for at in range(0, len(plain), _IN_GROUP))
    return phrase.strip()


def lock(phrase: str) -> Lock:
    """Make a lock that *phrase* opens; takes a second, so that guessing is slow."""
    identity = pyrage.x25519.Identity.generate()
    return Lock(str(identity.to_public()), locked(str(identity).encode(), spelt(phrase)))


def lock_of(recipient: str, key: bytes) -> Lock:
    """Give the lock that somebody without our rights made; raises ValueError where it is none."""
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise ValueError("no recipient") from None
    if len(key) > _LARGEST_KEY or not opens_with_a_phrase(key):
        raise ValueError("no key")
    return Lock(recipient, key)


def seal(content: BinaryIO, by: Lock, out: BinaryIO) -> None:
    """Write the backup that holds *content* to *out*; raises OSError."""
    recipient = pyrage.x25519.Recipient.from_str(by.recipient)
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(KEY, by.key)
        with packed.open(CONTENT, "w", force_zip64=True) as sealed:
            try:
                pyrage.encrypt_io(content, sealed, [recipient])
            except pyrage.EncryptError as error:
                raise OSError(str(error)) from None


def unseal(file: BinaryIO, phrase: str, out: BinaryIO) -> Lock:
    """Write what the backup *file* holds to *out*, and give its lock.

    Raises CannotOpen and OSError.

    *out* is worth nothing when it raises: what is cut off or changed is noticed as it is read.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            with packed.open(KEY) as part:
                key = part.read(_LARGEST_KEY)
            identity = _identity(key, phrase)
            with packed.open(CONTENT) as sealed:
                pyrage.decrypt_io(sealed, out, [identity])
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError):
        raise CannotOpen("no_backup") from None
    except pyrage.DecryptError:
        raise CannotOpen("changed") from None
    except OSError as error:
        if error.errno is None:  # age's own word for a piece that does not hold
            raise CannotOpen("changed") from None
        raise
    return Lock(str(identity.to_public()), key)


def read_lock(folder: Path) -> Lock | None:
    """Give the lock that lies in *folder*, or None where there is none."""
    try:
        return Lock((folder / "recipient").read_text("ascii").strip(), (folder / KEY).read_bytes())
    except FileNotFoundError:
        return None


def _identity(key: bytes, phrase: str) -> pyrage.x25519.Identity:
    try:
        spelling = unlocked(key, spelt(phrase))
        if spelling is None:
            raise CannotOpen("another_phrase")
        return pyrage.x25519.Identity.from_str(spelling.decode("ascii"))
    except (ValueError, pyrage.IdentityError):
        raise CannotOpen("no_backup") from None
