"""NTLM in TDS, the protocol of SQL Server ([MS-TDS] section 2.2): logins that Windows vouches for.

The client's login (LOGIN7) or what follows on it (SSPI), and the server's answer where it begins
with an SSPI token. Most servers encrypt all of it; then there is nothing to read.
"""

from collections.abc import Iterator

from appliance.decode import ntlm
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.facts import Fact

PORT = 1433

_ANSWER, _LOGIN, _SSPI = 0x04, 0x10, 0x11
_SSPI_TOKEN = 0xED
_HEAD = 8


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as such a packet does."""
    return len(payload) > _HEAD and (
        payload[0] in (_LOGIN, _SSPI) or (payload[0] == _ANSWER and payload[_HEAD] == _SSPI_TOKEN)
    )


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in the packet that *payload* begins with."""
    size = int.from_bytes(payload[2:4])
    if not begins(payload) or size <= _HEAD:
        raise Malformed
    yield from ntlm.read(payload[_HEAD:size], "tds", envelope, len(payload) >= size)
