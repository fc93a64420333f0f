"""SSDP: devices that tell what they are, and programs that look for them.

UPnP device architecture 1.1, section 1. Nothing said here is ever fetched: of the link in LOCATION
only host and port are kept.
"""

from collections.abc import Iterator

from appliance.decode.authority import authority
from appliance.decode.envelope import Envelope
from appliance.decode.heads import finder, read_head
from appliance.facts import Fact, SsdpHeard

PORT = 1900
ANSWER = b"HTTP/1."
"""How an answer begins; it may come from any port."""

_METHODS = ((b"NOTIFY ", "notify"), (b"M-SEARCH ", "search"), (ANSWER, "answer"))
_NT, _ST, _USN, _SERVER, _AGENT = b"nt", b"st", b"usn", b"server", b"user-agent"
_LOCATION, _NTS = b"location", b"nts"
_FIELDS = finder(_NT, _ST, _USN, _SERVER, _AGENT, _LOCATION, _NTS)
_STATES = frozenset(("alive", "byebye", "update"))


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in an SSDP message; none when it is no such message."""
    method = next((name for start, name in _METHODS if payload.startswith(start)), "")
    if method:
        _, fields = read_head(payload, _FIELDS)
        host, port = authority(fields.get(_LOCATION, "").encode())
        state = fields.get(_NTS, "").lower().removeprefix("ssdp:")
        yield SsdpHeard(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            method=method,
            target=fields.get(_NT) or fields.get(_ST, ""),
            usn=fields.get(_USN, ""),
            server=fields.get(_SERVER) or fields.get(_AGENT, ""),
            state=state if state in _STATES else "",
            host=host,
            port=port,
        )
