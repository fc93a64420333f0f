"""The ServerHello and the certificate behind it (RFC 8446, section 4.1.3; RFC 5246, 7.4.2).

TLS 1.3 encrypts the certificate: then there is none to read.
"""

from collections.abc import Iterator
from functools import lru_cache
from struct import Struct, error

from appliance.decode.certificate import Certificate
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact, TlsServed

_REMEMBERED = 128
"""Certificates, of at most 16 KiB each."""
_CERTIFICATE = 11
_SIZE = 3
"""Bytes of each length in the certificate's message."""
_BEFORE_LEAF = 1 + _SIZE + _SIZE
"""The message's type and length, and the length of all certificates."""
_VERSIONS = 43
_HEAD = Struct("!H32sB")
"""Version, random, and the length of the session's id."""
_U16 = Struct("!H")
_EXTENSION = Struct("!HH")
_METHOD = 1
"""Bytes that name the method of compression."""
_NONE = Certificate()
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random of a hello that only asks the client to try again (RFC 8446, section 4.1.3)."""


def has_leaf(messages: bytes) -> bool:
    """Tell whether the server's own certificate is all there, or something else comes first."""
    if messages[0] != _CERTIFICATE:
        return True
    end = _BEFORE_LEAF + _SIZE
    return len(messages) >= end + int.from_bytes(messages[_BEFORE_LEAF:end])


def read(hello: bytes, messages: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in *hello* and the *messages* behind it."""
    try:
        version, random, size = _HEAD.unpack_from(hello)
        at = _HEAD.size + size
        (cipher,) = _U16.unpack_from(hello, at)
    except error:
        raise Malformed from None
    if random == _RETRY:
        return
    certificate, fault = _NONE, False
    try:
        version = _chosen(hello, at + _U16.size) or version
        if der := _leaf(messages):
            certificate, fault = _read_certificate(der)
    except Malformed:
        fault = True
    yield TlsServed(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        version=version,
        cipher=cipher,
        subject=certificate.subject,
        names=tuple(certificate.names),
        issuer=certificate.issuer,
        self_signed=certificate.self_signed,
        sha1=certificate.sha1,
        sha256=certificate.sha256,
    )
    if fault:
        raise Malformed


@lru_cache(_REMEMBERED)  # a server shows the same one every time
def _read_certificate(der: bytes) -> tuple[Certificate, bool]:
    """Give what was understood, and whether a malformed spot ended it."""
    certificate = Certificate()
    try:
        certificate.read(der)
    except Malformed:
        return certificate, True
    return certificate, False


def _chosen(hello: bytes, at: int) -> int:
    """Give the version that an extension behind the cipher at *at* names; 0 when none does."""
    if len(hello) == at + _METHOD:
        return 0
    try:
        (size,) = _U16.unpack_from(hello, at + _METHOD)
        at += _METHOD + _U16.size
        after = at + size
        if after > len(hello):
            raise Malformed
        while at < after:
            kind, size = _EXTENSION.unpack_from(hello, at)
            at += _EXTENSION.size
            if kind == _VERSIONS:
                return int(_U16.unpack_from(hello, at)[0])
            at += size
    except error:
        raise Malformed from None
    return 0


def _leaf(messages: bytes) -> bytes:
    """Give the first certificate; nothing where none comes next, or not all of it is there."""
    if not messages or messages[0] != _CERTIFICATE or not has_leaf(messages):
        return b""
    body = Reader(messages, _BEFORE_LEAF)
    return body.take(body.u24())
