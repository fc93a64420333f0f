"""A client of remote desktop that asks for the server's own channel: BlueKeep, CVE-2019-0708.

The channels a client wants are named in MCS Connect-Initial ([MS-RDPBCGR] section 2.2.1.3.4), which
is in clear only where the session is not in TLS. MS_T120 is never a client's to ask for.
"""

from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.traced import traced
from appliance.facts import Fact

_START, _DATA, _AT = b"\x03\0", b"\xf0\x80\x7f\x65", 5
"""TPKT; then X.224's head of data, and BER's tag of Connect-Initial."""
_CHANNEL = b"MS_T120\0"


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as such a message does."""
    return payload.startswith(_START) and payload.startswith(_DATA, _AT)


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a message that asks for that channel."""
    if _CHANNEL in payload.upper():
        yield traced(envelope, "bluekeep")
