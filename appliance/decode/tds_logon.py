"""Logons to SQL Server: LOGIN7 and the answers to it ([MS-TDS] sections 2.2.6.4 and 2.2.7).

The login is mostly encrypted, the answer after it mostly not. In a login in clear the password is
only disguised (each byte turned and exclusive-ored with a constant): whoever reads it has it.
"""

from collections.abc import Iterator

from appliance.decode import logon
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact

_ANSWER, _LOGIN = 0x04, 0x10
_HEAD = 8
_USER_AT = 40
"""Where LOGIN7 has place and length of the user's name; those of the password follow."""
_ERROR, _INFO, _LOGIN_ACK, _CHANGE = 0xAA, 0xAB, 0xAD, 0xE3
_MOST_TOKENS = 16
"""Tokens looked at; the answer to a login begins with a few."""
_REFUSED = frozenset((18452, 18456, 18470, 18486, 18487, 18488))
"""Errors of a login: failed, not trusted, disabled, locked out, expired, to be changed."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a login does, or as what may be the answer."""
    if len(payload) <= _HEAD or payload[1] > 1 or payload[6:8] not in (b"\1\0", b"\0\0", b"\2\0"):
        return False
    first = payload[_HEAD]
    return payload[0] == _LOGIN or (
        payload[0] == _ANSWER and first in (_ERROR, _INFO, _LOGIN_ACK, _CHANGE)
    )


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in the packet that *payload* begins with."""
    size = int.from_bytes(payload[2:4])
    if not begins(payload) or size <= _HEAD:
        raise Malformed
    message = payload[_HEAD:size]
    if payload[0] == _LOGIN:
        yield from _login(message, envelope)
        return
    tokens = Reader(message)
    for _ in range(_MOST_TOKENS):
        if not tokens.remaining or (kind := tokens.u8()) not in (
            *(_ERROR, _INFO, _LOGIN_ACK, _CHANGE),
        ):
            return
        content = tokens.sub(tokens.u16_little())
        if kind == _LOGIN_ACK:
            yield logon.judged(envelope, "tds", succeeded=True)
        elif kind == _ERROR and content.u32_little() in _REFUSED:
            yield logon.judged(envelope, "tds", succeeded=False)


def _login(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    places = Reader(message, _USER_AT)
    start, length, _, secret = (places.u16_little() for _ in range(4))
    if length:  # else Windows vouches for somebody (`tds_login`)
        name = message[start : start + 2 * length].decode("utf-16-le", "replace")
        yield logon.asked(envelope, "tds", name.encode())
        if secret:
            yield logon.seen(envelope, "tds")
