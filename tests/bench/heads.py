"""What conversations of the bench's capture begin with: hellos, requests, names asked.

Each head has some hundred variants (other host names), so that no program can profit from seeing
the same bytes again.
"""

from datetime import UTC, datetime
from functools import cache
from struct import pack

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.kit import wire

VARIANTS = 400
SEGMENT, FLIGHT = 1400, 3500
"""Octets of a segment, and of all that a TLS 1.2 server says first."""
PADDING = x509.ObjectIdentifier("2.25.1")
"""An extension that nobody knows (ITU-T X.667), which makes certificates as long as real ones."""
_TLS, _HTTP, _DNS = 0, 1, 3
PLAN = (
    # kind, step in the conversation, sent by the server, octets
    (_TLS, 3, 0, 517),
    (_TLS, 4, 1, SEGMENT),
    (_TLS, 5, 1, SEGMENT),
    (_TLS, 6, 1, FLIGHT - 2 * SEGMENT),
    (_TLS, 7, 0, 93),
    (_HTTP, 3, 0, 220),
    (_HTTP, 4, 1, 1200),
    (_DNS, 0, 0, 41),
    (_DNS, 1, 1, 80),
)
"""Which packet holds which head; the last two of a TLS server only in TLS 1.2 (in clear)."""


def is_modern(variant):
    """Tell whether a TLS conversation is of version 1.3, whose certificate is encrypted."""
    return variant % 10 < 7


def host(variant: int) -> str:
    return f"service-{variant:03}.example.com"


@cache
def say(place: int, variant: int) -> bytes:
    """Give the head of PLAN[*place*], filled up to its length."""
    kind, step, _, size = PLAN[place]
    name = host(variant)
    if kind == _TLS:
        return _tls(step, name, variant)
    if kind == _HTTP and step == 3:
        text = f"GET /{variant} HTTP/1.1\r\nHost: {name}\r\nUser-Agent: Mozilla/5.0 (X11)\r\n"
        return (text + "Accept: */*\r\n").encode().ljust(size - 4, b" ") + b"\r\n\r\n"
    if kind == _HTTP:
        text = f"HTTP/1.1 200 OK\r\nServer: test/{variant}\r\nContent-Type: text/html\r\n\r\n"
        return text.encode().ljust(size, b".")
    if step == 0:
        return wire.dns_question(name).ljust(size, b"\0")
    return wire.dns_answer(name, [(name, wire.A, f"45.0.{variant >> 8}.{variant & 255}")])


def _tls(step: int, name: str, variant: int) -> bytes:
    if step == 3:
        hello = wire.client_hello(name)
        # as browsers do: padded to 512 octets (RFC 7685), the record says so
        body = hello[9:]
        extensions = body.index(b"\1\0", 35 + 6) + 2
        pad = 517 - len(hello) - 4
        grown = int.from_bytes(body[extensions : extensions + 2]) + pad + 4
        body = body[:extensions] + pack("!H", grown) + body[extensions + 2 :]
        body += pack("!HH", 21, pad) + bytes(pad)
        return b"\x16\3\1" + pack("!H", len(body) + 4) + b"\1" + len(body).to_bytes(3) + body
    modern = is_modern(variant)
    if step == 7:
        return b"\x14\3\3\0\1\1\x17\3\3\0\x35" if modern else _record(16, bytes(66))
    if modern:
        version = b"\0\x2b\0\2\3\4"
        hello = _hello(b"\x13\1", pack("!H", len(version)) + version)
        return hello + b"\x14\3\3\0\1\1\x17\3\3\x0b\0"
    at = (step - 4) * SEGMENT
    return _flight(name)[at : at + SEGMENT]


def _record(kind: int, body: bytes) -> bytes:
    """Give a handshake message in a record of its own."""
    return b"\x16\3\3" + pack("!H", 4 + len(body)) + bytes((kind,)) + len(body).to_bytes(3) + body


def _hello(cipher: bytes, extensions: bytes = b"") -> bytes:
    return _record(2, b"\3\3" + bytes(range(32)) + b"\0" + cipher + b"\0" + extensions)


@cache
def _flight(name: str) -> bytes:
    """Give what a TLS 1.2 server says first: hello, certificates, done."""
    hello, done = _hello(b"\xc0\x2f"), _record(14, b"")
    each = _certificate(name)
    chain = 3 * (len(each).to_bytes(3) + each)
    flight = hello + _record(11, len(chain).to_bytes(3) + chain) + done
    return flight.ljust(FLIGHT, b"\x17")  # more of what TLS says


def _certificate(name: str) -> bytes:
    """Give a certificate, always the same one for a name."""
    key = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32)[:32])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2026, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.UnrecognizedExtension(PADDING, bytes(700)), critical=False)
    )
    return made.sign(key, None).public_bytes(Encoding.DER)
