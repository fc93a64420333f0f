"""DCE/RPC through named pipes of SMB: fragments that are written to one, or exchanged with it.

SMB2 and 3: WRITE and FSCTL_PIPE_TRANSCEIVE, [MS-SMB2] sections 2.2.21 and 2.2.31. SMB1: WRITE_ANDX
and TRANS_TRANSACT_NMPIPE, [MS-CIFS] sections 2.2.4.43 and 2.2.5.6.
"""

from collections.abc import Iterator

from appliance.decode import rpc_heads
from appliance.decode.envelope import Envelope
from appliance.decode.reader import Reader
from appliance.decode.rpc_heads import Said
from appliance.decode.smb_heads import HEAD2, Command1, Command2

WRITE2, CONTROL2 = 9, 11
WRITE1, TRANSACTION1 = 0x2F, 0x25
_TRANSCEIVE2, _TRANSACT1 = 0x0011C017, 0x26
_ONE_PIPE = 1 << 64
"""Set in the numbers of pipes, so that none is 0."""


def read2(command: Command2, envelope: Envelope) -> Iterator[Said]:
    """Give what is said in *command* of SMB2."""
    if command.answer:
        return
    body = Reader(command.message, HEAD2)
    if command.code == WRITE2:
        body.skip(2)
        start, size = body.u16_little(), body.u32_little()
        body.skip(8 + 8)
        pipe = body.u32_little() | body.u32_little() << 32
    elif command.code == CONTROL2:
        body.skip(4)
        control = body.u32_little()
        body.skip(8)
        pipe = body.u32_little() | body.u32_little() << 32
        start, size = body.u32_little(), body.u32_little()
        if control != _TRANSCEIVE2:
            return
    else:
        return
    if start >= HEAD2:
        yield from _fragments(command.message[start : start + size], envelope, pipe)


def read1(command: Command1, envelope: Envelope) -> Iterator[Said]:
    """Give what is said in *command* of SMB1."""
    if command.answer:
        return
    words = Reader(command.words)
    if command.code == WRITE1:
        words.skip(4)
        pipe = words.u16_little()
        words.skip(14)
        size, start = words.u16_little(), words.u16_little()
    elif command.code == TRANSACTION1:
        words.skip(22)
        size, start = words.u16_little(), words.u16_little()
        words.skip(2)
        if not words.remaining or words.u16_little() != _TRANSACT1:
            return
        pipe = words.u16_little()
    else:
        return
    if start >= command.at:
        start -= command.at
        yield from _fragments(command.content[start : start + size], envelope, pipe)


def _fragments(data: bytes, envelope: Envelope, pipe: int) -> Iterator[Said]:
    if rpc_heads.begins(data):
        yield from rpc_heads.read(data, envelope, _ONE_PIPE | pipe)
