"""NTLM in LDAP: binds with SPNEGO, and their answers (RFC 4511, section 4.2; BER: ITU-T X.690).

Also the bare messages of [MS-ADTS] section 5.1.1.1.3, which Windows calls Sicily.
"""

from collections.abc import Iterator

from appliance.decode import ntlm
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact

PORTS = frozenset((389, 3268))

_SEQUENCE, _INTEGER = 0x30, 0x02
_BIND, _BIND_ANSWER = 0x60, 0x61
_LONG_FORM, _MANY_BYTES = 0x80, 4


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a bind or its answer does."""
    try:
        _end(payload)
    except Malformed:
        return False
    return True


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in the bind, or answer, that *payload* begins with."""
    end = _end(payload)
    yield from ntlm.read(payload[:end], "ldap", envelope, len(payload) >= end)


def _end(payload: bytes) -> int:
    """Give where the bind, or answer, ends that *payload* begins with."""
    message = Reader(payload)
    if message.u8() != _SEQUENCE:
        raise Malformed
    size = _size(message)
    end = len(payload) - message.remaining + size
    if message.u8() != _INTEGER:
        raise Malformed
    message.skip(_size(message))
    if message.u8() not in (_BIND, _BIND_ANSWER):
        raise Malformed
    return end


def _size(message: Reader) -> int:
    size = message.u8()
    if size < _LONG_FORM:
        return size
    count = size - _LONG_FORM
    if not 0 < count <= _MANY_BYTES:
        raise Malformed
    return int.from_bytes(message.take(count))
