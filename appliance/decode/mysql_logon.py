"""Logons to MySQL and MariaDB: the client's handshake response, and OK or ERR.

MySQL client/server protocol, "Connection Phase" (HandshakeResponse41, OK_Packet, ERR_Packet). The
password is hidden, except by the plugin ``mysql_clear_password`` where the client chooses that of
itself; where the server asks for it later, it is not seen here. After an SSL request all is
encrypted.
"""

from collections.abc import Iterator

from appliance.decode import logon
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import Fact

PORT = 3306

_HEAD = 4
_RESPONSE = 1
"""Sequence number of the client's response; the server's verdict comes later."""
_PROTOCOL_41, _SSL = 0x200, 0x800
_NAME_AT = _HEAD + 32
"""Behind capabilities, greatest size, character set and filler."""
_FILLER = slice(_HEAD + 9, _HEAD + 28)
_OK, _ERR = 0x00, 0xFF
_LEAST_OK = 7
_DENIED = (1045).to_bytes(2, "little")
_CLEAR = b"mysql_clear_password\0"


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a response, a verdict on one, or a refusal does."""
    if len(payload) < _HEAD + 3 or payload[3] == 0:
        return False
    kind = payload[_HEAD]
    if kind == _ERR:
        return payload[_HEAD + 1 : _HEAD + 3] == _DENIED
    if kind == _OK and payload[3] > _RESPONSE:
        return int.from_bytes(payload[:3], "little") >= _LEAST_OK
    return payload[3] == _RESPONSE and len(payload) > _NAME_AT and not any(payload[_FILLER])


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in the packet that *payload* begins with."""
    if not begins(payload):
        raise Malformed
    if envelope.sport == PORT:
        if payload[_HEAD] in (_OK, _ERR):
            yield logon.judged(envelope, "mysql", succeeded=payload[_HEAD] == _OK)
    elif payload[3] == _RESPONSE and len(payload) > _NAME_AT:
        able = int.from_bytes(payload[_HEAD : _HEAD + 4], "little")
        name, end, rest = payload[_NAME_AT:].partition(b"\0")
        if able & _PROTOCOL_41 and not able & _SSL and end and name:
            yield logon.asked(envelope, "mysql", name)
            if _CLEAR in rest and not rest.startswith(b"\0"):
                yield logon.seen(envelope, "mysql")
