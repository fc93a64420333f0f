"""What clients do with files in SMB1, told as in SMB2: old storage and imaging computers speak it.

[MS-CIFS] sections 2.2.4.5 to 2.2.4.8 (CLOSE, DELETE, RENAME), 2.2.4.41 to 2.2.4.43 (OPEN_ANDX,
READ_ANDX, WRITE_ANDX), 2.2.4.64 (NT_CREATE_ANDX), 2.2.6.7 and 2.2.6.9 (SET_PATH_INFORMATION,
SET_FILE_INFORMATION), and [MS-SMB] section 2.2.2.3.5 for what the last two can set.

A name that is renamed or deleted without being opened is told as if it were opened for that.
"""

from collections.abc import Iterator
from typing import Any

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.decode.smb_content import sample
from appliance.decode.smb_files import touched
from appliance.decode.smb_heads import Command1
from appliance.decode.smb_names import named
from appliance.facts import Fact

_CLOSE, _DELETE, _RENAME, _OPEN = 0x04, 0x06, 0x07, 0x2D
_READ, _WRITE, _TRANSACTION, _CREATE = 0x2E, 0x2F, 0x32, 0xA2

_LONGEST_PATH = 4096
_DIRECTORY, _DELETE_ON_CLOSE = 0x1, 0x1000
_BUFFER = b"\4"
"""Before each name of those that are renamed or deleted."""
_CREATED = ("overwritten", "opened", "created", "overwritten")
_OPENED = {1: "opened", 2: "created", 3: "overwritten"}
_SET_PATH, _SET_FILE = 6, 8
_DELETES, _RENAMES = frozenset((0x102, 1013)), frozenset((1010,))
"""Levels of information; those above 1000 are those of SMB2, plus 1000."""


def read(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    """Give the facts in *command*."""
    if command.answer and command.status:
        if command.code in (_CREATE, _OPEN, _READ):
            yield touched(envelope, "refused", command.number)
    elif reader := _READERS.get((command.code, command.answer)):
        yield from reader(command, envelope)


def _opens(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    options = 0
    if command.code == _CREATE:
        options = Reader(command.words, 39).u32_little()
    if options & _DIRECTORY:
        return
    path, _ = _string(command, 0)
    yield _names(command, envelope, "opens", path)
    if options & _DELETE_ON_CLOSE:
        yield touched(envelope, "deletes", command.number)


def _created(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    words = Reader(command.words, 5)
    file, result = words.u16_little(), words.u32_little()
    if result < len(_CREATED):
        yield touched(envelope, _CREATED[result], command.number, file)


def _opened(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    words = Reader(command.words, 4)
    file = words.u16_little()
    words.skip(16)
    if result := _OPENED.get(words.u16_little() & 3):
        yield touched(envelope, result, command.number, file)


def _closes(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    yield touched(envelope, "closes", command.number, Reader(command.words).u16_little())


def _reads(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    words = Reader(command.words, 4)
    file, offset = words.u16_little(), words.u32_little()
    yield touched(envelope, "reads", command.number, file, offset=offset)


def _read(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    words = Reader(command.words, 10)
    size, start = words.u16_little(), words.u16_little()
    told = sample(_part(command, start, size), 0)
    yield touched(envelope, "read", command.number, size=size, **told._asdict())


def _writes(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    words = Reader(command.words, 4)
    file, offset = words.u16_little(), words.u32_little()
    words.skip(8)
    size = words.u16_little() << 16 | words.u16_little()
    start = words.u16_little()
    offset |= words.u32_little() << 32 if words.remaining else 0
    told = sample(_part(command, start, size), offset)
    more = {"offset": offset, "size": size, **told._asdict()}
    yield touched(envelope, "writes", command.number, file, **more)


def _deletes(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    path, _ = _string(command, command.content.startswith(_BUFFER))
    yield _names(command, envelope, "opens", path)
    yield touched(envelope, "deletes", command.number)


def _renames(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    old, after = _string(command, 1)
    new, _ = _string(command, after + 1)
    yield _names(command, envelope, "opens", old)
    yield _names(command, envelope, "renames", new)


def _sets(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    words = Reader(command.words, 18)
    size, asked = words.u16_little(), words.u16_little()
    filled, start = words.u16_little(), words.u16_little()
    words.skip(2)
    what = words.u16_little()
    about, content = _part(command, asked, size), Reader(_part(command, start, filled))
    if what == _SET_FILE:
        told = Reader(about)
        file, level = told.u16_little(), told.u16_little()
    elif what == _SET_PATH:
        file, level = 0, Reader(about).u16_little()
        path = _text(about[6:], unicode=command.unicode)
        if level in _DELETES | _RENAMES:
            yield _names(command, envelope, "opens", path)
    else:
        return
    if level in _DELETES and content.u8():
        yield touched(envelope, "deletes", command.number, file)
    elif level in _RENAMES:
        content.skip(8)
        new = content.take(min(content.u32_little(), _LONGEST_PATH)).decode("utf-16-le", "replace")
        yield _names(command, envelope, "renames", new, file)


_READERS = {
    (_CREATE, False): _opens,
    (_CREATE, True): _created,
    (_OPEN, False): _opens,
    (_OPEN, True): _opened,
    (_CLOSE, False): _closes,
    (_READ, False): _reads,
    (_READ, True): _read,
    (_WRITE, False): _writes,
    (_DELETE, False): _deletes,
    (_RENAME, False): _renames,
    (_TRANSACTION, False): _sets,
}


def _names(command: Command1, envelope: Envelope, action: str, path: str, file: int = 0) -> Fact:
    told: dict[str, Any] = named(path, command.tree)._asdict()
    return touched(envelope, action, command.number, file, **told)


def _part(command: Command1, start: int, size: int) -> bytes:
    """Give what lies at *start* of the message, as far as it is there."""
    if start < command.at:
        raise Malformed
    return command.content[start - command.at : start - command.at + size]


def _string(command: Command1, at: int) -> tuple[str, int]:
    """Give the text at *at* of the content, and where it ends; UTF-16 begins at even places."""
    if not command.unicode:
        end = command.content.find(b"\0", at, at + _LONGEST_PATH)
        if end < 0:
            raise Malformed
        return _text(command.content[at:end], unicode=False), end + 1
    at += (command.at + at) % 2
    raw = command.content[at : at + _LONGEST_PATH]
    text = _text(raw, unicode=True)
    return text, at + 2 * len(text) + 2


def _text(raw: bytes, *, unicode: bool) -> str:
    if unicode:
        return raw.decode("utf-16-le", "replace").partition("\0")[0]
    return raw.partition(b"\0")[0].decode("latin-1")
