"""The ClientHello: where a client wants to go, and what it offers (RFC 8446, section 4.1.2).

Server name: RFC 6066; protocols above TLS: RFC 7301.
"""

from collections.abc import Iterator
from struct import Struct, unpack

from appliance.decode import ja4
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader, text
from appliance.facts import Fact, TlsHello

_SERVER_NAME, _SIGNATURES, _ALPN, _VERSIONS = 0, 13, 16, 43
_WANTED = frozenset((_SERVER_NAME, _SIGNATURES, _ALPN, _VERSIONS))
_EXTENSION = Struct("!HH")
_NAME = Struct("!3xH")
"""Before the first server name: length of the list, type, length of the name."""
_RANDOM = 32
_MOST_PROTOCOLS = 16


class _Offer:
    """What was understood of a ClientHello."""

    __slots__ = ("alpn", "ciphers", "extensions", "name", "signatures", "version")

    def __init__(self) -> None:
        self.version = 0
        self.name = ""
        self.alpn: list[bytes] = []
        self.ciphers: ja4.Numbers = ()
        self.extensions: list[int] = []
        self.signatures: ja4.Numbers = ()

    def read(self, body: Reader) -> None:
        """Take in the hello; what comes before a malformed spot is kept."""
        self.version = body.u16()
        body.skip(_RANDOM)
        body.skip(body.u8())
        self.ciphers = _numbers(body.take(body.u16()))
        body.skip(body.u8())
        if not body.remaining:
            return
        size = body.u16()
        missing = size > body.remaining
        self._read_extensions(body.rest() if missing else body.take(size))
        if missing:
            raise Malformed

    def _read_extensions(self, extensions: bytes) -> None:
        at, end = 0, len(extensions)
        while at < end:
            start = at + _EXTENSION.size
            if end < start:
                raise Malformed
            kind, size = _EXTENSION.unpack_from(extensions, at)
            at = start + size
            if end < at:
                raise Malformed
            self.extensions.append(kind)
            if kind in _WANTED:
                self._take(kind, extensions[start:at])

    def _take(self, kind: int, content: bytes) -> None:
        if kind == _SERVER_NAME:
            self.name = _server_name(content)
        elif kind == _ALPN:
            self.alpn = _protocols(content)
        elif kind == _SIGNATURES:
            self.signatures = _numbers(content[2:])
        else:
            offered = [each for each in _numbers(content[1:]) if each not in ja4.GREASE]
            self.version = max(offered, default=self.version)


def read(hello: Reader, whole: bool, envelope: Envelope) -> Iterator[Fact]:
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


def _numbers(raw: bytes) -> ja4.Numbers:
    count = len(raw) // 2
    return unpack(f"!{count}H", raw[: 2 * count])
