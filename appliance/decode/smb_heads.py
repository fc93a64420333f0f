"""Headers of SMB messages, and the commands behind them.

SMB1: [MS-CIFS] section 2.2.3; chained commands: section 2.2.3.4. SMB2 and 3: [MS-SMB2] sections
2.2.1 and 3.2.4.1.4. Numbers have their low byte first.
"""

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from appliance.decode.reader import Malformed, Reader

SMB1, SMB2, TRANSFORM = b"\xffSMB", b"\xfeSMB", b"\xfdSMB"
"""How messages begin; the last is an encrypted one of SMB3."""

MOST_COMMANDS = 8
"""Commands of one message that are read; programs join two to four."""

HEAD1, HEAD2 = 32, 64
_HEAD1 = Struct("<4xBIBH12xHH2xH")
"""Command, status, flags, more flags; tree, process and number of the message."""
_HEAD2 = Struct("<8xIH2xIIQ4xI")
"""Status, command, flags, where the next command begins; number of the message, tree."""

_ANSWER1, _ANSWER2 = 0x80, 0x1
_UNICODE = 0x8000
_CHAINED = frozenset((0x24, 0x2D, 0x2E, 0x2F, 0x73, 0x74, 0x75, 0xA2))
"""Commands of SMB1 that begin with what comes next ("AndX")."""
_NEXT = Struct("<BxH")
_NONE = 0xFF


class Command1(NamedTuple):
    """A command of SMB1, or the answer to one."""

    code: int
    answer: bool
    status: int
    unicode: bool
    """Its strings are UTF-16, and begin at even places of the message."""
    words: bytes
    content: bytes
    at: int
    """Where in the message *content* begins."""
    number: int = 0
    """Joins an answer to its request."""
    tree: int = 0
    """Number of the share."""


class Command2(NamedTuple):
    """A command of SMB2 or 3, or the answer to one."""

    code: int
    answer: bool
    status: int
    message: bytes
    """From its header on: offsets count from there."""
    number: int = 0
    """Joins an answer to its request."""
    tree: int = 0
    """Number of the share, in requests."""


def commands1(message: bytes) -> Iterator[Command1]:
    """Give the commands in an SMB1 *message*."""
    if len(message) < HEAD1:
        raise Malformed
    code, status, flags, flags2, tree, process, number = _HEAD1.unpack_from(message)
    number |= process << 16
    answer, unicode, at = bool(flags & _ANSWER1), bool(flags2 & _UNICODE), HEAD1
    for _ in range(MOST_COMMANDS):
        body = Reader(message, at)
        words = body.take(2 * body.u8())
        size = body.u16_little()
        start = len(message) - body.remaining
        content = body.take(min(size, body.remaining))
        yield Command1(code, answer, status, unicode, words, content, start, number, tree)
        if len(content) < size:
            raise Malformed
        if code not in _CHAINED or len(words) < _NEXT.size:
            return
        code, after = _NEXT.unpack_from(words)
        if code == _NONE:
            return
        if after < start:  # it would be read again and again
            raise Malformed
        at = after


def commands2(message: bytes) -> Iterator[Command2]:
    """Give the commands in an SMB2 *message*."""
    at = 0
    for _ in range(MOST_COMMANDS):
        if len(message) < at + HEAD2 or not message.startswith(SMB2, at):
            raise Malformed
        status, code, flags, size, number, tree = _HEAD2.unpack_from(message, at)
        if 0 < size < HEAD2:
            raise Malformed
        after = at + size if size else len(message)
        answer = bool(flags & _ANSWER2)
        yield Command2(code, answer, status, message[at:after], number, tree)
        if not size:
            return
        at = after
