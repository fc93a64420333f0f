"""How a remote desktop is asked for and granted ([MS-RDPBCGR] sections 2.2.1.1 and 2.2.1.2).

The request may hold a cookie with the user's name: that there was one is told, not the name. What
follows is encrypted, or is not read. TPKT (RFC 1006) and X.224 carry other protocols too: on other
ports than its own it is told by the cookie or the negotiation.
"""

from collections.abc import Iterator
from struct import Struct

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact, RdpAnswered, RdpAsked

PORT = 3389

_START, _TPKT_SIZE = b"\x03\x00", 4
"""TPKT's version, and a byte that is reserved; its length follows."""
_REQUEST, _CONFIRM = 0xE0, 0xD0
_KIND_AT = 5
_REFERENCES = 5
_NEGOTIATION_REQUEST, _NEGOTIATION_RESPONSE, _NEGOTIATION_FAILURE = 1, 2, 3
_NEGOTIATION = Struct("<BxHI")
_COOKIE = b"Cookie: mstshash="
_LINE_END = b"\r\n"
_PROTOCOLS = {1: "tls", 2: "credssp", 4: "rdstls", 8: "credssp_early", 16: "aad"}
"""Bits of 2.2.1.1.1; none of them is RDP's own security."""
_OWN = "rdp"


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a request or a confirm does."""
    return (
        payload.startswith(_START)
        and len(payload) > _KIND_AT
        and payload[_KIND_AT] in {_REQUEST, _CONFIRM}
    )


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a request or a confirm; none when it is another protocol's."""
    if not begins(message):
        return
    reader = Reader(message, len(_START))
    size = reader.u16()
    if size < _TPKT_SIZE:
        raise Malformed
    tpdu = reader.sub(size - _TPKT_SIZE)
    tpdu = tpdu.sub(tpdu.u8())
    kind = tpdu.u8()
    tpdu.skip(_REFERENCES)
    yield from (_asked if kind == _REQUEST else _answered)(tpdu.rest(), envelope)


def _asked(rest: bytes, envelope: Envelope) -> Iterator[Fact]:
    token, found, behind = rest.partition(_LINE_END)
    cookie = token.startswith(_COOKIE)
    asked = _negotiation(behind if found else rest, _NEGOTIATION_REQUEST)
    if envelope.dport == PORT or cookie or asked:
        bits = asked[1] if asked else 0
        yield RdpAsked(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            dport=envelope.dport,
            cookie=cookie,
            protocols=tuple(name for bit, name in _PROTOCOLS.items() if bits & bit) or (_OWN,),
        )


def _answered(rest: bytes, envelope: Envelope) -> Iterator[Fact]:
    answer = _negotiation(rest, _NEGOTIATION_RESPONSE, _NEGOTIATION_FAILURE)
    if envelope.sport == PORT or answer:
        kind, value = answer or (_NEGOTIATION_RESPONSE, 0)
        refused = kind == _NEGOTIATION_FAILURE
        yield RdpAnswered(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            sport=envelope.sport,
            protocol="" if refused else _PROTOCOLS.get(value, _OWN),
            failure=value if refused else 0,
        )


def _negotiation(raw: bytes, *kinds: int) -> tuple[int, int] | None:
    """Give kind and value of the negotiation that *raw* begins with; None when it is none."""
    if len(raw) < _NEGOTIATION.size:
        return None
    kind, size, value = _NEGOTIATION.unpack_from(raw)
    return (kind, value) if kind in kinds and size == _NEGOTIATION.size else None
