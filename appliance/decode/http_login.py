"""NTLM in the heads of HTTP: ``Authorization: NTLM TlRMTVNTUAAB…``, and what asks for it.

Bare: [MS-NTHT]; in SPNEGO: RFC 4559.
"""

import re
from base64 import b64decode
from collections.abc import Iterator

from appliance.decode import heads, ntlm
from appliance.decode.envelope import Envelope
from appliance.facts import Fact

_FIELDS = heads.finder(b"(?:proxy-)?authorization", b"(?:www|proxy)-authenticate")
_MOST_FIELDS = 8
"""Fields looked at; a head has one, or one for each way to log on that a server offers."""
_TOKEN = re.compile(rb"(?i:NTLM|Negotiate) +([A-Za-z0-9+/]{16,}={0,2})").search


def is_in(payload: bytes) -> bool:
    """Tell whether *payload*, which begins with a head, may have such a field."""
    return _TOKEN(payload, 0, heads.LONGEST) is not None


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in the fields of the head that *payload* begins with."""
    end = payload.find(b"\r\n\r\n", 0, heads.LONGEST)
    head = payload[: end + 2 if end >= 0 else heads.LONGEST]
    for _, value in _FIELDS(head)[:_MOST_FIELDS]:
        yield from read_field(value, envelope)


def read_field(value: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in the *value* of one such field; none when it holds no NTLM."""
    found = _TOKEN(value, 0, heads.LONGEST)
    if found is None:
        return
    token = found[1]
    message = b64decode(token[: len(token) // 4 * 4])  # whole groups of what was found are valid
    yield from ntlm.read(message, "http", envelope)
