"""The ClientHello: where a client wants to go, and what it offers (RFC 8446, section 4.1.2).

Server name: RFC 6066; protocols above TLS: RFC 7301.
"""

from collections.abc import Iterator
from struct import Struct, error

from appliance.decode import ja4
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, text
from appliance.facts import Fact, TlsHello

_SERVER_NAME, _SIGNATURES, _ALPN, _VERSIONS = 0, 13, 16, 43
_WANTED = frozenset((_SERVER_NAME, _SIGNATURES, _ALPN, _VERSIONS))
_HEAD = Struct("!H32xB")
"""Version, random, and the length of the session's id."""
_EXTENSION = Struct("!HH")
_NAME = Struct("!3xH")
"""Before the first server name: length of the list, type, length of the name."""
_MOST_PROTOCOLS = 16


class _Offer:
    """What was understood of a ClientHello."""

    __slots__ = ("alpn", "ciphers", "extensions", "name", "signatures", "version")

    def __init__(self) -> None:
        self.version = 0
        self.name = ""
        self.alpn: list[bytes] = []
        self.ciphers = b""
        self.extensions: list[int] = []
        self.signatures = b""

    def read(self, hello: bytes) -> None:
        """Take in the hello; what comes before a malformed spot is kept."""
        end = len(hello)
        try:
            self.version, size = _HEAD.unpack_from(hello)
            start = _HEAD.size + size + 2
            at = start + (hello[start - 2] << 8 | hello[start - 1])
            if at > end:
                raise Malformed
            self.ciphers = hello[start:at]
            at += 1 + hello[at]  # methods of compression
            if at == end:
                return  # SSL 3 has no extensions
            start = at + 2
            after = start + (hello[at] << 8 | hello[at + 1])
        except (error, IndexError):
            raise Malformed from None
        self._read_extensions(hello, start, min(after, end))
        if after > end:
            raise Malformed

    def _read_extensions(self, hello: bytes, at: int, end: int) -> None:
        """Take in the extensions that begin at *at*."""
        while at < end:
            start = at + _EXTENSION.size
            if end < start:
                raise Malformed
            kind, size = _EXTENSION.unpack_from(hello, at)
            at = start + size
            if end < at:
                raise Malformed
            self.extensions.append(kind)
            if kind in _WANTED:
                self._take(kind, hello[start:at])

    def _take(self, kind: int, content: bytes) -> None:
        if kind == _SERVER_NAME:
            self.name = _server_name(content)
        elif kind == _ALPN:
            self.alpn = _protocols(content)
        elif kind == _SIGNATURES:
            self.signatures = content[2:]
        else:
            offered = [each for each in ja4.numbers(content[1:]) if each not in ja4.GREASE]
            self.version = max(offered, default=self.version)


def read(hello: bytes, whole: bool, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in *hello*; one that is not *whole* has no fingerprint."""
    offer, fault = _Offer(), None
    try:
        offer.read(hello)
    except Malformed as found:
        fault = found
    if offer.ciphers:
        yield TlsHello(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            dport=envelope.dport,
            name=offer.name,
            alpn=tuple(map(text, offer.alpn)),
            version=offer.version,
            ja4="" if fault or not whole else _fingerprint(offer),
        )
    if fault and whole:
        raise fault


def _fingerprint(offer: _Offer) -> str:
    first = offer.alpn[0] if offer.alpn else b""
    extensions = tuple(offer.extensions)
    return ja4.fingerprint(offer.version, offer.ciphers, extensions, first, offer.signatures)


def _server_name(content: bytes) -> str:
    if len(content) < _NAME.size:
        raise Malformed
    (size,) = _NAME.unpack_from(content)
    name = content[_NAME.size : _NAME.size + size]
    if len(name) < size:
        raise Malformed
    return text(name).lower().removesuffix(".")


def _protocols(content: bytes) -> list[bytes]:
    found: list[bytes] = []
    at, end = 2, len(content)
    while at < end and len(found) < _MOST_PROTOCOLS:
        start = at + 1
        at = start + content[at]
        if end < at:
            raise Malformed
        found.append(content[start:at])
    return found
