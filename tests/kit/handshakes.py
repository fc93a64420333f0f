"""TLS handshakes by hand, in every shape that tests want; certificates by the cryptography package.

`wire.client_hello` is the plain one that most tests need.
"""

from datetime import UTC, datetime, timedelta
from struct import pack

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
"""Signs the same every time: tests and the fuzzer must see the same bytes."""
_START = datetime(2026, 1, 1, tzinfo=UTC)


def recorded(messages: bytes, size: int = 16_000) -> bytes:
    """Put *messages* in handshake records of at most *size* bytes."""
    parts = [messages[at : at + size] for at in range(0, len(messages), size)]
    return b"".join(b"\x16\3\1" + pack("!H", len(part)) + part for part in parts)


def message(kind: int, body: bytes) -> bytes:
    """Put the type and the length before *body*."""
    return bytes((kind,)) + len(body).to_bytes(3) + body


def hello(extensions: bytes, ciphers: bytes = b"\x13\1") -> bytes:
    """A ClientHello of TLS 1.2 with any *extensions*."""
    body = b"\3\3" + bytes(32) + b"\0" + pack("!H", len(ciphers)) + ciphers + b"\1\0"
    return message(1, body + pack("!H", len(extensions)) + extensions)


def extension(kind: int, content: bytes) -> bytes:
    return pack("!HH", kind, len(content)) + content


def server_name(name: bytes) -> bytes:
    """The extension that says where a client wants to go."""
    return extension(0, pack("!HBH", len(name) + 3, 0, len(name)) + name)


def certificates(*chain: bytes) -> bytes:
    """The message that brings a server's certificates, its own first."""
    listed = b"".join(len(der).to_bytes(3) + der for der in chain)
    return message(11, len(listed).to_bytes(3) + listed)


def named(common: str) -> x509.Name:
    """A distinguished name of a common name alone."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def certificate(subject: x509.Name, issuer: x509.Name, *names: x509.GeneralName) -> bytes:
    """A certificate with these alternative *names*, in DER."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(_KEY.public_key())
        .serial_number(7)
        .not_valid_before(_START)
        .not_valid_after(_START + timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(_KEY, algorithm=None).public_bytes(Encoding.DER)
