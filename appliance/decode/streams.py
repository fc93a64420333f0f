"""Openings that came in several TCP segments: put together in a small memory.

Only streams that began with a TLS hello, a DICOM association or a message of Kerberos are followed,
each for at most 12 segments and 16 KiB, in the order of their sequence numbers; what was sent twice
counts once. After a gap, or at a limit, what is there is read: a server name found is worth having
even when the rest is lost. A stream that must leave for others is dropped and counted.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from appliance.decode import dicom, kerberos, tls
from appliance.decode.envelope import Envelope
from appliance.facts import Fact
from appliance.memory import Memory

STREAMS = 256
SEGMENTS = 12
"""Enough for 16 KiB in full segments; the sensor picks as many of one direction."""

_SEQUENCE = 1 << 32
"""Sequence numbers start over here (RFC 9293, section 3.4)."""

Key: TypeAlias = tuple[bytes, bytes, int, int]
"""Addresses of sender and receiver, as on the wire, and their ports: one direction."""


class Segment(NamedTuple):
    """A TCP segment with payload."""

    key: Key
    seq: int
    """Number of the payload's first byte."""
    payload: bytes
    whole: bool
    """The capture has all of it."""
    of: "Joined | None"
    """What it opens, if anything."""


class Joined(NamedTuple):
    """A protocol whose opening may need several segments."""

    begins: Callable[[bytes], bool]
    read: Callable[[bytes, Envelope, bool], Iterable[Fact] | None]
    """Give the facts in what there is so far; None when more is needed, and may still come."""
    longest: int


_TLS = Joined(tls.begins, tls.read_stream, tls.LONGEST)
_DICOM = Joined(dicom.begins, dicom.read_stream, dicom.LONGEST)
_KERBEROS = Joined(kerberos.begins, kerberos.read_stream, kerberos.LONGEST)
_BY_FIRST_BYTE = {0: _KERBEROS, tls.HANDSHAKE: _TLS, **dict.fromkeys(dicom.KINDS, _DICOM)}


def opened(payload: bytes) -> Joined | None:
    """Give the protocol that *payload* opens, when it is one that may need several segments."""
    joined = _BY_FIRST_BYTE.get(payload[0])
    return joined if joined is not None and joined.begins(payload) else None


class _Stream(NamedTuple):
    of: Joined
    data: bytes
    after: int
    """Sequence number of the byte that comes next."""
    segments: int


class Streams:
    """The openings that are not complete yet."""

    def __init__(self, limit: int = STREAMS) -> None:
        self._open: Memory[Key, _Stream] = Memory(limit)

    @property
    def dropped(self) -> int:
        """Streams that had to leave for others."""
        return self._open.dropped

    def __contains__(self, key: Key) -> bool:
        return key in self._open

    def read(self, segment: Segment, envelope: Envelope) -> Iterator[Fact]:
        """Take *segment* in; give the fact that it completes."""
        key, seq, payload, whole, of = segment
        stream = self._open.pop(key)
        if stream is not None:
            ahead = (seq - stream.after) % _SEQUENCE
            if ahead > _SEQUENCE // 2:
                payload, ahead = payload[_SEQUENCE - ahead :], 0
                if not payload:
                    self._open.put(key, stream)
                    return
            if ahead:
                yield from stream.of.read(stream.data, envelope, True) or ()
                stream = None
        if stream is None:
            if of is None:
                return
            stream = _Stream(of, b"", seq, 0)
        data = stream.data + payload
        segments = stream.segments + 1
        last = segments >= SEGMENTS or len(data) >= stream.of.longest or not whole
        facts = stream.of.read(data, envelope, last)
        if facts is not None:
            yield from facts
        else:
            after = (stream.after + len(payload)) % _SEQUENCE
            self._open.put(key, _Stream(stream.of, data, after, segments))
