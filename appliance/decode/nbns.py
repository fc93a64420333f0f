"""NetBIOS names over UDP (RFC 1002, section 4.2): what Windows asked before there was LLMNR.

A name is 15 characters and a byte that says what it stands for; it is spelt in lower case with
that byte at the end, ``alice-pc<20>``: <00> a computer (or, as a group, its domain), <20> its file
server, <1b> <1c> <1d> <1e> who keeps the list of computers. A scope behind a name is left out.

An answer repeats no question but names what was asked: that is the fact's name. A computer that
registers its own name is told as an answer without a name: nobody asked. The names of a node
status (type 33) have the sender's address as their value: they are its own. A name that a group
shares has no value: it is nobody's.

What a node status or a registration says of its sender is told once more, in plain words, as
`NetbiosTold` (suffixes: Microsoft, "NetBIOS Suffixes", KB 163409; [MS-BRWS]). Names
that end in <03> are left empty: they are of whoever is logged on.
"""

from collections.abc import Iterator, Sequence
from struct import Struct

from appliance.decode import dns, spelling
from appliance.decode.envelope import Envelope
from appliance.decode.names import Names, spell
from appliance.decode.reader import Malformed, Reader
from appliance.facts import Fact, NameAnswered, NameAsked, NetbiosTold, Record
from appliance.model import Ip

PORT = 137

_HEAD = Struct("!2xH4H")
_ANSWER, _CODE = 0x8000, 0xF
_QUERY, _REGISTRATION = 0, frozenset((5, 8, 9, 15))
_NB, _STATUS = 32, 33
_ENCODED, _PADDED = 32, 15
_GROUP = 0x8000
_HALVES = dict(zip(range(ord("A"), ord("Q")), "0123456789abcdef", strict=True))
_HEX = bytes(ord(_HALVES.get(letter, "?")) for letter in range(256))
"""Each half of a byte is a letter from A to P; any other letter makes no digit."""
_PADDING = b" \0"
_PERSON = 0x03
_COMPUTER, _SERVER = "<00>", "<20>"
_ABOUT_GROUP = frozenset(("<1b>", "<1c>", "<1d>", "<1e>"))
_ROLES = {
    (_SERVER, False): "server",
    ("<1c>", True): "domain_controller",
    ("<1b>", False): "domain_master",
    ("<1d>", False): "master_browser",
    ("<01>", True): "master_browser",
}
"""By the end of a name, and whether a group shares it."""


def read(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in a NetBIOS name service *message*."""
    if len(message) < _HEAD.size:
        raise Malformed
    flags, questions, *counts = _HEAD.unpack_from(message)
    operation, answer = flags >> 11 & 0xF, bool(flags & _ANSWER)
    names = Names(message, _spell)
    if operation == _QUERY and not answer:
        yield from _asked(message, names, questions, envelope)
    elif operation == _QUERY:
        yield from _told(message, names, (questions, sum(counts)), flags & _CODE, envelope)
    elif operation in _REGISTRATION and not answer:
        yield from _told(message, names, (questions, sum(counts)), None, envelope)


def _asked(message: bytes, names: Names, count: int, envelope: Envelope) -> Iterator[Fact]:
    at = _HEAD.size
    for _ in range(min(count, dns.MOST)):
        name, kind, at = dns.question(message, names, at)
        yield NameAsked(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            dst=envelope.dst,
            protocol="nbns",
            name=name,
            type=kind,
        )


def _told(
    message: bytes, names: Names, counts: tuple[int, int], code: int | None, envelope: Envelope
) -> Iterator[Fact]:
    """Give what is said of names; *code* None: nobody asked."""
    at, name, kind = _HEAD.size, "", 0
    records: list[Record] = []
    own: list[tuple[str, bool]] = []
    fault = None
    try:
        for _ in range(min(counts[0], dns.MOST)):
            *_, at = dns.question(message, names, at)
        for _ in range(min(counts[1], dns.MOST)):
            owner, of, ttl, start, at = dns.record_head(message, names, at)
            if code is not None and not name:
                name, kind = owner, of
            for owned, value, shared in _holders(owner, of, message[start:at], envelope.src):
                records.append(Record(owned, of, "" if shared else value, ttl))
                if code is None or of == _STATUS:
                    own.append((owned, shared))
    except Malformed as found:
        fault = found
    yield NameAnswered(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        protocol="nbns",
        name=name,
        type=kind,
        code=code or 0,
        records=tuple(records[: dns.MOST]),
    )
    yield from _of_itself(own[: dns.MOST], envelope)
    if fault:
        raise fault


def _holders(name: str, kind: int, content: bytes, sender: Ip) -> Iterator[tuple[str, Ip, bool]]:
    """Give the names in the *content* of a record, who holds each, and whether a group does."""
    body = Reader(content)
    if kind == _NB:
        for _ in range(dns.MOST):
            if not body.remaining:
                return
            shared = bool(body.u16() & _GROUP)
            yield name, spelling.ip(body.take(spelling.IP4_SIZE)), shared
    elif kind == _STATUS:
        for _ in range(min(body.u8(), dns.MOST)):
            own = _readable(body.take(_PADDED + 1))
            yield own, sender, bool(body.u16() & _GROUP)


def _of_itself(own: Sequence[tuple[str, bool]], envelope: Envelope) -> Iterator[Fact]:
    """Give what a computer's *own* names, and those it shares, say of it."""
    name, group = "", ""
    roles: list[str] = []
    for spelt, shared in own:
        called, end = spelt[:-4], spelt[-4:]
        if role := _ROLES.get((end, shared)):
            roles.append(role)
        if end in _ABOUT_GROUP or (end == _COMPUTER and shared):
            group = group or called
        elif end in (_COMPUTER, _SERVER):
            name = name or called
    if name or group or roles:
        yield NetbiosTold(
            at=envelope.at,
            mac=envelope.mac,
            src=envelope.src,
            name=name,
            group=group,
            roles=tuple(dict.fromkeys(roles)),
        )


def _spell(labels: Sequence[bytes]) -> str:
    """Spell a name from its letters; the labels behind the first are its scope."""
    if not labels or len(labels[0]) != _ENCODED:
        raise Malformed
    try:
        return _readable(bytes.fromhex(labels[0].translate(_HEX).decode()))
    except ValueError:
        raise Malformed from None


def _readable(name: bytes) -> str:
    end = name[_PADDED]
    called = b"" if end == _PERSON else name[:_PADDED].rstrip(_PADDING)
    return f"{spell([called])}<{end:02x}>"
