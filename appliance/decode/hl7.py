r"""Who speaks HL7 version 2 to whom, and of what kind a message is (HL7 v2.5.1, chapter 2).

In TCP a message is wrapped as MLLP has it (release 1): 0x0B, the message, 0x1C 0x0D. It begins
with a segment called MSH, which ends with a carriage return and names applications, facilities,
kind of message and version. What comes behind it, the patients first of all, is not looked at, and
of its own fields only 3 to 6, 9 and 12 are; field 8 may be a password.

A message says in its beginning, ``MSH|^~\&``, which bytes separate and escape in it: the field
separator, then those of components and repetitions, the escape, and that of sub-components.
"""

import re
from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.reader import text
from appliance.facts import Fact, Hl7Heard

LONGEST_FIELD = 64
"""Characters kept of a field; names of applications have 3 to 20."""

_LONGEST = 2048
"""Bytes of MSH that are read: its first twelve fields may have 1,100 by the standard."""
_HEAD = re.compile(rb"\x0bMSH([!-/:-@[-`{-~])((?:(?!\1)[!-/:-@[-`{-~]){1,5})\1").match
"""Separators are no letters and no digits; version 2.7 added a fifth encoding character."""
_END = re.compile(rb"[\r\n\x1c]").search
"""Some end segments as their system ends lines."""
_SENDER, _SENDER_SITE, _RECEIVER, _RECEIVER_SITE, _MESSAGE, _VERSION = 0, 1, 2, 3, 6, 9
"""Where fields 3, 4, 5, 6, 9 and 12 are, behind the head."""
_CODE = re.compile(rb"[A-Za-z0-9_]{1,20}").fullmatch
_NUMBER = re.compile(rb"[0-9.]{1,8}").fullmatch


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins as a wrapped message does."""
    return _HEAD(payload) is not None


def read(payload: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in the MSH segment that *payload* begins with; none when it has none.

    A field that is cut, by the end of the payload or of what is read, is left out.
    """
    head = _HEAD(payload)
    if head is None:
        return
    separator, encoding = head[1], head[2]
    end = _END(payload, head.end(), _LONGEST)
    fields = payload[head.end() : end.start() if end else _LONGEST].split(separator)
    if end is None:
        fields.pop()
    fields += [b""] * (_VERSION + 1 - len(fields))
    yield Hl7Heard(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        sender=_name(fields[_SENDER], separator, encoding),
        sender_site=_name(fields[_SENDER_SITE], separator, encoding),
        receiver=_name(fields[_RECEIVER], separator, encoding),
        receiver_site=_name(fields[_RECEIVER_SITE], separator, encoding),
        message=_message(fields[_MESSAGE], encoding),
        version=_version(fields[_VERSION], encoding),
    )


def _name(field: bytes, separator: bytes, encoding: bytes) -> str:
    """Spell the name in a hierarchic designator: its namespace, or else its universal id."""
    named = next(filter(None, field.split(encoding[:1])[:2]), b"")
    return text(_unescaped(named, separator, encoding).strip())[:LONGEST_FIELD]


def _unescaped(name: bytes, separator: bytes, encoding: bytes) -> bytes:
    r"""Put separators in the place of their escapes, ``\T\``; other escapes stay."""
    component, repetition, escape, part = (encoding[at : at + 1] for at in range(4))
    if not escape:
        return name
    meant = {b"F": separator, b"S": component, b"R": repetition, b"E": escape, b"T": part}
    written = re.escape(escape) + rb"([FSRET])" + re.escape(escape)
    return re.sub(written, lambda found: meant[found[1]] or found[0], name)


def _message(field: bytes, encoding: bytes) -> str:
    """Spell code and trigger of a message type, ``ADT^A01``; what is none is left out."""
    parts = [part for part in field.split(encoding[:1])[:2] if part]
    return b"^".join(parts).decode() if all(map(_CODE, parts)) else ""


def _version(field: bytes, encoding: bytes) -> str:
    number = field.split(encoding[:1])[0]
    return number.decode() if _NUMBER(number) else ""
