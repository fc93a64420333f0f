"""The items of DICOM's association PDUs (PS3.8, sections 9.3.2 and 9.3.3; PS3.7, annex D.3.3).

An item has a type, a reserved byte, a length and a content. Of presentation contexts in a request
and of the user information the content is a row of sub-items, whose types no item has: so all are
read as one row. What has another type is passed over unread, a user's identity (58H) above all.
"""

import re

from appliance.decode.reader import Malformed, Reader, text

LONGEST_NAME = 16
"""Bytes of an AE title (PS3.8, section 9.3.2) and of a version name (PS3.7, annex D.3.3.2)."""
MOST_SYNTAXES = 64
"""Abstract syntaxes that are told; dental devices ask for one to ten."""

_PROPOSED, _ANSWERED, _USER = 0x20, 0x21, 0x50
_ABSTRACT_SYNTAX, _CLASS, _VERSION_NAME = 0x30, 0x52, 0x55
_CONTEXT_HEAD = 4
"""Bytes before the sub-items of a presentation context: id, reserved, result, reserved."""
_ACCEPTED = 0
_FILLING = b" \0"

_UID = re.compile(rb"[0-9.]{1,64}").fullmatch
"""PS3.5, section 9.1."""


class Items:
    """What was understood of a PDU's items."""

    __slots__ = ("agreed", "implementation", "implementation_name", "syntaxes")

    def __init__(self) -> None:
        self.syntaxes: dict[str, None] = {}
        """Each once, in the order they are proposed."""
        self.agreed = False
        """At least one presentation context was accepted."""
        self.implementation = ""
        self.implementation_name = ""

    def read(self, body: Reader) -> None:
        """Take the items in; what comes before a malformed spot is kept."""
        while body.remaining:
            kind = body.u8()
            body.skip(1)
            size = body.u16()
            if kind == _PROPOSED:
                body.skip(_CONTEXT_HEAD)
            elif kind != _USER:
                self._take(kind, body.take(size))

    def _take(self, kind: int, content: bytes) -> None:
        if kind == _ABSTRACT_SYNTAX:
            syntax = _uid(content)
            if syntax and len(self.syntaxes) < MOST_SYNTAXES:
                self.syntaxes[syntax] = None
        elif kind == _ANSWERED:
            if len(content) < _CONTEXT_HEAD:
                raise Malformed
            self.agreed |= content[2] == _ACCEPTED
        elif kind == _CLASS:
            self.implementation = _uid(content)
        elif kind == _VERSION_NAME:
            self.implementation_name = spell(content)


def spell(name: bytes) -> str:
    """Spell an AE title or a version name without its filling; of a longer one the beginning."""
    return text(name[:LONGEST_NAME].strip(_FILLING))


def _uid(content: bytes) -> str:
    """Spell a UID; what is none may be anything, and is left out."""
    uid = content.rstrip(_FILLING)
    return uid.decode() if _UID(uid) else ""
