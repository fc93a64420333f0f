"""Logons to a shared screen: VNC's answer to a challenge, and its verdict (RFC 6143, section 7).

The password itself does not pass (section 7.2.2). Neither message says what it is: both are told
by their length, on VNC's ports only. Other ways to log on than the standard's are not known here.
"""

from collections.abc import Iterator

from appliance.decode import logon
from appliance.decode.envelope import Envelope
from appliance.facts import Fact

PORTS = range(5900, 5904)
"""Of the first four screens; more are rare."""

_RESPONSE = 16
_OK, _FAILED, _TOO_MANY = b"\0\0\0\0", b"\0\0\0\1", b"\0\0\0\2"
_SIZE = 4


def begins(payload: bytes) -> bool:
    """Tell whether *payload* has the length of a response, or is a verdict."""
    return len(payload) == _RESPONSE or payload == _OK or _refuses(payload)


def _refuses(payload: bytes) -> bool:
    """Tell whether *payload* refuses: alone, or (since version 3.8) with the reason."""
    if payload[:_SIZE] not in (_FAILED, _TOO_MANY):
        return False
    reason = payload[2 * _SIZE :]
    return len(payload) == _SIZE or int.from_bytes(payload[_SIZE : 2 * _SIZE]) == len(reason) > 0


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a segment; none when it is neither of the two."""
    if envelope.dport in PORTS:
        if len(payload) == _RESPONSE:
            yield logon.asked(envelope, "vnc")
    elif envelope.sport in PORTS and (payload == _OK or _refuses(payload)):
        yield logon.judged(envelope, "vnc", succeeded=payload == _OK)
