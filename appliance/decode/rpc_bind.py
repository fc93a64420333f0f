"""NTLM in DCE/RPC: the messages that open an association (C706 chapter 12, [MS-RPCE] 2.2.2).

The verifier stands at the end of a fragment: 8 bytes about it, then its value.
"""

from collections.abc import Iterator
from struct import Struct

from appliance.decode import ntlm
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import Fact

_VERSION, _NEWEST_MINOR = 5, 1
_BIND, _BIND_ACK, _ALTER, _ALTER_ACK, _AUTH3 = 11, 12, 14, 15, 16
_KINDS = frozenset((_BIND, _BIND_ACK, _ALTER, _ALTER_ACK, _AUTH3))
"""SPNEGO goes on in messages that alter the association, bare NTLM in the last."""

_HEAD, _ABOUT = 16, 8
_LITTLE = 0x10
_SIZES_AT = 8
_SIZES = {0: Struct(">HH"), _LITTLE: Struct("<HH")}
"""Length of the fragment and of the value, by the order of bytes in it."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as such a message does."""
    return (
        len(payload) >= _HEAD
        and payload[0] == _VERSION
        and payload[1] <= _NEWEST_MINOR
        and payload[2] in _KINDS
        and payload[4] in _SIZES
    )


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in the first fragment of *payload*."""
    if not begins(payload):
        raise Malformed
    size, value = _SIZES[payload[4]].unpack_from(payload, _SIZES_AT)
    if not value:
        return
    if size < _HEAD + _ABOUT + value:
        raise Malformed
    yield from ntlm.read(payload[size - value : size], "rpc", envelope, len(payload) >= size)
