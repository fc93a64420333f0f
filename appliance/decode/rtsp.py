"""Answers of RTSP servers (RFC 7826, section 18.48; RFC 2326): in a practice, cameras.

Only the server's product is read; the pictures' address and description are not.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.heads import finder, read_head
from appliance.decode.software import heard, product
from appliance.facts import Fact

_START = b"RTSP/"
_STATUS = re.compile(rb"RTSP/[12]\.0 [1-5][0-9]{2}(?: .*)?", re.DOTALL).fullmatch
_SERVER = b"server"
_FIELDS = finder(_SERVER)


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as an answer does."""
    return payload.startswith(_START)


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in an answer; none when it is none."""
    line, fields = read_head(message, _FIELDS)
    if _STATUS(line):
        yield heard(envelope, "rtsp", server=True, says=product(fields.get(_SERVER, "")))
