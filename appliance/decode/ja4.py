"""JA4: which program says hello, told by what it offers.

FoxIO's public specification (https://github.com/FoxIO-LLC/ja4, technical_details/JA4.md,
BSD-3-Clause; the other fingerprints of that family are under another licence and not made here).
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from struct import unpack
from typing import TypeAlias

Numbers: TypeAlias = tuple[int, ...]

GREASE = frozenset(value << 8 | value for value in range(0x0A, 0x100, 0x10))
"""Values sent only to be ignored (RFC 8701)."""

_SERVER_NAME, _ALPN = 0x0000, 0x0010
_VERSIONS = {0x0304: "13", 0x0303: "12", 0x0302: "11", 0x0301: "10", 0x0300: "s3", 0x0002: "s2"}
_NOTHING = "000000000000"
_MOST = 99
_REMEMBERED = 1024


@lru_cache(_REMEMBERED)  # a network has few programs, and most say the same every time
def fingerprint(
    version: int, offered: bytes, extensions: Numbers, alpn: bytes, signatures: bytes
) -> str:
    """Give the fingerprint of a ClientHello over TCP.

    *version* is the highest offered, *offered* the ciphers and *signatures* the algorithms, two
    bytes each, as sent; *alpn* is the first protocol offered (empty: none).
    """
    ciphers = _no_grease(numbers(offered))
    extensions = _no_grease(extensions)
    named = _SERVER_NAME in extensions
    head = (
        f"t{_VERSIONS.get(version, '00')}{'d' if named else 'i'}"
        f"{min(len(ciphers), _MOST):02}{min(len(extensions), _MOST):02}{_ends(alpn)}"
    )
    kept = sorted(each for each in extensions if each not in (_SERVER_NAME, _ALPN))
    more = _no_grease(numbers(signatures))
    return f"{head}_{_hash(tuple(sorted(ciphers)))}_{_hash(tuple(kept), more)}"


def numbers(raw: bytes) -> Numbers:
    """Give the numbers of two bytes that *raw* is a row of; a torn last one is left out."""
    count = len(raw) // 2
    return unpack(f"!{count}H", raw[: 2 * count])


def _no_grease(values: Numbers) -> Numbers:
    return tuple([value for value in values if value not in GREASE])


def _ends(alpn: bytes) -> str:
    """Give the first and last character; of the hexadecimal spelling where one is no letter."""
    if not alpn:
        return "00"
    ends = alpn[:1] + alpn[-1:]
    return ends.decode() if ends.isalnum() else alpn[:1].hex()[0] + alpn[-1:].hex()[1]


@lru_cache(_REMEMBERED)  # some programs shuffle what they say; sorted it is the same again
def _hash(values: Numbers, more: Numbers = ()) -> str:
    if not values:
        return _NOTHING
    spelt = _hexadecimal(values)
    if more:
        spelt += "_" + _hexadecimal(more)
    return sha256(spelt.encode()).hexdigest()[: len(_NOTHING)]


def _hexadecimal(values: Iterable[int]) -> str:
    return ",".join([f"{value:04x}" for value in values])
