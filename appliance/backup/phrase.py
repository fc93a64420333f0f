"""A small text that a pass-phrase opens, as a file in the age format with a scrypt recipient.

pyrage would do it, with an effort that it measures on the machine at that moment: what a fast one
locks needs a gigabyte to be opened, and a small box refuses it. So the effort is fixed here; the
rest is the format to the letter, which any age tool opens.

Source: https://age-encryption.org/v1, "The scrypt recipient type", "Payload".
"""

import os
import re
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

EFFORT = 16
"""Of scrypt, as a power of two: 64 MiB and a second on a small box. Our own pass-phrases have 118
bits, and would need none."""

_MOST = 18
"""The effort that is made at most, whatever a file asks for: 256 MiB."""

_SALT, _FILE_KEY, _NONCE = 16, 16, 16
_LAST = bytes(11) + b"\1"
"""The nonce of a first piece that is also the last."""

_HEAD = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9]\d?)\n([A-Za-z0-9+/]{43})\n---)"
    rb" ([A-Za-z0-9+/]{43})\n"
)


def locked(text: bytes, phrase: str) -> bytes:
    """Give *text*, of at most 64 KiB, as a file that *phrase* opens."""
    salt, file_key, nonce = os.urandom(_SALT), os.urandom(_FILE_KEY), os.urandom(_NONCE)
    wrapped = ChaCha20Poly1305(_stretched(phrase, salt, EFFORT)).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (
        _spelt(salt),
        EFFORT,
        _spelt(wrapped),
    )
    mac = _mac(file_key, head).finalize()
    sealed = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(_LAST, text, None)
    return head + b" " + _spelt(mac) + b"\n" + nonce + sealed


def unlocked(file: bytes, phrase: str) -> bytes | None:
    """Give what *file* holds, or None for another pass-phrase; raises ValueError for no such file.

    A head that was changed cannot be told from another pass-phrase.
    """
    head = _HEAD.match(file)
    if head is None or int(head[3]) > _MOST:
        raise ValueError("no file that a pass-phrase opens")
    key = _stretched(phrase, _read(head[2]), int(head[3]))
    try:
        file_key = ChaCha20Poly1305(key).decrypt(bytes(12), _read(head[4]), None)
        _mac(file_key, head[1]).verify(_read(head[5]))
    except (InvalidTag, InvalidSignature):
        return None
    nonce, sealed = file[head.end() :][:_NONCE], file[head.end() + _NONCE :]
    try:
        return ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).decrypt(_LAST, sealed, None)
    except InvalidTag:
        raise ValueError("it was cut off or changed") from None


def opens_with_a_phrase(file: bytes) -> bool:
    """Tell whether *file* is one that a pass-phrase opens, with an effort that we would make."""
    head = _HEAD.match(file)
    return head is not None and int(head[3]) <= _MOST


def _stretched(phrase: str, salt: bytes, effort: int) -> bytes:
    salted = b"age-encryption.org/v1/scrypt" + salt
    return Scrypt(salt=salted, length=32, n=1 << effort, r=8, p=1).derive(phrase.encode())


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=purpose).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> HMAC:
    mac = HMAC(_derived(file_key, b"", b"header"), SHA256())
    mac.update(head)
    return mac


def _spelt(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")


def _read(spelling: bytes) -> bytes:
    return b64decode(spelling + b"=" * (-len(spelling) % 4))
