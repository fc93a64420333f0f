"""Which SMB two machines agree on: the first message of either.

SMB1: [MS-CIFS] section 2.2.4.52; SMB2 and 3: [MS-SMB2] sections 2.2.3, 2.2.4 and 3.3.5.3. A client
that knows them all begins in SMB1, and names SMB2 as two more dialects; the server then answers in
SMB2. So whoever answers in SMB1 speaks it.
"""

from collections.abc import Iterator

from appliance.decode.envelope import Envelope
from appliance.decode.reader import Malformed, Reader
from appliance.decode.smb_heads import HEAD2, Command1, Command2
from appliance.facts import Fact, SmbSpoken

_MOST_DIALECTS = 32
"""Dialects of one offer that are looked at; SMB1 has ten, SMB2 and 3 five."""

_NAME = b"\2"
"""Before each of SMB1's dialects."""
_FIRST_SMB2, _ANY_SMB2 = b"SMB 2.002", b"SMB 2.???"
_LATER = 0x02FF
"""The dialect that answers `_ANY_SMB2`: which it is comes in a second answer."""
_REFUSED = 0xFFFF
_OLDEST, _SMB3, _BEYOND = 0x0202, 0x0300, 0x0400


def read1(command: Command1, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in SMB1's first message; none when nothing was agreed on."""
    if command.answer:
        chosen = Reader(command.words).u16_little()
        if not command.status and chosen != _REFUSED:
            yield spoken(envelope, True, "1")
        return
    parts = command.content.split(b"\0", _MOST_DIALECTS)[:_MOST_DIALECTS]
    offered = {part[1:] for part in parts if part.startswith(_NAME)}
    old = bool(offered - {_FIRST_SMB2, _ANY_SMB2})
    if _ANY_SMB2 in offered:
        yield spoken(envelope, False, "2", offers_smb1=old)
    elif _FIRST_SMB2 in offered:
        yield spoken(envelope, False, "2", _OLDEST, offers_smb1=old)
    elif old:
        yield spoken(envelope, False, "1", offers_smb1=True)


def read2(command: Command2, envelope: Envelope) -> Iterator[Fact]:
    """Give the fact in SMB2's first message; none when the server refuses."""
    body = Reader(command.message, HEAD2)
    if command.answer:
        if command.status:
            return
        body.skip(4)
        dialect = body.u16_little()
    else:
        body.skip(2)
        count = min(body.u16_little(), _MOST_DIALECTS)
        body.skip(32)
        dialect = max((body.u16_little() for _ in range(count)), default=0)
    if not _OLDEST <= dialect < _BEYOND:
        raise Malformed
    version = "2" if dialect < _SMB3 else "3"
    yield spoken(envelope, command.answer, version, 0 if dialect == _LATER else dialect)


def spoken(
    envelope: Envelope,
    server: bool,
    version: str,
    dialect: int = 0,
    **more: bool,
) -> SmbSpoken:
    """Give the fact that one side speaks *version*."""
    return SmbSpoken(
        at=envelope.at,
        mac=envelope.mac,
        src=envelope.src,
        dst=envelope.dst,
        sport=envelope.sport,
        dport=envelope.dport,
        server=server,
        version=version,
        dialect=dialect,
        **more,
    )
