"""SIP, as far as it tells telephones and exchanges apart (RFC 3261, sections 20.35 and 20.41).

Who calls whom is in every message and is not read: only the product that sends it.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.heads import finder, read_head
from appliance.decode.software import heard, product
from appliance.facts import Fact

PORT = 5060

_ANSWER = b"SIP/"
_STARTS = (b"REGISTER sip", b"INVITE sip", b"OPTIONS sip", _ANSWER)
_FIRST = re.compile(rb"(?:REGISTER|INVITE|OPTIONS) sips?:[^ ]+ SIP/2\.0").fullmatch
_STATUS = re.compile(rb"SIP/2\.0 [1-6][0-9]{2}(?: .*)?", re.DOTALL).fullmatch
_AGENT, _SERVER = b"user-agent", b"server"
_FIELDS = finder(_AGENT, _SERVER)


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a request that is read or an answer does."""
    return payload.startswith(_STARTS)


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a request or answer; none when it is neither."""
    if begins(message):
        line, fields = read_head(message, _FIELDS)
        answers = _STATUS(line) is not None
        if answers or _FIRST(line):
            says = product(fields.get(_SERVER) or fields.get(_AGENT, ""))
            yield heard(envelope, "sip", server=answers, says=says)
