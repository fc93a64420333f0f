"""The shape of a TCP conversation's first segments (RFC 9293 section 3.1): SYN and SYN-ACK.

Operating systems differ in time to live, window and options, and in the options' order; that this
tells them apart without asking them is the idea of p0f. Which system has which shape is not decided
here. Options: RFC 9293 section 3.2, RFC 7323, RFC 2018.

Options that run over their end are malformed, and nothing is told: half a shape is another's.
"""

from collections.abc import Iterator
from struct import Struct

from appliance.decode.envelope import Envelope
from appliance.decode.ip import Packet
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact, TcpShape

_HEAD = Struct("!12xBBH4x")
_FLAGS_AT = 13
_SYN, _ACK, _ENDS = 0x02, 0x10, 0x05
"""FIN and RST end a conversation: with SYN they are no stack's, but a scan's."""

_END, _NOTHING, _MSS, _SCALE = 0, 1, 2, 3
_LETTERS = {_END: "E", _NOTHING: "N", _MSS: "M", _SCALE: "W", 4: "S", 8: "T"}
_SIZES = {_MSS: 2, _SCALE: 1}
_OPTION_HEAD = 2
_TTLS = (32, 64, 128, 255)
"""What systems begin with, as in p0f."""


def begins(data: bytes, packet: Packet) -> bool:
    """Tell whether the segment in *packet* opens a conversation, or answers one that does."""
    at = packet.start + _FLAGS_AT
    return at < packet.end and data[at] & (_SYN | _ENDS) == _SYN


def read(data: bytes, packet: Packet, envelope: Envelope) -> Iterator[Fact]:
    """Give the shape of the segment in *packet*; none when it opens nothing."""
    if not begins(data, packet):
        return
    if packet.end < packet.start + _HEAD.size:
        raise Malformed
    size, flags, window = _HEAD.unpack_from(data, packet.start)
    header = Reader(data, packet.start, packet.end).sub((size >> 4) * 4)
    header.skip(_HEAD.size)
    options, values = _options(header)
    ttl = next(ttl for ttl in _TTLS if packet.hops <= ttl)
    yield TcpShape(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        server=bool(flags & _ACK),
        ttl=ttl,
        away=ttl - packet.hops,
        unfragmentable=packet.unfragmentable,
        window=window,
        mss=values.get(_MSS, 0),
        scale=values.get(_SCALE),
        options=options,
    )


def _options(header: Reader) -> tuple[str, dict[int, int]]:
    """Give the kinds in their order, and the values that are kept; 40 bytes bound both."""
    kinds: list[str] = []
    values: dict[int, int] = {}
    while header.remaining:
        kind = header.u8()
        kinds.append(_LETTERS.get(kind, str(kind)))
        if kind == _END:
            break
        if kind == _NOTHING:
            continue
        size = header.u8() - _OPTION_HEAD
        if size < 0 or size != _SIZES.get(kind, size):
            raise Malformed
        value = header.take(size)
        if kind in _SIZES:
            values[kind] = int.from_bytes(value)
    return ",".join(kinds), values
