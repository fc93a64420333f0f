r"""Domain names as they are on the wire (RFC 1035, section 4.1.4), and how they are spelt.

Spelling: lower case, labels joined by dots, no final dot; a dot or backslash inside a label gets
a backslash; spaces, controls and what does not print become their bytes in decimal, ``\032``.

Pointers may only lead to earlier bytes, a chain of them has at most 20, and a name at most 255
bytes: so no message can make reading a name long (bounds as in Zeek's DNS analyser).
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from appliance.decode.reader import LONGEST_TEXT, Malformed, escaped, text

_LONGEST_NAME = 255
_LONGEST_LABEL = 63
_POINTER = 0xC0
_MOST_POINTERS = 20
_REMEMBERED = 4096
"""Names spelt last; at most 255 bytes each."""

_PLAIN = re.compile(rb"[!-\[\]-~]*").fullmatch
"""Labels joined by dots that need no escape, so far as no dot is inside one."""


def spell(labels: Sequence[bytes]) -> str:
    """Spell *labels* as one name, at most 255 characters."""
    if not labels:
        return ""
    joined = b".".join(labels)
    if _PLAIN(joined) and joined.count(b".") + 1 == len(labels):
        return joined.decode("ascii").lower()
    return ".".join(map(_spell_label, labels)).lower()[:LONGEST_TEXT]


def _spell_label(label: bytes) -> str:
    return "".join(map(_spell_char, label.decode("utf-8", "replace")))


def _spell_char(char: str) -> str:
    if char in ".\\":
        return "\\" + char
    return char if char.isprintable() and char != " " else escaped(char)


class Names:
    """The names of one message; each is spelt once, by *spell*, however often it is pointed to."""

    __slots__ = ("_known", "_message", "_spell")

    def __init__(self, message: bytes, spell: Callable[[Sequence[bytes]], str] = spell) -> None:
        self._message = message
        self._spell = spell
        self._known: dict[int, str] = {}

    def read(self, at: int) -> tuple[str, int]:
        """Spell the name at *at*; give it and where it ends there."""
        message = self._message
        if len(message) > at + 1 and message[at] >= _POINTER:
            target = (message[at] & ~_POINTER) << 8 | message[at + 1]
            known = self._known.get(target)
            if known is not None and target < at:
                return known, at + 2
        after = message.find(b"\0", at, at + _LONGEST_NAME) + 1
        name = _spell_whole(message[at:after], self._spell) if after else None
        if name is None:
            labels, after = self.labels(at)
            name = self._spell(labels)
        self._known[at] = name
        return name, after

    def labels(self, at: int) -> tuple[list[bytes], int]:
        """Give the labels of the name at *at*, and where it ends there."""
        message = self._message
        labels: list[bytes] = []
        start, after, pointers = at, 0, 0
        last = at + _LONGEST_NAME
        try:
            while size := message[at]:
                if size <= _LONGEST_LABEL:
                    end = at + 1 + size
                    if end >= last:
                        raise Malformed
                    labels.append(message[at + 1 : end])
                    at = end
                    continue
                target = (size & ~_POINTER) << 8 | message[at + 1]
                pointers += 1
                if size < _POINTER or target >= start or pointers > _MOST_POINTERS:
                    raise Malformed
                after = after or at + 2
                last += target - at
                start = at = target
        except IndexError:
            raise Malformed from None
        return labels, after or at + 1


@lru_cache(_REMEMBERED)  # the same names are asked for again and again
def _spell_whole(raw: bytes, spell: Callable[[Sequence[bytes]], str]) -> str | None:
    """Spell the name that *raw* is from end to end; None when it is something else, or points."""
    try:
        labels, after = Names(raw, spell).labels(0)
    except Malformed:
        return None
    return spell(labels) if after == len(raw) else None


def read_name(raw: bytes) -> str:
    """Spell a name that stands alone, its end may be missing; what is none is spelt as text."""
    try:
        return spell(Names(raw + b"\0").labels(0)[0])
    except Malformed:
        return text(raw)
