"""How a client of MQTT connects: only which version it speaks (section 3.1 of 3.1.1 and 5.0).

Behind the version come the client's name, a user and a password: none of them is read.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.decode.software import heard
from appliance.facts import Fact

_CONNECT = re.compile(rb"\x10[\x80-\xff]{0,3}[\0-\x7f]\0(?:\x04MQTT|\x06MQIsdp)", re.DOTALL).match
"""The packet's kind, its length in one to four bytes, and the protocol's name."""
_BRIDGE = 0x80
"""Set by brokers that connect to others; a custom that the standard does not have."""
_VERSIONS = {3: "MQTT 3.1", 4: "MQTT 3.1.1", 5: "MQTT 5.0"}


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a client's first packet does."""
    return _CONNECT(payload) is not None


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact that a client connects; none when *message* is another packet."""
    found = _CONNECT(message)
    if found is None:
        return
    level = message[found.end() :][:1]
    if not level:
        raise Malformed
    yield heard(envelope, "mqtt", server=False, says=_VERSIONS.get(level[0] & ~_BRIDGE, ""))
