"""DNS and those that speak its language: mDNS and LLMNR (RFC 1035, RFC 6762, RFC 4795).

Only queries and their answers are read, not updates or transfers of zones. Of a message at most
25 questions and 25 records are (the bound of Zeek's analyser): the first are those that count.
"""

from collections.abc import Iterable, Iterator
from struct import Struct

from appliance.decode import spelling
from appliance.decode.envelope import Envelope
from appliance.decode.names import Names
from appliance.decode.reader import Malformed, text
from appliance.facts import Fact, NameAnswered, NameAsked, Record

MOST = 25

_HEAD = Struct("!HHHHHH")
_QUESTION = Struct("!HH")
_RECORD = Struct("!HHIH")
_LENGTH = Struct("!H")
_ANSWER, _OPERATION, _CODE = 0x8000, 0x7800, 0xF

_A, _NS, _CNAME, _PTR, _MX, _TXT, _AAAA, _SRV, _OPT = 1, 2, 5, 12, 15, 16, 28, 33, 41
_APART = frozenset((_TXT, _OPT))
"""Types without a value: strings are kept one by one, and OPT describes the message (RFC 6891)."""
_BEFORE_NAME = {_NS: 0, _CNAME: 0, _PTR: 0, _MX: 2, _SRV: 6}
"""Types whose value is a name, and the bytes before it."""
_MOST_STRINGS = 32
"""Strings looked at in a text record; printers say the most, some 25 (Bonjour Printing 1.2.1)."""
_LEFT_OUT = frozenset((b"adminurl", b"note", b"rp"))
"""Keys of strings that are a path, or whatever somebody wrote of a printer's place."""
_MOST_MESSAGES = 8
_PROTOCOLS = {53: "dns", 5353: "mdns", 5355: "llmnr"}
PORTS = frozenset(_PROTOCOLS)


def read(message: bytes, envelope: Envelope) -> Iterable[Fact]:
    """Give the facts in one DNS *message*; the port says which of the protocols it is."""
    if len(message) < _HEAD.size:
        raise Malformed
    _, flags, questions, answers, authorities, additional = _HEAD.unpack_from(message)
    if flags & _OPERATION:
        return ()
    protocol = _PROTOCOLS.get(envelope.dport) or _PROTOCOLS.get(envelope.sport, "dns")
    names = Names(message)
    if flags & _ANSWER:
        head = (flags & _CODE, questions, answers + authorities + additional)
        return _answered(message, names, head, protocol, envelope)
    return _asked(message, names, questions, protocol, envelope)


def read_stream(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in a TCP segment of DNS messages with their lengths (RFC 1035, 4.2.2).

    A segment that goes on with a message begun earlier is passed over: it starts with no length
    and head that fit.
    """
    at = 0
    for _ in range(_MOST_MESSAGES):
        if len(payload) < at + _LENGTH.size + _HEAD.size:
            return
        length = _LENGTH.unpack_from(payload, at)[0]
        questions = _HEAD.unpack_from(payload, at + _LENGTH.size)[2]
        if length < _HEAD.size or questions != 1:
            return
        at += _LENGTH.size
        yield from read(payload[at : at + length], envelope)
        at += length


def _asked(
    message: bytes, names: Names, count: int, protocol: str, envelope: Envelope
) -> Iterator[Fact]:
    at = _HEAD.size
    for _ in range(min(count, MOST)):
        name, kind, at = question(message, names, at)
        yield NameAsked(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            protocol=protocol,
            name=name,
            type=kind,
        )


def _answered(
    message: bytes,
    names: Names,
    head: tuple[int, int, int],
    protocol: str,
    envelope: Envelope,
) -> Iterator[Fact]:
    code, questions, count = head
    at, name, kind = _HEAD.size, "", 0
    records: list[Record] = []
    fault = None
    try:
        for number in range(min(questions, MOST)):
            first, of, at = question(message, names, at)
            if number == 0:
                name, kind = first, of
        for _ in range(min(count, MOST)):
            owner, of, ttl, start, at = record_head(message, names, at)
            if of not in _APART:
                records.append(Record(owner, of, _value(message, names, of, start, at), ttl))
            elif of == _TXT:
                records.append(Record(owner, of, "", ttl, _strings(message[start:at])))
    except Malformed as found:
        fault = found
    yield NameAnswered(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        protocol=protocol,
        name=name,
        type=kind,
        code=code,
        records=tuple(records),
    )
    if fault:
        raise fault


def question(message: bytes, names: Names, at: int) -> tuple[str, int, int]:
    """Give name and type of the question at *at*, and where it ends."""
    name, at = names.read(at)
    if len(message) < at + _QUESTION.size:
        raise Malformed
    kind, _ = _QUESTION.unpack_from(message, at)
    return name, kind, at + _QUESTION.size


def record_head(message: bytes, names: Names, at: int) -> tuple[str, int, int, int, int]:
    """Give name, type and life of the record at *at*, and where its content begins and ends."""
    name, at = names.read(at)
    start = at + _RECORD.size
    if len(message) < start:
        raise Malformed
    kind, _, ttl, size = _RECORD.unpack_from(message, at)
    if start + size > len(message):
        raise Malformed
    return name, kind, ttl, start, start + size


def _value(message: bytes, names: Names, kind: int, at: int, after: int) -> str:
    if kind in (_A, _AAAA):
        size = spelling.IP4_SIZE if kind == _A else spelling.IP6_SIZE
        return spelling.ip(message[at:after]) if after - at == size else ""
    if kind in _BEFORE_NAME:
        name, end = names.read(at + _BEFORE_NAME[kind])
        if end > after:
            raise Malformed
        return name
    return ""


def _strings(raw: bytes) -> tuple[str, ...]:
    """Spell character strings; a torn last one is kept as far as it goes."""
    strings: list[str] = []
    at = 0
    for _ in range(_MOST_STRINGS):
        if at >= len(raw):
            break
        after = at + 1 + raw[at]
        string = raw[at + 1 : after]
        if string.partition(b"=")[0].lower() not in _LEFT_OUT:
            strings.append(text(string))
        at = after
    return tuple(strings)
