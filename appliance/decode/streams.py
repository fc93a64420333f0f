"""Hellos that came in several TCP segments: put together in a small memory.

Only streams that began with a hello are followed, each for at most 8 segments and 16 KiB, in the
order of their sequence numbers; what was sent twice counts once. After a gap, or at a limit, what
is there is read: a server name found is worth having even when the rest is lost. A stream that
must leave for others is dropped and counted.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from appliance.decode import tls
from appliance.decode.envelope import Envelope
from appliance.facts import Fact
from appliance.memory import Memory

STREAMS = 256
SEGMENTS = 8
"""As many as the sensor picks of one direction."""

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


class _Stream(NamedTuple):
    data: bytes
    after: int
    """Sequence number of the byte that comes next."""
    segments: int


class Streams:
    """The flights that are not complete yet."""

    def __init__(self, limit: int = STREAMS) -> None:
        self._open: Memory[Key, _Stream] = Memory(limit)

    @property
    def dropped(self) -> int:
        """Streams that had to leave for others."""
        return self._open.dropped

    def wants(self, payload: bytes, key: Key) -> bool:
        """Tell whether *payload* begins a flight, or may go on with one."""
        return tls.begins(payload) or key in self._open

    def read(self, segment: Segment, envelope: Envelope) -> Iterator[Fact]:
        """Take *segment* in; give the fact that it completes."""
        key, seq, payload, whole = segment
        stream = self._open.pop(key)
        if stream is not None:
            ahead = (seq - stream.after) % _SEQUENCE
            if ahead > _SEQUENCE // 2:
                payload, ahead = payload[_SEQUENCE - ahead :], 0
                if not payload:
                    self._open.put(key, stream)
                    return
            if ahead:
                yield from tls.read(tls.unwrap(stream.data)[0], envelope)
                stream = None
        if stream is None:
            if not tls.begins(payload):
                return
            stream = _Stream(b"", seq, 0)
        data = stream.data + payload
        segments = stream.segments + 1
        flight, ended = tls.unwrap(data)
        at_limit = segments >= SEGMENTS or len(data) >= tls.LONGEST or not whole
        if at_limit or tls.is_complete(flight, ended):
            yield from tls.read(flight, envelope)
        else:
            after = (stream.after + len(payload)) % _SEQUENCE
            self._open.put(key, _Stream(data, after, segments))
