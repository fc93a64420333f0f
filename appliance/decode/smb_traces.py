"""Exploits of the file service, in messages that no ordinary program sends.

MS17-010: a look into named pipe 0 ([MS-CIFS] section 2.2.5.5), which a server without the update
answers with STATUS_INSUFF_SERVER_RESOURCES; NT_TRANSACT with functions that are not in use (section
2.2.2.2), with which EternalBlue and its kin prepare memory. DoublePulsar, which these leave behind:
TRANS2_SESSION_SETUP (section 2.2.6.15: reserved), answered with the message's number plus 16.
SMBGhost: a compressed message whose sizes run over ([MS-SMB2] section 2.2.42).
"""

from collections.abc import Iterator
from struct import Struct

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.decode.smb_heads import Command1
from appliance.decode.traced import traced
from appliance.facts import Fact

COMPRESSED = b"\xfcSMB"

_TRANSACTION, _TRANSACTION2, _NT_TRANSACTION = 0x25, 0x32, 0xA0
_SETUP_AT = 26
"""Where among the words of a transaction the number of those that say what it does is."""
_PEEK = 0x23
_SESSION_SETUP = 0x0E
_FUNCTION_AT = 36
_UNUSED = frozenset((0, 5))
_NO_RESOURCES, _NOT_IMPLEMENTED = 0xC0000205, 0xC0000002
_IMPLANTS = frozenset((0x51, 0x52, 0x53))
"""65 plus 16, and more when it could not do what it was asked."""
_MESSAGE = 0xFFFF
_SIZES = Struct("<4xI4xI")
"""Behind the compressed message's magic: its size before, and where compressed bytes begin."""
_LARGEST = 1 << 24
"""Bytes of a message ([MS-SMB2] section 2.1)."""


def read1(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in *command* of SMB1."""
    trace = (_answered if command.answer else _asked)(command)
    if trace:
        yield traced(envelope, trace, answer=command.answer)


def _asked(command: Command1) -> str:
    if command.code == _TRANSACTION and _setup(command) == (_PEEK, 0):
        return "ms17_010"
    if command.code == _TRANSACTION2 and _setup(command)[:1] == (_SESSION_SETUP,):
        return "doublepulsar"
    if command.code == _NT_TRANSACTION:
        words = Reader(command.words)
        words.skip(_FUNCTION_AT)
        return "eternal" if words.u16_little() in _UNUSED else ""
    return ""


def _answered(command: Command1) -> str:
    if command.code == _TRANSACTION and command.status == _NO_RESOURCES:
        return "ms17_010"
    number, status = command.number & _MESSAGE, command.status
    if command.code == _TRANSACTION2 and status == _NOT_IMPLEMENTED and number in _IMPLANTS:
        return "doublepulsar"
    return ""


def read_compressed(message: bytes, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in a compressed *message* of SMB3."""
    if len(message) < _SIZES.size:
        raise Malformed
    size, start = _SIZES.unpack_from(message)
    if size > _LARGEST or start > _LARGEST:
        yield traced(envelope, "smbghost")


def _setup(command: Command1) -> tuple[int, ...]:
    """Give the words that say what a transaction does: at most two."""
    words = Reader(command.words)
    words.skip(_SETUP_AT)
    count = words.u8()
    words.skip(1)
    return tuple(words.u16_little() for _ in range(min(count, words.remaining // 2, 2)))
