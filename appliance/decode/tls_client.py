"""The ClientHello: where a client wants to go, and what it offers (RFC 8446, section 4.1.2).

Server name: RFC 6066; protocols above TLS: RFC 7301.
"""

from collections.abc import Iterator, Sequence
from struct import Struct, unpack

from appliance.decode import ja4
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader, text
from appliance.facts import Fact, TlsHello

_SERVER_NAME, _SIGNATURES, _ALPN, _VERSIONS = 0, 13, 16, 43
_WANTED = frozenset((_SERVER_NAME, _SIGNATURES, _ALPN, _VERSIONS))
_EXTENSION = Struct("!HH")
_RANDOM = 32
_MOST_PROTOCOLS = 16


class _Offer:
    """What was understood of a ClientHello."""

    __slots__ = ("alpn", "ciphers", "extensions", "name", "signatures", "version")

    def __init__(self) -> None:
        self.version = 0
        self.name = ""
        self.alpn: list[bytes] = []
        self.ciphers: Sequence[int] = ()
        self.extensions: list[int] = []
        self.signatures: Sequence[int] = ()

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
            if end < at + _EXTENSION.size:
                raise Malformed
            kind, size = _EXTENSION.unpack_from(extensions, at)
            at += _EXTENSION.size
            if end < at + size:
                raise Malformed
            self.extensions.append(kind)
            if kind in _WANTED:
                self._take(kind, extensions[at : at + size])
            at += size

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
    return ja4.fingerprint(offer.version, offer.ciphers, offer.extensions, first, offer.signatures)


def _server_name(content: bytes) -> str:
    names = Reader(content)
    names.skip(2 + 1)
    return text(names.take(names.u16())).lower().removesuffix(".")


def _protocols(content: bytes) -> list[bytes]:
    names = Reader(content[2:])
    found: list[bytes] = []
    while names.remaining and len(found) < _MOST_PROTOCOLS:
        found.append(names.take(names.u8()))
    return found


def _numbers(raw: bytes) -> Sequence[int]:
    count = len(raw) // 2
    return unpack(f"!{count}H", raw[: 2 * count])
