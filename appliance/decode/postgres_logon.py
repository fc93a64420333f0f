"""Logons to PostgreSQL (its documentation: "Frontend/Backend Protocol", sections 2 and 7).

The start-up message names the user; ``R`` with 0 lets them in, an error with SQLSTATE 28P01 or
28000 does not. A password message whose text is neither an MD5 answer nor SASL is the password.
After an SSL request all is encrypted.
"""

import re
from collections.abc import Iterator

from appliance.decode import logon
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact

PORT = 5432

_VERSION_3 = b"\0\3\0\0"
_LONGEST = 10_000
"""Bytes of a start-up packet, by the server's own limit."""
_MOST_OPTIONS = 32
_IN = b"R\0\0\0\x08\0\0\0\0"
_REFUSED = re.compile(rb"E.{4}(?:[A-Z][^\0]*\0){0,4}?C28(?:P01|000)\0", re.DOTALL).match
_PASSWORD = re.compile(rb"p..../?([^\0]+)\0", re.DOTALL).fullmatch
_HIDDEN = re.compile(rb"md5[0-9a-f]{32}|SCRAM-SHA-.*", re.DOTALL).fullmatch


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a start-up, a password, or a verdict does."""
    return (
        payload[4:8] == _VERSION_3
        or payload.startswith(_IN)
        or (payload[:1] in (b"E", b"p") and payload[1:3] == b"\0\0")
    )


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in the message that *payload* begins with."""
    if not begins(payload):
        raise Malformed
    if envelope.sport == PORT:
        if payload.startswith(_IN):
            yield logon.judged(envelope, "postgresql", succeeded=True)
        elif _REFUSED(payload):
            yield logon.judged(envelope, "postgresql", succeeded=False)
    elif payload[4:8] == _VERSION_3:
        yield from _started(payload, envelope)
    elif (found := _PASSWORD(payload)) and not _HIDDEN(found[1]):
        yield logon.seen(envelope, "postgresql")


def _started(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    size = Reader(payload).u32()
    if not len(_VERSION_3) * 2 < size <= _LONGEST:
        raise Malformed
    words = payload[8:size].split(b"\0", 2 * _MOST_OPTIONS)
    for option, value in zip(words[::2], words[1::2], strict=False):
        if option == b"user":
            yield logon.asked(envelope, "postgresql", value)
            return
