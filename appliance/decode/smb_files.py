"""What clients do with files in SMB2 and 3: open, read, write, rename, delete, close.

[MS-SMB2] sections 2.2.13 to 2.2.22 and 2.2.39; what SET_INFO sets: [MS-FSCC] 2.4.11, 2.4.42.
Commands joined to one another mean the file that the first of them opens ([MS-SMB2] 3.2.4.1.4):
its number, which only the answer says, is all ones until then.
"""

from collections.abc import Iterator
from typing import Any

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.decode.smb_content import sample
from appliance.decode.smb_heads import HEAD2, Command2
from appliance.decode.smb_names import named
from appliance.facts import Fact, FileTouched

CREATE, CLOSE, READ, WRITE, SET_INFO = 5, 6, 8, 9, 17

_LONGEST_PATH = 4096
"""Bytes read of a path; Windows' own programs stop at 260 characters."""
_DELETE_ON_CLOSE = 0x1000
_DIRECTORY = 0x1
_FILE_INFORMATION = 1
_RENAMES, _DELETES = frozenset((10, 65)), frozenset((13, 64))
"""FileRenameInformation and its Ex; FileDispositionInformation and its Ex."""
_RELATED = 0xFFFF_FFFF_FFFF_FFFF
_RESULTS = ("overwritten", "opened", "created", "overwritten")
"""By CreateAction: a file that was superseded was also there before."""
_PENDING = 0x103
"""STATUS_PENDING: the answer comes later."""


def read(command: Command2, envelope: Envelope, opening: int = 0) -> Iterator[Fact]:
    """Give the facts in *command*; *opening* is the number of the CREATE it is joined to."""
    if reader := _READERS.get((command.code, command.answer)):
        yield from reader(command, envelope, opening)


def _opens(command: Command2, envelope: Envelope, _: int) -> Iterator[Fact]:
    body = Reader(command.message, HEAD2)
    body.skip(40)
    options = body.u32_little()
    start, size = body.u16_little(), body.u16_little()
    if options & _DIRECTORY:
        return
    path = _path(command.message, start, size)
    yield touched(envelope, "opens", command.number, **named(path, command.tree)._asdict())
    if options & _DELETE_ON_CLOSE:
        yield touched(envelope, "deletes", command.number)


def _opened(command: Command2, envelope: Envelope, _: int) -> Iterator[Fact]:
    if command.status:
        yield from _refused(command, envelope)
        return
    body = Reader(command.message, HEAD2)
    body.skip(4)
    result = body.u32_little()
    body.skip(56)
    file = _file(body)
    if result < len(_RESULTS):
        yield touched(envelope, _RESULTS[result], command.number, file)


def _closes(command: Command2, envelope: Envelope, opening: int) -> Iterator[Fact]:
    body = Reader(command.message, HEAD2)
    body.skip(8)
    yield _on(envelope, "closes", command, _file(body), opening)


def _reads(command: Command2, envelope: Envelope, opening: int) -> Iterator[Fact]:
    body = Reader(command.message, HEAD2)
    body.skip(8)
    offset = _u64(body)
    yield _on(envelope, "reads", command, _file(body), opening, offset=offset)


def _read(command: Command2, envelope: Envelope, _: int) -> Iterator[Fact]:
    if command.status:
        yield from _refused(command, envelope)
        return
    body = Reader(command.message, HEAD2)
    body.skip(2)
    start = body.u8()
    body.skip(1)
    size = body.u32_little()
    content = command.message[start : start + size] if start >= HEAD2 else b""
    # Where in the file this is only the request says: a format's head may be anywhere here.
    told = sample(content, 0)
    yield touched(envelope, "read", command.number, size=size, **told._asdict())


def _writes(command: Command2, envelope: Envelope, opening: int) -> Iterator[Fact]:
    body = Reader(command.message, HEAD2)
    body.skip(2)
    start = body.u16_little()
    size, offset = body.u32_little(), _u64(body)
    file = _file(body)
    content = command.message[start : start + size] if start >= HEAD2 else b""
    told = sample(content, offset)
    yield _on(
        envelope, "writes", command, file, opening, offset=offset, size=size, **told._asdict()
    )


def _sets(command: Command2, envelope: Envelope, opening: int) -> Iterator[Fact]:
    body = Reader(command.message, HEAD2)
    body.skip(2)
    kind, what = body.u8(), body.u8()
    body.skip(4)
    start = body.u16_little()
    body.skip(6)
    file = _file(body)
    if kind != _FILE_INFORMATION or start < HEAD2:
        return
    content = Reader(command.message, start)
    if what in _DELETES:
        if content.u8() & 1:
            yield _on(envelope, "deletes", command, file, opening)
    elif what in _RENAMES:
        content.skip(16)
        path = _path(command.message, start + 20, content.u32_little())
        told = named(path, command.tree)._asdict()
        yield _on(envelope, "renames", command, file, opening, **told)


def _refused(command: Command2, envelope: Envelope) -> Iterator[Fact]:
    if command.status != _PENDING:
        yield touched(envelope, "refused", command.number)


_READERS = {
    (CREATE, False): _opens,
    (CREATE, True): _opened,
    (CLOSE, False): _closes,
    (READ, False): _reads,
    (READ, True): _read,
    (WRITE, False): _writes,
    (SET_INFO, False): _sets,
}


def _on(
    envelope: Envelope, action: str, command: Command2, file: int, opening: int, **more: Any
) -> FileTouched:
    """Give what is done with an open *file*, or with the one that *opening* opens."""
    if file == _RELATED:
        return touched(envelope, action, opening, 0, **more)
    return touched(envelope, action, command.number, file, **more)


def _file(body: Reader) -> int:
    """Read a file's number: the half that the server uses while it is open."""
    body.skip(8)
    return _u64(body)


def _u64(body: Reader) -> int:
    return body.u32_little() | body.u32_little() << 32


def _path(message: bytes, start: int, size: int) -> str:
    path = message[start : start + size]
    if start < HEAD2 or len(path) < size or size > _LONGEST_PATH:
        raise Malformed
    return path.decode("utf-16-le", "replace")


def touched(
    envelope: Envelope, action: str, message: int, file: int = 0, **more: Any
) -> FileTouched:
    """Give the fact that somebody does this with a file."""
    return FileTouched(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        action=action,
        message=message,
        file=file,
        **more,
    )
