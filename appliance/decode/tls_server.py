"""The ServerHello and the certificate behind it (RFC 8446, section 4.1.3; RFC 5246, 7.4.2).

TLS 1.3 encrypts the certificate: then there is none to read.
"""

from collections.abc import Iterator
from functools import lru_cache

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
_RANDOM = 32
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random of a hello that only asks the client to try again (RFC 8446, section 4.1.3)."""


def has_leaf(messages: bytes) -> bool:
    """Tell whether the server's own certificate is all there, or something else comes first."""
    if messages[0] != _CERTIFICATE:
        return True
    end = _BEFORE_LEAF + _SIZE
    return len(messages) >= end + int.from_bytes(messages[_BEFORE_LEAF:end])


def read(hello: Reader, messages: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in *hello* and the *messages* behind it."""
    version = hello.u16()
    if hello.take(_RANDOM) == _RETRY:
        return
    hello.skip(hello.u8())
    cipher = hello.u16()
    certificate, fault = Certificate(), False
    try:
        version = _chosen(hello) or version
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


def _chosen(hello: Reader) -> int:
    """Give the version that the server's extension names; 0 when there is none."""
    hello.skip(1)
    extensions = hello.sub(hello.u16()) if hello.remaining else hello
    while extensions.remaining:
        kind, content = extensions.u16(), extensions.sub(extensions.u16())
        if kind == _VERSIONS:
            return content.u16()
    return 0


def _leaf(messages: bytes) -> bytes:
    """Give the first certificate; nothing where none comes next, or not all of it is there."""
    if not messages or messages[0] != _CERTIFICATE or not has_leaf(messages):
        return b""
    body = Reader(messages, _BEFORE_LEAF)
    return body.take(body.u24())
