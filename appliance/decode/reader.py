"""A cursor over bytes that cannot run past their end, and the one way to spell text from the wire.

What goes wrong inside is `Malformed`, which never leaves this package: `Decoder` counts it and
keeps what was understood before.
"""

from struct import Struct

LONGEST_TEXT = 255
"""Characters kept of any text from the wire (`appliance.facts`)."""

_U16, _U32 = Struct("!H"), Struct("!I")
_U16_LITTLE, _U32_LITTLE = Struct("<H"), Struct("<I")


class Malformed(Exception):  # noqa: N818 - it names the bytes, nobody erred
    """The bytes end too early, or are not what they claim to be."""


class Reader:
    """Reads *data* from *start* up to *end* in order; every read moves on or raises `Malformed`."""

    __slots__ = ("_at", "_data", "_end")

    def __init__(self, data: bytes, start: int = 0, end: int | None = None) -> None:
        self._data = data
        self._at = start
        self._end = len(data) if end is None else min(end, len(data))

    @property
    def remaining(self) -> int:
        """Bytes not read yet."""
        return self._end - self._at

    def skip(self, size: int) -> int:
        """Pass over *size* bytes; give where in the data they began."""
        at = self._at
        after = at + size
        if after > self._end:
            raise Malformed
        self._at = after
        return at

    def take(self, size: int) -> bytes:
        """Give the next *size* bytes."""
        at = self.skip(size)
        return self._data[at : self._at]

    def sub(self, size: int) -> "Reader":
        """Give a reader of the next *size* bytes."""
        at = self.skip(size)
        return Reader(self._data, at, self._at)

    def rest(self) -> bytes:
        """Give all bytes not read yet."""
        return self.take(self._end - self._at)

    def u8(self) -> int:
        """Read one byte."""
        return self._data[self.skip(1)]

    def u16(self) -> int:
        """Read two bytes, the high one first."""
        value: int = _U16.unpack_from(self._data, self.skip(2))[0]
        return value

    def u24(self) -> int:
        """Read three bytes, the high one first."""
        return int.from_bytes(self.take(3))

    def u32(self) -> int:
        """Read four bytes, the high one first."""
        value: int = _U32.unpack_from(self._data, self.skip(4))[0]
        return value

    def u16_little(self) -> int:
        """Read two bytes, the low one first."""
        value: int = _U16_LITTLE.unpack_from(self._data, self.skip(2))[0]
        return value

    def u32_little(self) -> int:
        """Read four bytes, the low one first."""
        value: int = _U32_LITTLE.unpack_from(self._data, self.skip(4))[0]
        return value


def text(raw: bytes) -> str:
    r"""Spell *raw*: UTF-8 with replacement, at most 255 characters, what does not print escaped.

    Controls, line ends, and marks that turn or hide text (U+202E and its like) become their
    bytes in decimal, as in DNS names: a line feed is ``\010``.
    """
    found = raw[: 4 * LONGEST_TEXT].decode("utf-8", "replace")
    if not found.isprintable():
        found = "".join(char if char.isprintable() else escaped(char) for char in found)
    return found[:LONGEST_TEXT]


def escaped(char: str) -> str:
    r"""Spell *char* as its UTF-8 bytes in decimal, ``\226\128\174`` (RFC 1035, section 5.1)."""
    return "".join(f"\\{byte:03d}" for byte in char.encode())
