"""TLS handshakes in clear (RFC 8446, RFC 5246): the first flight of either side.

A *flight* is what one side says first: the handshake messages of its first records. It is told
from its first bytes, whatever the port. Hellos inside QUIC or DTLS are not read.
"""

from collections.abc import Iterable

from appliance.decode import tls_client, tls_server
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import Fact

LONGEST = 16_384
"""Bytes of a flight that are read; a real hello has 200 to 2,000, with a certificate 5,000."""

HANDSHAKE, _MAJOR, _NEWEST_MINOR = 22, 3, 4
_RECORD_HEAD = 5
_CLIENT_HELLO, _SERVER_HELLO = 1, 2
_MESSAGE_HEAD = 4


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a client's or server's first flight does."""
    return (
        len(payload) > _RECORD_HEAD
        and payload[0] == HANDSHAKE
        and payload[1] == _MAJOR
        and payload[2] <= _NEWEST_MINOR
        and payload[5] in (_CLIENT_HELLO, _SERVER_HELLO)
    )


def unwrap(stream: bytes) -> tuple[bytes, bool]:
    """Take the messages of *stream* out of their records; tell whether other records follow."""
    at, parts = 0, []
    while len(stream) >= at + _RECORD_HEAD and stream[at] == HANDSHAKE:
        after = at + _RECORD_HEAD + (stream[at + 3] << 8 | stream[at + 4])
        parts.append(stream[at + _RECORD_HEAD : after])
        at = after
    return b"".join(parts)[:LONGEST], at < len(stream) and stream[at] != HANDSHAKE


def is_complete(flight: bytes, ended: bool) -> bool:
    """Tell whether *flight* holds all that is read of it; *ended*: other records follow."""
    if ended or len(flight) >= LONGEST:
        return True
    if len(flight) < _MESSAGE_HEAD:
        return False
    after = _MESSAGE_HEAD + int.from_bytes(flight[1:_MESSAGE_HEAD])
    if flight[0] == _SERVER_HELLO:
        return len(flight) > after and tls_server.has_leaf(flight[after:])
    return len(flight) >= after


def read_stream(stream: bytes, envelope: Envelope, last: bool) -> Iterable[Fact] | None:
    """Give the fact in the flight that *stream* begins with; None when more of it is needed.

    *last*: nothing more comes.
    """
    flight, ended = unwrap(stream)
    return read(flight, envelope) if last or is_complete(flight, ended) else None


def read(flight: bytes, envelope: Envelope) -> Iterable[Fact]:
    """Give the fact in *flight*; of one that is cut short, what is there."""
    if len(flight) < _MESSAGE_HEAD:
        raise Malformed
    after = _MESSAGE_HEAD + int.from_bytes(flight[1:_MESSAGE_HEAD])
    whole = len(flight) >= after
    if flight[0] == _CLIENT_HELLO:
        return tls_client.read(flight[_MESSAGE_HEAD:after], whole, envelope)
    if flight[0] == _SERVER_HELLO and whole:
        return tls_server.read(flight[_MESSAGE_HEAD:after], flight[after:], envelope)
    return ()
