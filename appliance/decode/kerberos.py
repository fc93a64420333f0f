"""Kerberos: who asks a domain controller to log on or for a ticket, and what it answers.

RFC 4120, section 5.4 (requests and answers), 5.9.1 (errors), 7.2.2 (TCP: a length of four bytes
comes first). Of names only marks are kept (`appliance.decode.logon`), of realms, tickets and keys
nothing: of these, how they are encrypted. Logons are told as those of other protocols are, too.

All that is read of an answer stands at its beginning. A request for a ticket brings the one that
was got before, and what it is about stands behind: that takes several segments.
"""

from collections.abc import Iterator

from appliance.decode import ber, logon
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact, KerberosAnswered, KerberosAsked

PORT = 88
LONGEST = 16_384
"""Bytes of a message that are read; a ticket grows with the groups that its owner is in."""

_LOGON, _TICKET, _ERROR = "logon", "ticket", "error"
_ASKED = {0x6A: _LOGON, 0x6C: _TICKET}
"""Application tags: AS-REQ, TGS-REQ; …"""
_ANSWERED = {0x6B: _LOGON, 0x6D: _TICKET, 0x7E: _ERROR}
"""… AS-REP, TGS-REP, KRB-ERROR."""
_TICKET_ITSELF, _AP_REQ = 0x61, 0x6E
_NAME_PART = 0x1B
_FIELD = 0xA0
"""The tag of a field is this and its number."""

_PROOFS = frozenset((2, 14, 16, 136, 138))
"""Pre-authentication that proves something (7.5.2; RFC 4556; RFC 6113): a time that is encrypted,
a certificate, or what only the controller can open."""
_TGS_REQ = 1
_REFUSED = frozenset((6, 18, 24))
"""Errors (7.5.9): nobody has that name, the account is locked, the password is wrong."""

_LENGTH = 4
_LEAST = _LENGTH + 6
_MOST = 16
"""Fields, pieces of pre-authentication data, parts of a name, ways to encrypt: so many are read."""


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a message does in TCP."""
    if len(payload) < _LEAST or payload[0] or payload[_LENGTH] not in _ASKED | _ANSWERED:
        return False
    head = Reader(payload, _LENGTH)
    try:
        _, size = ber.head(head)
    except Malformed:
        return False
    return len(payload) - head.remaining + size == _end(payload)


def read_stream(stream: bytes, envelope: Envelope, last: bool) -> Iterator[Fact] | None:
    """Give the facts in what TCP *stream* begins with; None when more of it is needed.

    *last*: nothing more comes.
    """
    is_there = len(stream) >= min(_end(stream), LONGEST)
    if last or is_there or stream[_LENGTH] in _ANSWERED:
        return read(stream[_LENGTH:], envelope)
    return None


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in *message*; of one that is cut, what is there."""
    body = Reader(message)
    tag, size = ber.head(body)
    is_whole = body.remaining >= size
    body = body.sub(min(size, body.remaining, LONGEST))
    if kind := _ASKED.get(tag):
        yield from _asked(kind, body, envelope, is_whole)
    elif kind := _ANSWERED.get(tag):
        yield from _answered(kind, body, envelope, is_whole)
    else:
        raise Malformed


def _end(payload: bytes) -> int:
    return _LENGTH + int.from_bytes(payload[:_LENGTH])


def _asked(kind: str, body: Reader, envelope: Envelope, is_whole: bool) -> Iterator[Fact]:
    request, fault = _Request(), None
    try:
        request.read(kind, body)
    except Malformed as found:
        fault = found
    yield KerberosAsked(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        kind=kind,
        mark=logon.mark(request.name),
        proof=request.proof,
        ciphers=tuple(request.ciphers),
        under=request.under,
    )
    if kind == _LOGON:
        yield logon.asked(envelope, "kerberos", request.name, proof=request.proof)
    if fault and is_whole:
        raise fault


def _answered(kind: str, body: Reader, envelope: Envelope, is_whole: bool) -> Iterator[Fact]:
    answer, fault = _Answer(), None
    try:
        answer.read(kind, body)
    except Malformed as found:
        fault = found
    yield KerberosAnswered(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        kind=kind,
        mark=logon.mark(answer.name),
        cipher=answer.cipher,
        code=answer.code,
    )
    if kind == _LOGON or answer.code in _REFUSED:
        yield logon.judged(envelope, "kerberos", succeeded=kind == _LOGON)
    if fault and is_whole:
        raise fault


class _Request:
    """What a request has said so far."""

    def __init__(self) -> None:
        self.name = b""
        self.proof = False
        self.ciphers: list[int] = []
        self.under = 0

    def read(self, kind: str, body: Reader) -> None:
        fields = _fields(body)
        if (data := fields.get(3)) is not None:
            self._read_padata(ber.begun(data, ber.SEQUENCE))
        asked = _fields(_wanted(fields, 4))
        name = asked.get(1 if kind == _LOGON else 3)
        if name is not None:
            self.name = _name(name)
        listed = ber.begun(_wanted(asked, 8), ber.SEQUENCE)
        while listed.remaining and len(self.ciphers) < _MOST:
            self.ciphers.append(_number(listed))

    def _read_padata(self, data: Reader) -> None:
        for _ in range(_MOST):
            if not data.remaining:
                return
            fields = _fields(data)
            what = _number(_wanted(fields, 1))
            self.proof = self.proof or what in _PROOFS
            if what == _TGS_REQ:
                self.proof = True
                request = ber.begun(ber.begun(_wanted(fields, 2), ber.OCTETS), _AP_REQ)
                _, self.under = _ticket(_wanted(_fields(request), 3))


class _Answer:
    """What an answer has said so far."""

    def __init__(self) -> None:
        self.name = b""
        self.cipher = self.code = 0

    def read(self, kind: str, body: Reader) -> None:
        fields = _fields(body)
        if kind == _ERROR:
            self.code = _number(_wanted(fields, 6))
            return
        self.name = _name(_wanted(fields, 4))
        service, self.cipher = _ticket(_wanted(fields, 5))
        if kind == _TICKET:
            self.name = service


def _fields(body: Reader) -> dict[int, Reader]:
    """Give the fields of the sequence that comes next, by their numbers."""
    found: dict[int, Reader] = {}
    sequence = ber.begun(body, ber.SEQUENCE)
    while sequence.remaining and len(found) < _MOST:
        tag, size = ber.head(sequence)
        found[tag - _FIELD] = sequence.sub(min(size, sequence.remaining))
    return found


def _wanted(fields: dict[int, Reader], number: int) -> Reader:
    if number not in fields:
        raise Malformed
    return fields[number]


def _ticket(field: Reader) -> tuple[bytes, int]:
    """Give the name of the service that a ticket is for, and how it is encrypted (5.3)."""
    fields = _fields(ber.begun(field, _TICKET_ITSELF))
    return _name(_wanted(fields, 2)), _number(_wanted(_fields(_wanted(fields, 3)), 0))


def _name(field: Reader) -> bytes:
    """Give the parts of a name in one (5.2.2)."""
    spelt = ber.begun(_wanted(_fields(field), 1), ber.SEQUENCE)
    parts: list[bytes] = []
    while spelt.remaining and len(parts) < _MOST:
        parts.append(ber.content(spelt, _NAME_PART))
    return b"/".join(parts)


def _number(field: Reader) -> int:
    return int.from_bytes(ber.content(field, ber.INTEGER)[:4], signed=True)
