"""SMB, the file service of Windows: messages in their TCP segments, and who reads which command.

Before each message stands a header of NetBIOS (RFC 1002, section 4.3.1), on port 445 with a longer
length ([MS-SMB2] section 2.1). A message that goes on in the next segment is read as far as it is
here; one that begins inside a segment, behind the end of another, is looked for there. Of an
encrypted one ([MS-SMB2] section 2.2.41) only that it is encrypted can be told.
"""

from collections.abc import Iterator

from appliance.decode import (
    ntlm,
    rpc_pipes,
    smb_files,
    smb_files1,
    smb_heads,
    smb_logon,
    smb_negotiate,
    smb_share,
)
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed
from appliance.decode.rpc_heads import Said
from appliance.decode.smb_heads import HEAD1, HEAD2, SMB1, SMB2, TRANSFORM
from appliance.facts import Fact

PORTS = frozenset((139, 445))

_SESSION_MESSAGE = 0
_HEAD = 4
_MAGIC = 4
_WORD, _WORD_AT = b"SMB", 5
_MAGICS = frozenset((SMB1, SMB2, TRANSFORM))
_MOST_MESSAGES = 8
"""Messages of one segment that are read; programs send one, or a few at once."""

_NEGOTIATE1, _SESSION_SETUP1, _TREE_CONNECT1 = 0x72, 0x73, 0x75
_NEGOTIATE2, _SESSION_SETUP2, _TREE_CONNECT2 = 0, 1, 3


def begins(payload: bytes) -> bool:
    """Tell whether *payload* begins with a message of any SMB."""
    return _begins(payload, 0)


def holds(payload: bytes) -> bool:
    """Tell whether a message of any SMB begins somewhere in *payload*."""
    return _first(payload) >= 0


def _first(payload: bytes) -> int:
    """Tell where the first message begins; -1: nowhere."""
    if _begins(payload, 0):
        return 0
    at = payload.find(_WORD)
    for _ in range(_MOST_MESSAGES):
        if at < 0 or _begins(payload, at - _WORD_AT):
            return at - _WORD_AT if at >= 0 else at
        at = payload.find(_WORD, at + 1)
    return -1


def _begins(payload: bytes, at: int) -> bool:
    start = at + _HEAD
    return (
        at >= 0
        and payload[start : start + _MAGIC] in _MAGICS
        and payload[at] == _SESSION_MESSAGE
        and int.from_bytes(payload[at + 1 : start]) > HEAD1
    )


def read(
    payload: bytes, envelope: Envelope, roles: smb_share.Roles = smb_share.ROLES
) -> Iterator[Fact | Said]:
    """Give the facts in a segment that begins with a message; *roles* tell what a share is for."""
    at = max(0, _first(payload))
    for _ in range(_MOST_MESSAGES):
        if not _begins(payload, at):
            return
        start = at + _HEAD
        at = start + int.from_bytes(payload[at + 1 : start])
        message = payload[start:at]
        if message.startswith(TRANSFORM):
            server = envelope.sport in PORTS
            yield smb_negotiate.spoken(envelope, server, "3", encrypted=True)
            return
        try:
            if message.startswith(SMB1):
                yield from _read1(message, envelope, roles)
            else:
                yield from _read2(message, envelope, roles)
        except Malformed:
            if at <= len(payload):
                raise


def _read1(message: bytes, envelope: Envelope, roles: smb_share.Roles) -> Iterator[Fact | Said]:
    for command in smb_heads.commands1(message):
        if command.code == _NEGOTIATE1:
            yield from smb_negotiate.read1(command, envelope)
        elif command.code == _SESSION_SETUP1:
            yield from smb_logon.read1(command, envelope)
            yield from ntlm.read(command.content, "smb", envelope)
        elif command.code == _TREE_CONNECT1:
            yield from smb_share.read1(command, envelope, roles)
        else:
            yield from smb_files1.read(command, envelope)
            yield from rpc_pipes.read1(command, envelope)


def _read2(message: bytes, envelope: Envelope, roles: smb_share.Roles) -> Iterator[Fact | Said]:
    opening = 0
    for command in smb_heads.commands2(message):
        if command.code == _NEGOTIATE2:
            yield from smb_negotiate.read2(command, envelope)
        elif command.code == _SESSION_SETUP2:
            yield from smb_logon.read2(command, envelope)
            yield from ntlm.read(command.message[HEAD2:], "smb", envelope)
        elif command.code == _TREE_CONNECT2:
            yield from smb_share.read2(command, envelope, roles)
        else:
            if command.code == smb_files.CREATE:
                opening = command.number
            yield from smb_files.read(command, envelope, opening)
            yield from rpc_pipes.read2(command, envelope)
