"""Which packets are worth reading whole, chosen as columns.

Everything that is not IP, neighbour discovery, and the small protocols that devices announce
themselves with, by port; and of each conversation, among the first segments with payload in each
direction, those that begin a message we can read. A TLS hello may go on in the next segments:
these are taken, too, until another kind of record begins, be it in the hello's own last segment.
"""

from dataclasses import dataclass

import numpy as np

from appliance.sensor.columns import ICMP6, TCP, UDP, Columns, Flags, Gather, Ints

SEGMENTS = 8
"""Segments with payload, in each direction of a conversation, that are looked at."""
HELLO_SEGMENTS = 5
"""Of these, the ones in which a TLS hello and its certificates may go on."""
PER_SECOND = 2000
"""Packets of one kind read whole in a second; a flood of further ones is counted, not read."""

_UDP_PORTS = np.zeros(65_536, bool)
_UDP_PORTS[[53, 67, 68, 137, 161, 162, 546, 547, 1900, 3702, 5353, 5355]] = True
_DNS = 53
_DISCOVERY_FIRST, _DISCOVERY_LAST = 133, 137
"""ICMPv6 types of neighbour discovery (RFC 4861)."""
_CHANGE_CIPHER, _HANDSHAKE, _DATA = 0x14, 0x16, 0x17
"""TLS record types (RFC 8446 section 5.1)."""
_TLS_MAJOR = 3
_RECORD_HEAD = 5
_RECORDS = 4
"""Records followed within one segment; a server's first flight has no more."""

_VERBS = (b"GET ", b"POST", b"PUT ", b"HEAD", b"OPTI", b"DELE", b"PATC", b"PROP", b"HTTP")
_LOOKED_AT = 4
"""Bytes of a segment that tell how it begins."""
_HTTP = np.array(sorted(int.from_bytes(verb) for verb in _VERBS))
"""The first four bytes of HTTP messages."""


@dataclass(frozen=True, slots=True)
class Segments:
    """TCP segments with payload, sorted by the side of a conversation and then by time."""

    rows: Ints
    """Which packets they are."""
    starts: Ints
    """Where, among them, the segments of each side begin."""
    seen: Ints
    """Of each side, the segments seen before these."""
    reading: Flags
    """Of each side, whether it is in the middle of a TLS hello."""


def by_header(columns: Columns) -> tuple[Flags, Flags]:
    """Tell which packets are worth reading for what they are: not of IP, and of IP."""
    sound = ~columns.malformed
    named = _UDP_PORTS[columns.sport] | _UDP_PORTS[columns.dport]
    named &= columns.proto == UDP
    icmp = (columns.sport >= _DISCOVERY_FIRST) & (columns.sport <= _DISCOVERY_LAST)
    named |= (columns.proto == ICMP6) & icmp
    dns = (columns.sport == _DNS) | (columns.dport == _DNS)
    named |= (columns.proto == TCP) & dns & (columns.payload > 0)
    return ~columns.is_ip & sound, named & columns.is_ip & sound


def by_beginning(get: Gather, columns: Columns, segments: Segments) -> tuple[Flags, Flags]:
    """Tell which segments are worth reading, and of each side whether its hello goes on."""
    count = len(segments.rows)
    sizes = np.diff(segments.starts, append=count)
    place = np.arange(count)
    start = np.repeat(segments.starts, sizes)
    ordinal = place - start + np.repeat(segments.seen, sizes)
    early = ordinal < SEGMENTS
    first = np.zeros(count, np.int64)
    looked = np.flatnonzero(early & (columns.present[segments.rows] >= _LOOKED_AT))
    first[looked] = get.u32(columns.payload_at[segments.rows[looked]])
    tls = early & (first >> 16 & 0xFF == _TLS_MAJOR)
    kind = first >> 24
    hello = tls & (kind == _HANDSHAKE)
    other = tls & ((kind == _DATA) | (kind == _CHANGE_CIPHER))
    goes_on = np.zeros(count, bool)
    begun = np.flatnonzero(hello)
    at, size = columns.payload_at[segments.rows[begun]], columns.present[segments.rows[begun]]
    goes_on[begun] = _runs_over(get, at, at + size)
    event = np.maximum.accumulate(np.where(hello | other, place, -1))
    reading = np.where(event >= start, goes_on[event], np.repeat(segments.reading, sizes))
    http = _HTTP[np.minimum(np.searchsorted(_HTTP, first), len(_HTTP) - 1)] == first
    worth = early & (http | hello | (reading & (ordinal < HELLO_SEGMENTS)))
    return worth, reading[segments.starts + sizes - 1] if count else segments.reading


def _runs_over(get: Gather, at: Ints, end: Ints) -> Flags:
    """Tell of segments that begin a handshake at *at* whether it goes on behind their *end*."""
    over = np.zeros(len(at), bool)
    rows = np.arange(len(at))
    for _ in range(_RECORDS):
        at = at + _RECORD_HEAD + get.u16(at + _RECORD_HEAD - 2)
        over[rows] = at > end
        follows = at < end
        follows[follows] = get.u8(at[follows]) == _HANDSHAKE
        rows, at, end = rows[follows], at[follows], end[follows]
    over[rows] = True
    return over
